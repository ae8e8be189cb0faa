import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { examineHome, type Examination } from '../../../../electron/host/help/doctor-findings.ts'
import { homeFolders } from '../../../../electron/host/home.ts'
import { openLedgerToWrite } from '../../../../electron/host/open-ledger.ts'
import type { SecretRead } from '../../../../electron/sync/ports/secret-store.ts'
import { newSettings, type Settings } from '../../../../shared/settings.ts'
import type { Voice } from '../../../../shared/voice.ts'
import { startFakeIntervals, type FakeIntervals } from '../../../fake-intervals/server.ts'

const voices: readonly Voice[] = ['cli', 'window']
const key = 'key-of-i200001'
let root: string
let home: string
let fake: FakeIntervals

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'musette-examine-'))
  home = join(root, 'home')
  mkdirSync(homeFolders(home).profile, { recursive: true })
  fake = await startFakeIntervals()
})
afterEach(async () => {
  await fake.close()
  rmSync(root, { recursive: true, force: true })
})

function settle(settings: Partial<Settings>): void {
  writeFileSync(homeFolders(home).settings, JSON.stringify({ ...newSettings('home-1'), ...settings }))
}

const source = (name: string, folder: string): Settings['sources'][number] => ({
  ...{ id: `of ${name}`, name, folder, backfill: { kind: 'none' }, baselineAt: '2026-01-01T00:00:00Z' },
  ...{ isPaused: false, sameRide: 'upload' },
})

const signedIn = { kind: 'ready', credential: { kind: 'apiKey', key } } as const

/** What is said in each voice, as `subject kind: text`. */
async function told(asked: Omit<Partial<Examination>, 'environment'> = {}, apiKey: string | null = null) {
  const limits = { perSecond: 0, per15Min: 0, perDay: 0 }
  const environment = { home, origin: fake.url, limits, apiKey }
  const keychain = (): Promise<SecretRead> => Promise.resolve({ kind: 'absent' })
  const all = []
  for (const voice of voices) {
    const findings = await examineHome({ environment, keychain, credential: signedIn, voice, ...asked })
    all.push(findings.map(({ subject, kind, text }) => `${subject} ${kind}: ${text}`))
  }
  return { cli: all[0] ?? [], window: all[1] ?? [] }
}

test('all there is to look at, in one order, in both voices', async () => {
  settle({ sources: [source('Zwift', root)] })
  openLedgerToWrite(homeFolders(home).ledger, 0).ledger.db.close()
  const { cli, window } = await told()
  const subjects = (lines: readonly string[]): readonly string[] =>
    lines.map(line => line.replace(/ (?:fine|hint|wrong): .*$/, '')).filter(subject => subject !== 'watcher')
  const others = ['keychain', 'service', 'account', 'disk']
  expect(subjects(cli)).toEqual(['version', 'settings', 'ledger', ...others, 'of Zwift Zwift'])
  expect(subjects(window)).toEqual(['version', 'settings', 'records', ...others, 'Zwift'])
  expect(cli).toContain('account fine: Sample Athlete (i200001)')
})

test('without a voice it speaks as the command line does', async () => {
  const environment = { home, origin: fake.url, limits: null, apiKey: key }
  const findings = await examineHome({ environment })
  expect(findings).toContainEqual({
    ...{ subject: 'ledger', kind: 'hint', text: 'None yet; the first sync makes it.' },
  })
  expect(findings).toContainEqual(expect.objectContaining({ subject: 'keychain', kind: 'fine' }))
})

describe('what is wrong is told with the way to mend it', () => {
  test.each([
    ['no database', (path: string) => writeFileSync(path, 'x'.repeat(9000))],
    [
      'a database that fails the integrity check',
      (path: string) => {
        openLedgerToWrite(path, 0).ledger.db.close()
        const database = new DatabaseSync(path)
        database.exec("CREATE TABLE torn (a); CREATE INDEX b ON torn (a); INSERT INTO torn VALUES ('marker')")
        database.close()
        // In the table and in its index; from now on in one of them alone.
        const bytes = readFileSync(path)
        bytes.write('broken', bytes.lastIndexOf('marker'))
        writeFileSync(path, bytes)
      },
    ],
  ])('a ledger that is %s', async (_what, damage) => {
    damage(homeFolders(home).ledger)
    const { cli, window } = await told()
    expect(cli.find(line => line.startsWith('ledger'))).toMatch(
      /^ledger wrong: .*sets (it|the ledger) aside and rebuilds it/,
    )
    expect(window.find(line => line.startsWith('records'))).toBe(
      "records wrong: Musette's records are damaged. The rides in the archive are kept. Start Musette again: it rebuilds them.",
    )
  })

  test.each<readonly [string, Omit<Partial<Examination>, 'environment'>, string, string]>([
    [
      'no key',
      { credential: { kind: 'none' } },
      'account wrong: Not signed in: musette account connect --api-key -',
      'account wrong: Not connected. Connect under Settings, Account.',
    ],
    [
      'a locked keychain',
      { keychain: () => Promise.resolve({ kind: 'locked' }) },
      'keychain wrong: locked. Unlock it and try again.',
      'keychain wrong: locked. Unlock it and try again.',
    ],
    [
      'no keychain',
      { keychain: () => Promise.resolve({ kind: 'unavailable', why: 'No service.' }) },
      'keychain wrong: none here (No service.). Set MUSETTE_API_KEY or MUSETTE_API_KEY_FILE instead.',
      'keychain wrong: none here (No service). A key that you connect with is kept in memory until Musette ends.',
    ],
    [
      'a key that the service refuses',
      { credential: { kind: 'ready', credential: { kind: 'apiKey', key: 'no-such-key' } } },
      'account wrong: Not signed in, or the key was refused. Everything is kept. Sign in: musette account connect --api-key -',
      'account wrong: Not signed in, or the key was refused. Everything is kept. Sign in again to go on.',
    ],
  ])('%s', async (_what, asked, cliLine, windowLine) => {
    const { cli, window } = await told(asked)
    expect(cli).toContain(cliLine)
    expect(window).toContain(windowLine)
  })

  test('a folder that is gone, and the key of another athlete', async () => {
    const account = { origin: fake.url, athleteId: 'i9', name: 'Ben' }
    settle({ account, sources: [source('Edge', join(root, 'gone'))] })
    const { cli, window } = await told()
    const gone = `wrong: ${join(root, 'gone')} is not there. Plug it in or mount it, or remove it from Musette.`
    expect(cli).toContain(`of Edge Edge ${gone}`)
    expect(window).toContain(`Edge ${gone}`)
    expect(cli).toContain(`account wrong: This home belongs to i9 on ${fake.url}; the key is of i200001.`)
    expect(window.find(line => line.startsWith('account'))).toMatch(/Connect with the key of i9\.$/)
  })

  test('a service that cannot be reached', async () => {
    await fake.close()
    for (const lines of Object.values(await told())) {
      expect(lines).toContainEqual(
        expect.stringMatching(/^service wrong: Intervals\.icu could not be reached\./),
      )
    }
  })

  test('settings that cannot be read end the look', async () => {
    writeFileSync(homeFolders(home).settings, JSON.stringify({ version: 99 }))
    for (const lines of Object.values(await told())) {
      expect(lines).toEqual([expect.stringMatching(/^settings wrong: .*newer Musette/)])
    }
  })
})

test('a key of the environment leaves the keychain alone', async () => {
  let reads = 0
  const keychain = (): Promise<SecretRead> => {
    reads += 1
    return Promise.resolve({ kind: 'absent' })
  }
  await told({ keychain }, key)
  expect(reads).toBe(0)
})
