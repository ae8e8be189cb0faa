import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keytarSecretStore, type Keytar } from '../../../electron/adapters/keytar-secret-store.ts'
import { AppError } from '../../../shared/app-error.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** An open keychain that holds nothing, but for the calls replaced. */
function fakeKeytar(replaced: Partial<Keytar> = {}): Keytar {
  return {
    getPassword: () => Promise.resolve(null),
    setPassword: () => Promise.resolve(),
    deletePassword: () => Promise.resolve(true),
    ...replaced,
  }
}

const storeOver = (keytar: Partial<Keytar>) =>
  keytarSecretStore({ load: () => Promise.resolve(fakeKeytar(keytar)), guardMs: 30_000 })

const refusing = (message: string): Partial<Keytar> => ({
  setPassword: () => Promise.reject(new Error(message)),
})

async function caught(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    return error instanceof AppError ? error.code : error
  }
}

test('does not load the native library before the first call', async () => {
  const load = vi.fn(() => Promise.resolve(fakeKeytar()))
  const store = keytarSecretStore({ load })
  expect(load).not.toHaveBeenCalled()
  await store.read('rider')
  expect(load).toHaveBeenCalledOnce()
})

test('is unavailable when the native library cannot be loaded', async () => {
  const load = () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file'))
  const store = keytarSecretStore({ load })
  expect(await store.read('rider')).toMatchObject({ kind: 'unavailable' })
  expect(await caught(store.write('rider', 'key'))).toBe('keychain-missing')
  expect(await caught(store.remove('rider'))).toBe('keychain-missing')
})

test.each([
  ['Cannot create an item in a locked collection', { kind: 'locked' }, 'keychain-locked'],
  ['Prompt was dismissed', { kind: 'locked' }, 'keychain-locked'],
  ['User interaction is not allowed.', { kind: 'locked' }, 'keychain-locked'],
  ['User canceled the operation.', { kind: 'locked' }, 'keychain-locked'],
  ['Object does not exist at path “/collection/login”', { kind: 'unavailable' }, 'keychain-missing'],
  [
    'The name org.freedesktop.secrets was not provided by any .service files',
    { kind: 'unavailable' },
    'keychain-missing',
  ],
  ['GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: x', { kind: 'unavailable' }, 'keychain-missing'],
  ['Cannot autolaunch D-Bus without X11 $DISPLAY', { kind: 'unavailable' }, 'keychain-missing'],
  ['Something new', { kind: 'unavailable' }, 'keychain-failed'],
])('tells what stands in the way from: %s', async (message, read, code) => {
  const store = storeOver(refusing(message))
  expect(await store.read('rider')).toMatchObject(read)
  expect(await caught(store.write('rider', 'key'))).toBe(code)
})

test('never repeats the platform, which might repeat the secret', async () => {
  const store = storeOver(refusing('cannot store "s3cret-key" for rider'))
  const error: unknown = await store.write('rider', 's3cret-key').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ message: 'The keychain could not store the entry.' })
  expect(JSON.stringify(await store.read('rider'))).not.toContain('s3cret-key')
})

test('removing what a locked keychain hides is an error, removing what is not there is fine', async () => {
  const deletePassword = () => Promise.resolve(false)
  const open = storeOver({ deletePassword })
  const locked = storeOver({ deletePassword, ...refusing('in a locked collection') })
  expect([await caught(open.remove('rider')), await caught(locked.remove('rider'))]).toEqual([
    undefined,
    'keychain-locked',
  ])
})

test('makes one call at a time, in order', async () => {
  const log: string[] = []
  const getPassword = async (_service: string, account: string) => {
    log.push(`begin ${account}`)
    await Promise.resolve()
    log.push(`end ${account}`)
    return 'key'
  }
  const store = storeOver({ getPassword })
  await Promise.all(['a', 'b', 'c'].map(account => store.read(account)))
  expect(log).toEqual(['begin a', 'end a', 'begin b', 'end b', 'begin c', 'end c'])
})

test('takes a call that hangs behind a hidden prompt as locked, and recovers once it ends', async () => {
  const prompt = Promise.withResolvers<string | null>()
  const asked: string[] = []
  const getPassword = (_service: string, account: string) => {
    asked.push(account)
    return account === 'hanging' ? prompt.promise : Promise.resolve('key')
  }
  const store = storeOver({ getPassword })
  const hanging = store.read('hanging')
  const behind = store.read('behind')
  await vi.advanceTimersByTimeAsync(30_000)
  expect([await hanging, await behind]).toEqual([{ kind: 'locked' }, { kind: 'locked' }])
  prompt.resolve('late')
  expect(await store.read('later')).toEqual({ kind: 'found', secret: 'key' })
  // The one whose caller has given up is not done behind their back.
  expect(asked).toEqual(['hanging', 'later'])
  expect(vi.getTimerCount()).toBe(0)
})
