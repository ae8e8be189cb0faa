import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultHome, limitsFor, readEnvironment } from '../../../electron/host/environment.ts'
import { AppError } from '../../../shared/app-error.ts'
import { defaultPreferences } from '../../../shared/preferences.ts'

const key = 'a1b2c3d4e5f6g7h8i9j0'
const isWindows = process.platform === 'win32'

/** What is said when these variables are refused. */
function complaint(env: NodeJS.ProcessEnv): string {
  try {
    return `no complaint: ${JSON.stringify(readEnvironment(env))}`
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect({ code: error.code, recovery: error.recovery }).toEqual({ code: 'bad-usage', recovery: 'give-up' })
    return error.message
  }
}

test('without any variable: the real service, no limits of its own, no key, the system’s folder', () => {
  expect(readEnvironment({}, 'linux')).toEqual({
    home: join(homedir(), '.config', 'Musette'),
    origin: 'https://intervals.icu',
    limits: null,
    apiKey: null,
  })
})

test('takes over what the variables say', () => {
  const env = {
    MUSETTE_HOME: 'some/home',
    MUSETTE_API_URL: 'http://127.0.0.1:8585/',
    MUSETTE_LIMITS: '0, 5,100',
    MUSETTE_API_KEY: key,
  }
  expect(readEnvironment(env)).toEqual({
    home: resolve('some/home'),
    origin: 'http://127.0.0.1:8585',
    limits: { perSecond: 0, per15Min: 5, perDay: 100 },
    apiKey: key,
  })
})

test.each<[NodeJS.Platform, Readonly<Record<string, string>>, string]>([
  ['linux', {}, join('/home/ada', '.config', 'Musette')],
  ['linux', { XDG_CONFIG_HOME: '/conf' }, join('/conf', 'Musette')],
  ['linux', { XDG_CONFIG_HOME: '' }, join('/home/ada', '.config', 'Musette')],
  ['freebsd', {}, join('/home/ada', '.config', 'Musette')],
  ['darwin', { XDG_CONFIG_HOME: '/conf' }, join('/home/ada', 'Library', 'Application Support', 'Musette')],
  ['win32', {}, join('/home/ada', 'AppData', 'Roaming', 'Musette')],
  ['win32', { APPDATA: '/roaming' }, join('/roaming', 'Musette')],
  ['win32', { APPDATA: '' }, join('/home/ada', 'AppData', 'Roaming', 'Musette')],
])('on %s with %j the home is %s', (platform, env, home) => {
  expect(defaultHome(platform, env, '/home/ada')).toBe(home)
})

test('an empty MUSETTE_HOME means neither this folder nor the user’s own home', () => {
  expect(complaint({ MUSETTE_HOME: '' })).toBe('MUSETTE_HOME is empty: name a folder, or leave it out.')
})

test.each([[''], ['10'], ['10,2500'], ['10,2500,5000,1'], ['-1,0,0'], ['1.5,0,0'], ['a,b,c'], ['10,,5000']])(
  'refuses the limits %j',
  limits => {
    expect(complaint({ MUSETTE_LIMITS: limits })).toBe(
      'MUSETTE_LIMITS takes three numbers, perSecond,per15min,perDay, such as 10,2500,5000 (0 = no limit).',
    )
  },
)

test.each([
  ['https://intervals.example', 'https://intervals.example'],
  ['http://localhost:80', 'http://localhost'],
  ['http://[::1]:9000', 'http://[::1]:9000'],
])('the service may be at %s', (url, origin) => {
  expect(readEnvironment({ MUSETTE_API_URL: url }).origin).toBe(origin)
})

test.each([
  ['http://intervals.icu', 'must begin with https:// (plain http would show your key to the network)'],
  [
    'http://127.0.0.1.example.com',
    'must begin with https:// (plain http would show your key to the network)',
  ],
  ['ftp://intervals.icu', 'must begin with https://'],
  ['https://intervals.icu/api', 'must be a host alone, without a path'],
  ['https://me:word@intervals.icu', 'must not hold a user name or password'],
  ['', 'is not an address such as https://intervals.icu'],
])('the service may not be at %j', (url, why) => {
  expect(complaint({ MUSETTE_API_URL: url })).toBe(`the service's address ${why}`)
})

