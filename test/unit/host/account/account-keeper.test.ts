import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import { newSettings, type Settings } from '../../../../shared/settings.ts'
import { AccountKeeper } from '../../../../electron/host/account/account-keeper.ts'
import { credentialFor } from '../../../../electron/host/account/keychain.ts'
import type { AskEngine } from '../../../../electron/host/engine-requests.ts'
import { OthersRequests } from '../../../../electron/host/others-requests.ts'
import type { SecretRead, SecretStore } from '../../../../electron/sync/ports/secret-store.ts'

const key = 'abc123def456'
const origin = 'https://intervals.icu'
const athlete = { id: 'i7', name: 'Robin', connections: ['garmin_training', 'garmin_health', 'x', 'wahoo'] }
const bound: Settings = {
  ...newSettings('home-1'),
  account: { origin, athleteId: 'i7', name: 'Robin' },
}

/** A keychain of this test; `mood` says how it answers. */
class FakeKeychain implements SecretStore {
  readonly entries = new Map<string, string>()
  mood: 'open' | 'locked' | 'missing' = 'open'
  reads = 0

  read(account: string): Promise<SecretRead> {
    this.reads += 1
    if (this.mood === 'locked') return Promise.resolve({ kind: 'locked' })
    if (this.mood === 'missing') return Promise.resolve({ kind: 'unavailable', why: 'No keychain here.' })
    const secret = this.entries.get(account)
    return Promise.resolve(secret === undefined ? { kind: 'absent' } : { kind: 'found', secret })
  }

  async write(account: string, secret: string): Promise<void> {
    await this.#open()
    this.entries.set(account, secret)
  }

  async remove(account: string): Promise<void> {
    await this.#open()
    this.entries.delete(account)
  }

  #open(): Promise<void> {
    if (this.mood === 'open') return Promise.resolve()
    const code = this.mood === 'locked' ? 'keychain-locked' : 'keychain-missing'
    return Promise.reject(new AppError(code, 'no', 'give-up'))
  }
}

interface Options {
  readonly apiKey?: string | null
  readonly settings?: Settings
  readonly verify?: AppError
  /** The engine takes the key, but could not ask the service about it. */
  readonly use?: AppError
}

async function keeperWith(
  keychain: FakeKeychain,
  { apiKey = null, settings = bound, verify, use }: Options = {},
) {
  const asked: (readonly [string, unknown])[] = []
  // The two questions a keeper has; their answers have the contract's shape.
  const ask = ((name: string, args: unknown) => {
    asked.push([name, args])
    if (name === 'verify' && verify !== undefined) return Promise.reject(verify)
    if (name === 'useCredential' && use !== undefined) return Promise.reject(use)
    return Promise.resolve(name === 'verify' ? athlete : null)
  }) as AskEngine
  const keeper = new AccountKeeper({
    ...{ ask, environment: { origin, apiKey }, settings: () => settings, secrets: keychain },
    credential: await credentialFor(apiKey, settings, keychain),
  })
  return { keeper, asked }
}

const engine = { account: { id: 'i7', name: 'Robin' }, troubles: [] }
const entry = `${origin} i7 home-1`
const credential = { kind: 'apiKey', key } as const

