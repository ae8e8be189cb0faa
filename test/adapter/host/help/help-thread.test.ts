import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { helpHere } from '../../../../electron/host/help/help-work.ts'
import { homeFolders } from '../../../../electron/host/home.ts'
import { openLedgerToWrite } from '../../../../electron/host/open-ledger.ts'
import { helpThread } from '../../../../electron/workers/help-thread.ts'
import { until } from '../../../e2e/helpers/until.ts'

const real = new URL('../../../../electron/workers/help-worker.ts', import.meta.url)
let root: string
let home: string

beforeEach(() => {
  process.on('worker', note)
  started = 0
  root = mkdtempSync(join(tmpdir(), 'musette-help-'))
  home = join(root, 'home')
  mkdirSync(homeFolders(home).profile, { recursive: true })
})
afterEach(() => {
  process.off('worker', note)
  rmSync(root, { recursive: true, force: true })
})

/** A thread that does what the test says, in place of the real one. */
function threadThat(script: string): URL {
  const file = join(root, 'thread.mjs')
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads'\n${script}\n`)
  return pathToFileURL(file)
}

/** The threads that this process has started and that have not ended. */
const threads = new Set<Worker>()
let started = 0
const note = (worker: Worker): void => {
  started += 1
  threads.add(worker)
  worker.once('exit', () => threads.delete(worker))
}

const look = () => ({ home, voice: 'window' }) as const
const pack = () => ({ home, secrets: ['s3cret-key'], nowMs: 0, findings: [] })

describe('the thread that helps', () => {
  test('finds what would be found here', async () => {
    const { ledger } = openLedgerToWrite(homeFolders(home).ledger, 0)
    ledger.db.close()
    const help = helpThread(real)
    const found = await help.look(look())
    expect(found.records.map(({ subject, kind }) => `${subject} ${kind}`)).toEqual([
      'version fine',
      'settings hint',
      'records fine',
    ])
    expect(found.records).toEqual((await helpHere.look(look())).records)
  })

  test('packs what would be packed here, without the secrets', async () => {
    const job = { ...pack(), findings: [{ subject: 'keychain', kind: 'fine', text: 's3cret-key' } as const] }
    const inside = unzipSync(await helpThread(real).pack(job))
    expect(Object.keys(inside)).toEqual(Object.keys(unzipSync(await helpHere.pack(job))))
    const findings = Buffer.from(inside['doctor.json'] ?? []).toString('utf8')
    expect(JSON.parse(findings)).toEqual([{ subject: 'keychain', kind: 'fine', text: '<redacted>' }])
  })

  test('says what is expected trouble there as trouble here', async () => {
    writeFileSync(homeFolders(home).settings, JSON.stringify({ version: 99 }))
    await expect(helpThread(real).look(look())).rejects.toMatchObject({
      ...{ name: 'AppError', code: 'settings-newer' },
    })
  })

  test('ends with its job', async () => {
    const help = helpThread(real)
    await help.look(look())
    await help.look(look())
    expect(started).toBe(2)
    await until(() => threads.size === 0, 'the end of the threads')
  })

  test('runs one at a time', async () => {
    const trace = join(root, 'trace')
    const help = helpThread(
      threadThat(`
        import { appendFileSync } from 'node:fs'
        import { setTimeout } from 'node:timers/promises'
        appendFileSync(${JSON.stringify(trace)}, '(')
        await setTimeout(50)
        appendFileSync(${JSON.stringify(trace)}, ')')
        parentPort.postMessage({ kind: 'looked', findings: { records: [], surroundings: [] } })`),
    )
    await Promise.all([help.look(look()), help.look(look()), help.look(look())])
    expect(readFileSync(trace, 'utf8')).toBe('()()()')
  })
})

describe('whoever waits is told', () => {
  const hangs = 'setInterval(() => undefined, 1000)'
  const spins = 'for (;;) {}'

  test.each([
    ['waits for ever', hangs],
    ['never stops computing', spins],
  ])('when the work %s: its time is up, and the thread is ended', async (_what, script) => {
    await expect(helpThread(threadThat(script), 200).look(look())).rejects.toMatchObject({
      ...{ name: 'AppError', code: 'stopped-early', recovery: 'retry' },
    })
    await until(() => threads.size === 0, 'the end of the thread')
  })

  test('when Musette closes meanwhile, and those who wait in line too', async () => {
    const help = helpThread(threadThat(hangs))
    const asked = [help.look(look()), help.pack(pack())].map(work => work.catch((error: unknown) => error))
    await until(() => threads.size > 0, 'the thread')
    help.close()
    const closing = { code: 'stopped-early', message: 'Musette is closing' }
    expect(await Promise.all(asked)).toMatchObject([closing, closing])
    await expect(help.look(look())).rejects.toMatchObject(closing)
    await until(() => threads.size === 0, 'the end of the thread')
  })

  test.each([
    ['throws', 'throw new TypeError("a bug of ours")', /a bug of ours/],
    ['ends without a word', 'process.exit(3)', /ended \(3\)/],
    ['tells of a bug', `parentPort.postMessage({ kind: 'broken', message: 'its stack' })`, /its stack/],
    ['answers something else', `parentPort.postMessage({ kind: 'packed', zip: null })`, /unexpected answer/],
  ])('when the thread %s: a bug, no expected trouble', async (_what, script, message) => {
    const failed = await helpThread(threadThat(script))
      .look(look())
      .catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(Error)
    expect(failed).toMatchObject({ message: expect.stringMatching(message) as unknown })
    expect(failed).not.toHaveProperty('recovery')
  })

  test('and the next job is done all the same', async () => {
    const help = helpThread(
      threadThat(`
        if (workerData.kind === 'pack') process.exit(1)
        parentPort.postMessage({ kind: 'looked', findings: { records: [], surroundings: [] } })`),
    )
    await expect(help.pack(pack())).rejects.toThrow(/ended/)
    expect(await help.look(look())).toEqual({ records: [], surroundings: [] })
  })
})