test.each([
  ['', 'MUSETTE_API_KEY: No API key was given.'],
  ['i123456', 'MUSETTE_API_KEY: This looks like an athlete id, not an API key.'],
  [`${key} ${key}`, 'MUSETTE_API_KEY: The API key has a blank or a line break in or around it.'],
])('refuses the key %j and says why', (apiKey, beginning) => {
  expect(complaint({ MUSETTE_API_KEY: apiKey }).slice(0, beginning.length)).toBe(beginning)
})

test('takes the key’s variables out of the environment, and only those', () => {
  const env = { MUSETTE_API_KEY: key, MUSETTE_API_KEY_FILE: '/unused', MUSETTE_HOME: '/home', PATH: '/bin' }
  expect(readEnvironment(env).apiKey).toBe(key)
  expect(env).toEqual({ MUSETTE_HOME: '/home', PATH: '/bin' })
})

test.each([
  [{ MUSETTE_API_KEY: key, MUSETTE_LIMITS: 'none' }],
  [{ MUSETTE_API_KEY: key, MUSETTE_API_URL: 'none', MUSETTE_API_KEY_FILE: '/unused' }],
  [{ MUSETTE_API_KEY: key, MUSETTE_HOME: '' }],
])('takes the key out of the environment also when something else is wrong with it', env => {
  expect(complaint(env)).not.toMatch(/no complaint|a1b2c3/)
  expect(Object.keys(env).filter(name => name.startsWith('MUSETTE_API_KEY'))).toEqual([])
})

describe('a key in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'musette-key-'))
  const file = (name: string) => join(folder, name)
  beforeAll(() => {
    for (const [name, mode] of [
      ['owner', 0o600],
      ['readonly', 0o400],
      ['group', 0o640],
      ['others', 0o604],
    ] as const) {
      writeFileSync(file(name), `${key}\n`)
      chmodSync(file(name), mode)
    }
    writeFileSync(file('empty'), '', { mode: 0o600 })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(['owner', 'readonly'])('is read from a file that only its owner can use (%s)', name => {
    expect(readEnvironment({ MUSETTE_API_KEY_FILE: file(name) }).apiKey).toBe(key)
  })

  if (isWindows) console.log('SKIPPED: permissions of a key file, Windows keeps them elsewhere')
  test.skipIf(isWindows).each(['group', 'others'])('is refused from a file that is open to %s', name => {
    expect(complaint({ MUSETTE_API_KEY_FILE: file(name) })).toBe(
      `MUSETTE_API_KEY_FILE is open to others: chmod 600 ${file(name)}`,
    )
  })

  test('that is not there, or empty, is named', () => {
    expect([
      complaint({ MUSETTE_API_KEY_FILE: file('gone') }),
      complaint({ MUSETTE_API_KEY_FILE: file('empty') }),
    ]).toEqual([
      `MUSETTE_API_KEY_FILE can't be read: ${file('gone')}`,
      'MUSETTE_API_KEY_FILE: No API key was given.',
    ])
  })

  test('gives way to a key in the environment itself', () => {
    const env = { MUSETTE_API_KEY: 'z9y8x7w6v5u4t3s2r1q0', MUSETTE_API_KEY_FILE: file('owner') }
    expect(readEnvironment(env).apiKey).toBe('z9y8x7w6v5u4t3s2r1q0')
  })
})

test.each([
  ['the environment', { perSecond: 1, per15Min: 2, perDay: 3 }, { perSecond: 4, per15Min: 5, perDay: 6 }, 3],
  ['the settings', null, { perSecond: 4, per15Min: 5, perDay: 6 }, 6],
  ['what is usual', null, null, 5000],
] as const)('the limits are those of %s', (_whose, limits, own, perDay) => {
  const settings = { preferences: { ...defaultPreferences, limits: own } }
  expect(limitsFor({ limits }, settings).perDay).toBe(perDay)
})