describe('connecting', () => {
  test('verifies first, keeps the key in the keychain, then uses it', async () => {
    const keychain = new FakeKeychain()
    const { keeper, asked } = await keeperWith(keychain)
    expect(await keeper.connect(`${key}\n`, 'memory')).toEqual({
      ...{ id: 'i7', name: 'Robin', key: 'keychain' },
      otherSenders: ['Garmin Connect', 'Wahoo'],
    })
    expect(asked).toEqual([
      ['verify', { credential }],
      ['useCredential', { credential, account: athlete }],
    ])
    expect([...keychain.entries]).toEqual([[entry, key]])
    expect(keeper.view(engine)).toEqual({ kind: 'connected', id: 'i7', name: 'Robin', key: 'keychain' })
  })

  test.each(['locked', 'missing'] as const)(
    'a keychain that is %s leaves the key in memory, if asked so, until it is disconnected',
    async mood => {
      const keychain = new FakeKeychain()
      keychain.mood = mood
      const { keeper, asked } = await keeperWith(keychain)
      expect(await keeper.connect(key, 'memory')).toMatchObject({ key: 'memory' })
      expect(asked.at(-1)).toEqual(['useCredential', { credential, account: athlete }])
      expect(keeper.view(engine)).toMatchObject({ kind: 'connected', key: 'memory' })
      await keeper.disconnect().catch(() => undefined)
      expect(asked.at(-1)).toEqual(['useCredential', { credential: null, account: null }])
      expect(keeper.view(engine)).toMatchObject({ kind: 'signedOut', why: 'signed-out' })
    },
  )

  test('a keychain that does not take it refuses the key where memory is of no use', async () => {
    const keychain = new FakeKeychain()
    keychain.mood = 'missing'
    const { keeper, asked } = await keeperWith(keychain)
    await expect(keeper.connect(key, 'refuse')).rejects.toMatchObject({ code: 'keychain-missing' })
    expect(asked.map(([name]) => name)).toEqual(['verify'])
  })

  test('what can be no key is explained without being repeated, and asks nobody', async () => {
    const { keeper, asked } = await keeperWith(new FakeKeychain())
    const error: unknown = await keeper.connect('my secret key', 'memory').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'bad-usage', recovery: 'sign-in' })
    expect(String(error)).not.toContain('secret')
    expect(asked).toEqual([])
  })

  test('a key that the service does not know is told as such, and kept nowhere', async () => {
    const keychain = new FakeKeychain()
    const verify = new AppError('signed-out', 'refused', 'sign-in')
    const { keeper, asked } = await keeperWith(keychain, { verify })
    const error: unknown = await keeper.connect(key, 'memory').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'key-unknown', recovery: 'sign-in', cause: verify })
    expect(keychain.entries.size).toBe(0)
    expect(asked).toHaveLength(1)
  })
})

test('a key that the engine signs with is told as such, also when the line broke after it was verified', async () => {
  const use = new AppError('offline', 'no route', 'wait-for-network')
  const { keeper } = await keeperWith(new FakeKeychain(), { use })
  await expect(keeper.connect(key, 'memory')).rejects.toBe(use)
  expect(keeper.credential).toEqual({ kind: 'ready', credential })
  expect(keeper.view(engine)).toMatchObject({ kind: 'connected', key: 'keychain' })
})

test('so is one that another process gave it', async () => {
  const use = new AppError('offline', 'no route', 'wait-for-network')
  const { keeper } = await keeperWith(new FakeKeychain(), { use })
  const others = new OthersRequests(() => Promise.reject(use), keeper)
  await expect(
    others.answer({ name: 'useCredential', args: { credential, account: { id: 'i7', name: 'Robin' } } }),
  ).rejects.toBe(use)
  expect(keeper.view(engine)).toMatchObject({ kind: 'connected', key: 'keychain' })
})

test('other trouble while a key is verified is told as it is', async () => {
  const verify = new AppError('offline', 'no route', 'wait-for-network')
  const { keeper } = await keeperWith(new FakeKeychain(), { verify })
  await expect(keeper.connect(key, 'memory')).rejects.toBe(verify)
})

describe('disconnecting a key that is only in memory', () => {
  async function connectedInMemory(mood: 'locked' | 'missing') {
    const keychain = new FakeKeychain()
    keychain.entries.set(entry, 'an-older-key')
    keychain.mood = mood
    const { keeper, asked } = await keeperWith(keychain)
    await keeper.connect(key, 'memory')
    return { keychain, keeper, asked }
  }

  test('says of a locked keychain that a key may still be in it', async () => {
    const { keychain, keeper, asked } = await connectedInMemory('locked')
    await expect(keeper.disconnect()).rejects.toMatchObject({ code: 'keychain-keeps-key' })
    expect(asked.at(-1)).toEqual(['useCredential', { credential: null, account: null }])
    expect(keeper.credential).toEqual({ kind: 'none' })
    keychain.mood = 'open'
    await keeper.disconnect()
    expect(keychain.entries.size).toBe(0)
  })

  test('is quiet where there is no keychain at all', async () => {
    const { keeper } = await connectedInMemory('missing')
    await keeper.disconnect()
    expect(keeper.credential).toEqual({ kind: 'none' })
  })
})

