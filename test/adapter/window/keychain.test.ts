import { execFileSync, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readSettings } from '../../../electron/adapters/settings-file.ts'
import { keychainEntry } from '../../../electron/host/account/keychain.ts'
import { homeFolders } from '../../../electron/host/home.ts'
import { keyringMissing, startKeyring, type Keyring } from '../../helpers/keyring.ts'
import { athleteKey, closeWorlds, windowWorld } from './window-world.ts'

const missing = keyringMissing()
if (missing !== null) console.log(`SKIPPED: the window over the OS keychain, ${missing}`)

// libsecret keeps one connection a process, so the order of these tests is part of them: at first there is none.
describe.skipIf(missing !== null)('the window over a real keyring', () => {
  let keyring: Keyring
  beforeAll(async () => {
    keyring = await startKeyring()
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/musette-test-bus'
  })
  afterEach(closeWorlds)
  afterAll(() => keyring.stop())

  /** What any program of the desktop finds under Musette's name. */
  const kept = (): string =>
    spawnSync('secret-tool', ['search', '--all', 'service', 'Musette'], {
      ...({ env: keyring.env, encoding: 'utf8', timeout: 20_000 } as const),
    }).stdout

  test('one that comes up after the start is asked when the user unlocks', async () => {
    const first = await windowWorld({ apiKey: null })
    expect(await first.get('connect', athleteKey)).toMatchObject({ key: 'memory' })
    const { account, homeId } = readSettings(homeFolders(first.home).settings).settings
    const entry = keychainEntry(first.fake.url, account?.athleteId ?? '', homeId)
    const script = resolve('test/helpers/keychain-calls.ts')
    const calls = JSON.stringify([['write', entry, athleteKey]])
    expect(execFileSync(process.execPath, [script, calls], { env: keyring.env, encoding: 'utf8' })).toContain(
      'done',
    )
    const world = await first.reopen()
    expect(world.service.current.account).toMatchObject({ kind: 'signedOut', why: 'keychain-missing' })
    expect(await world.ask('unlock')).toMatchObject({ error: { code: 'keychain-missing' } })
    Object.assign(process.env, keyring.env)
    expect(await world.get('unlock')).toBeNull()
    await world.untilSnapshot(({ account: now }) => now.kind === 'connected', 'the account')
    expect(world.service.current.account).toMatchObject({ id: 'i200001', key: 'keychain' })
    await world.get('disconnect')
  })

  test('a good key is kept there, used at the next start, and forgotten when asked', async () => {
    const world = await windowWorld({ apiKey: null })
    expect(await world.get('connect', athleteKey)).toMatchObject({ id: 'i200001', key: 'keychain' })
    expect(kept()).toContain(athleteKey)
    const again = await world.reopen()
    expect(again.service.current.account).toMatchObject({ kind: 'connected', key: 'keychain' })
    expect(await again.get('examine')).toContainEqual({ subject: 'keychain', kind: 'fine', text: 'open' })
    await again.get('disconnect')
    expect(kept()).not.toContain(athleteKey)
    await again.untilSnapshot(({ account }) => account.kind === 'signedOut', 'the end of the account')
  })

  test('a locked one is told, and stays locked until its owner opens it', async () => {
    const world = await windowWorld({ apiKey: null })
    await world.get('connect', athleteKey)
    keyring.lock()
    const locked = await world.reopen()
    expect(locked.service.current.account).toMatchObject({ kind: 'signedOut', why: 'keychain-locked' })
    expect(await locked.ask('unlock')).toMatchObject({
      ...{ kind: 'failed', error: { code: 'keychain-locked', recovery: 'sign-in' } },
    })
    expect(await locked.get('examine')).toContainEqual({
      ...{ subject: 'keychain', kind: 'wrong', text: 'locked. Unlock it and try again.' },
    })
    expect(await locked.ask('connect', athleteKey)).toMatchObject({ value: { key: 'memory' } })
  })
})
