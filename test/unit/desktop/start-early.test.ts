import type { App, Dialog, Protocol } from 'electron'
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startEarly } from '../../../electron/desktop/start-early.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

/** Electron before it is ready: what is done to it, in order. */
function stage(isFirst = true) {
  const done: unknown[] = []
  const ready = Promise.withResolvers<undefined>()
  const app = {
    setName: (name: string) => done.push(['name', name]),
    setPath: (name: string, folder: string) => done.push(['path', name, folder, existsSync(folder)]),
    requestSingleInstanceLock: () => {
      done.push('lock')
      return isFirst
    },
    setAppUserModelId: (id: string) => done.push(['id', id]),
    enableSandbox: () => done.push('sandbox'),
    exit: (code: number) => done.push(['exit', code]),
    whenReady: () => ready.promise,
  }
  const dialog = { showErrorBox: (title: string, text: string) => done.push(['box', title, text]) }
  const protocol = { registerSchemesAsPrivileged: () => done.push('scheme') }
  const electron = {
    app: app as unknown as App,
    dialog: dialog as unknown as Dialog,
    protocol: protocol as unknown as Protocol, // every member that is used is there
  }
  const home = join(temporaryFolder('musette-early-'), 'home')
  return { done, ready, electron, home }
}

test('names itself and its folder, takes the lock, and only then goes on', () => {
  const { done, electron, home } = stage()
  const early = startEarly(electron, { MUSETTE_HOME: home }, 'linux')
  const folder = join(home, 'desktop')
  expect(done).toEqual([['name', 'Musette'], ['path', 'userData', folder, true], 'lock', 'sandbox', 'scheme'])
  expect(early).toMatchObject({ desktopFolder: folder, environment: { home, apiKey: null } })
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('tells Windows who it is', () => {
  const { done, electron, home } = stage()
  startEarly(electron, { MUSETTE_HOME: home }, 'win32')
  expect(done).toContainEqual(['id', 'icu.musette.desktop'])
})

test('a second start ends, having told the first', () => {
  const { done, electron, home } = stage(false)
  expect(startEarly(electron, { MUSETTE_HOME: home }, 'linux')).toBeNull()
  expect(done.slice(-2)).toEqual(['lock', ['exit', 0]])
})

test('a key in the environment is dropped unread, even a bad one', () => {
  const { electron, home } = stage()
  const env = { MUSETTE_HOME: home, MUSETTE_API_KEY: 'not a key', MUSETTE_API_KEY_FILE: '/nowhere' }
  expect(startEarly(electron, env, 'linux')?.environment.apiKey).toBeNull()
  expect(env).toEqual({ MUSETTE_HOME: home })
})

test.each([
  [{ MUSETTE_HOME: '' }, /MUSETTE_HOME is empty/],
  [{ MUSETTE_HOME: '/dev/null/home' }, /\/dev\/null\/home/],
])('says what is wrong with %j and ends', (env, text) => {
  const { done, electron } = stage()
  expect(startEarly(electron, env, 'win32')).toBeNull()
  expect(done.slice(-2)).toEqual([
    ['box', "Musette can't start", expect.stringMatching(text)],
    ['exit', 2],
  ])
  expect(done).not.toContain('lock')
})

test('a folder of its own that cannot be made is told in plain words', () => {
  const { done, electron, home } = stage()
  mkdirSync(home)
  writeFileSync(join(home, 'desktop'), '')
  expect(startEarly(electron, { MUSETTE_HOME: home }, 'win32')).toBeNull()
  const plain: unknown = expect.not.stringMatching(/Error|E[A-Z]{4,}/)
  expect(done.slice(-2)).toEqual([
    ['box', "Musette can't start", plain],
    ['exit', 2],
  ])
  expect(done).not.toContain('lock')
})

const isRoot = process.getuid?.() === 0
const whyNot = isRoot ? ' (SKIPPED: root may write everywhere)' : ''
test.skipIf(isRoot)(
  `a folder of its own that cannot be written is no other Musette: it is told${whyNot}`,
  () => {
    const { done, electron, home } = stage(false)
    mkdirSync(join(home, 'desktop'), { recursive: true })
    chmodSync(join(home, 'desktop'), 0o500)
    expect(startEarly(electron, { MUSETTE_HOME: home }, 'win32')).toBeNull()
    expect(done).toContainEqual(['box', "Musette can't start", expect.stringContaining('desktop')])
    expect(done).not.toContain('lock')
  },
)

test('on Linux there is a box only once Electron is ready: whoever has no terminal is told then', async () => {
  const { done, ready, electron } = stage()
  expect(startEarly(electron, { MUSETTE_HOME: '' }, 'linux')).toBeNull()
  const box = ['box', "Musette can't start", expect.stringContaining('MUSETTE_HOME')]
  expect(done).toEqual([['name', 'Musette'], box])
  ready.resolve(undefined)
  await expect.poll(() => done).toEqual([['name', 'Musette'], box, box, ['exit', 2]])
})
