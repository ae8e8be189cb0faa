import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeHome } from '../../../electron/host/home.ts'
import type { UserFolders } from '../../../electron/host/discovery/user-folders.ts'
import type { WorkerFiles } from '../../../electron/workers/worker-files.ts'
import { startEngineThread, type EngineThread } from '../../../electron/workers/engine-thread.ts'

const files = {
  engine: new URL('../../../electron/workers/engine-worker.ts', import.meta.url),
  proof: new URL('../../../electron/workers/proof-worker.ts', import.meta.url),
  help: new URL('../../../electron/workers/help-worker.ts', import.meta.url),
}
const pause = { kind: 'until', at: new Date(Date.now() + 20 * 3_600_000).toISOString() } as const

let home: string
let thread: EngineThread
let changes: number

/** Without a credential nothing leaves the computer. */
function start(userFolders: UserFolders | null = null, workers: WorkerFiles = files): Promise<EngineThread> {
  return startEngineThread(
    {
      ...{ home, origin: 'http://127.0.0.1:9', credential: { kind: 'none' } },
      limits: { perSecond: 10, per15Min: 0, perDay: 0 },
      userFolders,
    },
    workers,
  )
}

/** Waits until something is so, for as long as a slow computer may need. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tried = 0; tried < 600 && !(await isSo()); tried += 1) await sleep(50)
  expect(await isSo()).toBe(true)
}

beforeEach(async () => {
  home = makeHome(mkdtempSync(join(tmpdir(), 'musette-thread-'))).home
  changes = 0
  thread = await start()
  thread.run(
    () => undefined,
    () => (changes += 1),
  )
})
afterEach(async () => {
  await thread.close(5000)
  rmSync(home, { recursive: true, force: true })
})

test('a change that is asked for is told, and shown', async () => {
  await until(() => changes > 0)
  const before = changes
  await thread.ask('changePreferences', { change: { theme: 'dark' } })
  await until(() => changes > before)
  const view = await thread.ask('view', null)
  expect([view.preferences.theme, view.isWorking]).toEqual(['dark', false])
})

test('of many changes at once the last is told', async () => {
  let seen = 0
  const last = 40
  for (let bytes = 1; bytes <= last; bytes += 1) await thread.ask('changeKeepFree', { bytes, percent: 1 })
  let looked = 0
  await until(async () => {
    // As a window does: it looks only when it is told.
    if (changes > looked) {
      looked = changes
      seen = (await thread.ask('view', null)).keepFree.bytes
    }
    return seen === last
  })
})

test('a pause holds over restarts, and ends when the user resumes', async () => {
  await thread.ask('setPause', { pause })
  await thread.close(5000)
  thread = await start()
  const again = await thread.ask('view', null)
  await thread.ask('setPause', { pause: { kind: 'none' } })
  const resumed = await thread.ask('view', null)
  expect([again.pause, resumed.pause]).toEqual([pause, { kind: 'none' }])
})

describe("the user's folders", () => {
  const rides = (): string => join(realpathSync(home), 'Dokumente/TPVirtual/abcd1234efgh5678/FITFiles')
  const found = async (): Promise<readonly string[]> =>
    (await thread.ask('discoverFolders', null)).map(({ folder }) => folder)

  test('that the host knows are looked in', async () => {
    mkdirSync(rides(), { recursive: true })
    expect(await found()).not.toContain(rides())
    await thread.close(5000)
    thread = await start({ home: null, documents: join(realpathSync(home), 'Dokumente'), downloads: null })
    // macOS has them in the home itself.
    if (process.platform !== 'darwin') expect(await found()).toContain(rides())
  })

  test.runIf(process.platform === 'linux')(
    'are read from the desktop where the host knows none',
    async () => {
      mkdirSync(rides(), { recursive: true })
      const config = join(home, 'config')
      mkdirSync(config)
      writeFileSync(
        join(config, 'user-dirs.dirs'),
        `XDG_DOCUMENTS_DIR="${join(realpathSync(home), 'Dokumente')}"\n`,
      )
      await thread.close(5000)
      const before = process.env['XDG_CONFIG_HOME']
      process.env['XDG_CONFIG_HOME'] = config
      try {
        // The thread gets a copy of the environment when it starts.
        thread = await start()
      } finally {
        if (before === undefined) delete process.env['XDG_CONFIG_HOME']
        else process.env['XDG_CONFIG_HOME'] = before
      }
      expect(await found()).toContain(rides())
    },
  )
})

describe('an engine that dies by itself', () => {
  const dying = (): WorkerFiles => {
    const file = join(home, 'dying.mjs')
    writeFileSync(
      file,
      `import { parentPort } from 'node:worker_threads'
       parentPort.on('message', message => {
         if (message.kind === 'ask') throw new Error('out of memory')
         if (message.kind === 'close') parentPort.close()
       })
       parentPort.postMessage({ kind: 'ready' })`,
    )
    return { ...files, engine: pathToFileURL(file) }
  }

  test('tells so, fails what is under way, and answers nothing more', async () => {
    const dead = await start(null, dying())
    await expect(dead.ask('view', null)).rejects.toThrow('out of memory')
    await expect(dead.died).rejects.toThrow('out of memory')
    await expect(dead.ask('wake', null)).rejects.toThrow('out of memory')
    await dead.close(5000)
  })

  test('is no death when it was asked to close', async () => {
    const closed = await start(null, dying())
    let hasDied = false
    closed.died.catch(() => (hasDied = true))
    await closed.close(5000)
    await expect(closed.ask('view', null)).rejects.toMatchObject({ code: 'home-in-use', recovery: 'retry' })
    expect(hasDied).toBe(false)
  })
})
