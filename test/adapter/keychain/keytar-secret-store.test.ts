import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keyringMissing, startKeyring, type Keyring } from '../../helpers/keyring.ts'

type Call = readonly ['write', string, string] | readonly ['read' | 'remove', string]

const missing = keyringMissing()
if (missing !== null) console.log(`SKIPPED: OS keychain tests, ${missing}`)

function inKeychain(env: Readonly<Record<string, string>>, ...calls: readonly Call[]): unknown {
  const script = resolve('test/helpers/keychain-calls.ts')
  const output = execFileSync(process.execPath, [script, JSON.stringify(calls)], { env, encoding: 'utf8' })
  return JSON.parse(output)
}

function secretTool(env: Readonly<Record<string, string>>, account: string): string {
  const args = ['lookup', 'service', 'Musette', 'account', account]
  return spawnSync('secret-tool', args, { env, encoding: 'utf8' }).stdout
}

function filesBelow(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name)))
}

describe.skipIf(missing !== null)('the secret store over a real keyring', () => {
  let keyring: Keyring
  beforeEach(async () => {
    keyring = await startKeyring()
  })
  afterEach(async () => {
    await keyring.stop()
  })

  test('keeps, overwrites and removes an entry', () => {
    const results = inKeychain(
      keyring.env,
      ['read', 'rider'],
      ['write', 'rider', 'first key'],
      ['read', 'rider'],
      ['write', 'rider', 'second key'],
      ['read', 'rider'],
      ['read', 'another rider'],
      ['remove', 'rider'],
      ['read', 'rider'],
      ['remove', 'rider'],
    )
    expect(results).toEqual([
      { kind: 'absent' },
      'done',
      { kind: 'found', secret: 'first key' },
      'done',
      { kind: 'found', secret: 'second key' },
      { kind: 'absent' },
      'done',
      { kind: 'absent' },
      'done',
    ])
  })

  test('keeps letters of any script, in accounts and secrets, and long secrets', () => {
    const long = 'x'.repeat(4_000)
    const results = inKeychain(
      keyring.env,
      ['write', 'Jürgen 李 @ https://intervals.icu', 'clé “ñ” 鍵 🚴'],
      ['write', 'long', long],
      ['read', 'Jürgen 李 @ https://intervals.icu'],
      ['read', 'long'],
    )
    expect(results).toEqual([
      'done',
      'done',
      { kind: 'found', secret: 'clé “ñ” 鍵 🚴' },
      { kind: 'found', secret: long },
    ])
  })

  test('finds the entry again after the keychain service was killed and started anew', async () => {
    inKeychain(keyring.env, ['write', 'rider', 'lasting key'])
    await keyring.restart('unlocked')
    expect(inKeychain(keyring.env, ['read', 'rider'])).toEqual([{ kind: 'found', secret: 'lasting key' }])
  })

  test('stores where other programs of the desktop look, and leaves no canary behind', () => {
    inKeychain(keyring.env, ['write', 'rider', 'shared key'], ['read', 'nobody'])
    expect(secretTool(keyring.env, 'rider')).toBe('shared key')
    const canaries = spawnSync('secret-tool', ['search', '--all', 'service', 'Musette canary'], {
      env: keyring.env,
      encoding: 'utf8',
    })
    expect(canaries.stdout).toBe('')
  })

  test('leaves the secret in clear in no file of the keyring', () => {
    const secret = 'key-in-clear-would-be-found'
    inKeychain(keyring.env, ['write', 'rider', secret])
    const files = filesBelow(keyring.folder)
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter(bytes => bytes.includes(secret) || bytes.includes(secret, 0, 'utf16le'))).toEqual([])
  })

  test.each<['locked while running' | 'locked since login']>([
    ['locked while running'],
    ['locked since login'],
  ])('says locked, not absent, when the keyring is %s', async how => {
    inKeychain(keyring.env, ['write', 'rider', 'key behind a lock'])
    if (how === 'locked while running') keyring.lock()
    else await keyring.restart('locked')
    const locked = { code: 'keychain-locked', message: 'The keychain is locked.' }
    expect(
      inKeychain(
        keyring.env,
        ['read', 'rider'],
        ['read', 'nobody'],
        ['write', 'rider', 'x'],
        ['remove', 'rider'],
      ),
    ).toEqual([{ kind: 'locked' }, { kind: 'locked' }, locked, locked])
    await keyring.restart('unlocked')
    expect(inKeychain(keyring.env, ['read', 'rider'])).toEqual([
      { kind: 'found', secret: 'key behind a lock' },
    ])
  })
})

describe.skipIf(missing !== null)('the secret store without a keychain', () => {
  test('is unavailable, and says why, where there is no D-Bus session', () => {
    const why = 'There is no D-Bus session here, so no keychain can be reached.'
    const env = { PATH: process.env['PATH'] ?? '' }
    expect(inKeychain(env, ['read', 'rider'], ['write', 'rider', 'x'], ['remove', 'rider'])).toEqual([
      { kind: 'unavailable', why },
      { code: 'keychain-missing', message: why },
      { code: 'keychain-missing', message: why },
    ])
  })

  test('is unavailable where the session bus has died', async () => {
    const keyring = await startKeyring('none')
    await keyring.stop()
    const why = 'There is no D-Bus session here, so no keychain can be reached.'
    expect(inKeychain(keyring.env, ['read', 'rider'])).toEqual([{ kind: 'unavailable', why }])
  })

  test('is unavailable where D-Bus runs but no keychain service does', async () => {
    const keyring = await startKeyring('none')
    const why = 'No keychain service (such as gnome-keyring or KWallet) is running.'
    try {
      expect(inKeychain(keyring.env, ['read', 'rider'], ['write', 'rider', 'x'])).toEqual([
        { kind: 'unavailable', why },
        { code: 'keychain-missing', message: why },
      ])
    } finally {
      await keyring.stop()
    }
  })

  test('is unavailable where the service runs but no keyring was ever set up', async () => {
    const keyring = await startKeyring('locked')
    const why = 'The keychain service runs, but no keyring has been set up in it.'
    try {
      expect(inKeychain(keyring.env, ['read', 'rider'], ['write', 'rider', 'x'])).toEqual([
        { kind: 'unavailable', why },
        { code: 'keychain-missing', message: why },
      ])
    } finally {
      await keyring.stop()
    }
  })
})
