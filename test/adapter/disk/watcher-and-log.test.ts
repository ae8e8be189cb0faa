import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chokidarWatcher } from '../../../electron/adapters/chokidar-watcher.ts'
import { logFile } from '../../../electron/adapters/log-file.ts'
import { noLog } from '../../../electron/sync/ports/log.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'musette-watch-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Hints as they come; `next` resolves with the next one. */
function hints() {
  let wake: () => void = () => undefined
  return {
    hint: () => wake(),
    next: () =>
      new Promise<void>(resolve => {
        wake = resolve
      }),
  }
}

describe('the watcher', () => {
  test('hints once it watches, for what came before, then at new, changed and removed files', async () => {
    mkdirSync(join(root, 'sub'))
    const { hint, next } = hints()
    const ready = next()
    const watch = chokidarWatcher(noLog).watch(root, hint)
    await ready
    for (const change of [
      () => writeFileSync(join(root, 'sub', 'a.fit'), 'x'),
      () => writeFileSync(join(root, 'sub', 'a.fit'), 'xy'),
      () => rmSync(join(root, 'sub', 'a.fit')),
    ]) {
      const told = next()
      change()
      await told
    }
    await watch.close()
  })

  test('survives a folder that is not there', async () => {
    const watch = chokidarWatcher(noLog).watch(join(root, 'none'), () => undefined)
    await watch.close()
  })
})

describe('the log', () => {
  test('is one JSON line an entry, for its owner only', () => {
    const path = join(root, 'logs', 'x.log')
    const log = logFile(path)
    log('warn', 'first', { file: '/a\nb', code: 'busy' })
    log('info', 'second')
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(lines.map(line => ({ ...(JSON.parse(line) as object), at: 'then' }))).toEqual([
      { at: 'then', level: 'warn', message: 'first', file: '/a\nb', code: 'busy' },
      { at: 'then', level: 'info', message: 'second' },
    ])
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('is put aside once it is large', () => {
    const path = join(root, 'x.log')
    writeFileSync(path, 'x'.repeat(1_000_001))
    logFile(path)('info', 'new')
    expect([statSync(`${path}.1`).size, readFileSync(path, 'utf8').length < 200]).toEqual([1_000_001, true])
  })

  test('that cannot be written stops nobody', () => {
    writeFileSync(join(root, 'file'), '')
    expect(() => logFile(join(root, 'file', 'x.log'))('info', 'lost')).not.toThrow()
  })
})
