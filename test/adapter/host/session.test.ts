import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { homeFolders, makeHome } from '../../../electron/host/home.ts'
import { takeHomeLock } from '../../../electron/adapters/home-lock.ts'
import { openSession, type OwnSession } from '../../../electron/host/session.ts'
import { workerFiles } from '../../../electron/workers/worker-files.ts'

const files = workerFiles(pathToFileURL(resolve('electron/headless.ts')).href)
let home: string

beforeEach(() => {
  home = makeHome(realpathSync(mkdtempSync(join(tmpdir(), 'musette-session-')))).home
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** With a key of the environment no keychain is asked. */
async function open(): Promise<OwnSession> {
  const environment = { home, origin: 'http://127.0.0.1:9', limits: null, apiKey: 'key-of-nobody' }
  const session = await openSession(environment, files, new AbortController().signal)
  if (session.kind !== 'own') throw new Error('the home is not ours')
  return session
}

/** SQLite removes its journal when the last connection is closed in order. */
const isLedgerClosed = (): boolean =>
  existsSync(homeFolders(home).ledger) && !existsSync(`${homeFolders(home).ledger}-wal`)

test('an open home has its lock held and its ledger open', async () => {
  const session = await open()
  expect([takeHomeLock(homeFolders(home).lock), isLedgerClosed()]).toEqual([null, false])
  await session.close(true)
  expect(isLedgerClosed()).toBe(true)
})

test('where nobody could be listened for, the engine is closed and the lock is free again', async () => {
  const control = join(homeFolders(home).profile, 'control')
  writeFileSync(control, 'a file where the folder of the socket belongs')
  await expect(open()).rejects.toMatchObject({ code: 'folder-refused' })
  expect(isLedgerClosed()).toBe(true)
  const lock = takeHomeLock(homeFolders(home).lock)
  expect(lock).not.toBeNull()
  lock?.release()
  rmSync(control)
  const session = await open()
  expect(await session.ask('status', null)).toMatchObject({ counts: { uploaded: 0 } })
  await session.close(true)
})

test('where the engine cannot open, the lock is free again', async () => {
  writeFileSync(homeFolders(home).settings, JSON.stringify({ version: 99 }))
  await expect(open()).rejects.toMatchObject({ code: 'settings-newer' })
  rmSync(homeFolders(home).settings)
  await (await open()).close(true)
})

test('closing ends a check-up that is under way', async () => {
  const session = await open()
  const asked = session.help.look({ home, voice: 'window' }).then(
    () => 'done',
    (error: unknown) => (error as { readonly code?: unknown }).code, // an AppError's
  )
  await session.close(true)
  expect(['done', 'stopped-early']).toContain(await asked)
  await expect(session.help.look({ home, voice: 'window' })).rejects.toMatchObject({ code: 'stopped-early' })
})