describe('disconnecting', () => {
  test('takes the key out of the keychain and out of use', async () => {
    const keychain = new FakeKeychain()
    keychain.entries.set(entry, key)
    const { keeper, asked } = await keeperWith(keychain)
    await keeper.disconnect()
    expect(keychain.entries.size).toBe(0)
    expect(asked).toEqual([['useCredential', { credential: null, account: null }]])
    expect(keeper.view(engine)).toMatchObject({
      ...{ kind: 'signedOut', why: 'signed-out' },
      message: 'Signed out. Everything is kept. Connect again to go on.',
    })
  })

  test('a keychain that does not let go of the key leaves everything as it was', async () => {
    const keychain = new FakeKeychain()
    keychain.entries.set(entry, key)
    const { keeper, asked } = await keeperWith(keychain)
    keychain.mood = 'locked'
    await expect(keeper.disconnect()).rejects.toMatchObject({ code: 'keychain-locked' })
    expect(asked).toEqual([])
    expect(keeper.view(engine)).toMatchObject({ kind: 'connected' })
  })
})

describe('a locked keychain', () => {
  test('is a state of its own, and is asked again only when the user asks', async () => {
    const keychain = new FakeKeychain()
    keychain.entries.set(entry, key)
    keychain.mood = 'locked'
    const { keeper, asked } = await keeperWith(keychain)
    expect(keeper.view(engine)).toMatchObject({ kind: 'signedOut', why: 'keychain-locked' })
    expect(keychain.reads).toBe(1)
    await expect(keeper.unlock()).rejects.toMatchObject({ code: 'keychain-locked' })
    expect(asked).toEqual([])
    keychain.mood = 'open'
    await keeper.unlock()
    expect(asked).toEqual([['useCredential', { credential, account: null }]])
    expect(keeper.view(engine)).toMatchObject({ kind: 'connected', key: 'keychain' })
    await keeper.unlock()
    expect(keychain.reads).toBe(3)
  })
})

describe('the view', () => {
  test('a key of the environment says so, and the keychain is never asked', async () => {
    const keychain = new FakeKeychain()
    const { keeper } = await keeperWith(keychain, { apiKey: key })
    expect(keeper.view(engine)).toMatchObject({ kind: 'connected', key: 'environment' })
    expect(keychain.reads).toBe(0)
  })

  test('a home without an athlete has no account', async () => {
    const { keeper } = await keeperWith(new FakeKeychain(), { settings: newSettings('home-1') })
    expect(keeper.view({ account: null, troubles: [] })).toEqual({ kind: 'none' })
  })

  test.each(['signed-out', 'wrong-athlete'] as const)(
    'a key that the service answers with %s is not connected',
    async code => {
      const { keeper } = await keeperWith(new FakeKeychain(), { apiKey: key })
      const troubles = [{ code, message: 'In words.', file: null }]
      expect(keeper.view({ ...engine, troubles })).toMatchObject({ why: code, message: 'In words.' })
    },
  )

  test('what another process has connected with is noted, and told', async () => {
    const { keeper } = await keeperWith(new FakeKeychain())
    let changes = 0
    keeper.onChange(() => (changes += 1))
    expect(keeper.view(engine)).toMatchObject({ kind: 'signedOut' })
    keeper.noteUsed(credential)
    expect(keeper.view(engine)).toMatchObject({ kind: 'connected', key: 'keychain' })
    keeper.noteUsed(null)
    expect(keeper.view(engine)).toMatchObject({ kind: 'signedOut' })
    expect(changes).toBe(2)
  })
})
