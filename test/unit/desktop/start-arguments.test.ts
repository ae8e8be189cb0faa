import { expect, test } from 'vitest'
import { asksForHidden, loginCommand, restartCommand } from '../../../electron/desktop/start-arguments.ts'

test.each([
  [['/m/musette'], false],
  [['/m/musette', '--hidden'], true],
  [['/e/electron', '/project', '--hidden'], true],
  [['/m/musette', '--hidden=false'], false],
])('%j asks for a start without a window: %s', (argv, isHidden) => {
  expect(asksForHidden(argv)).toBe(isHidden)
})

test.each([
  ['linux', {}, ['/m/musette', '--hidden'], { args: [] }],
  ['linux', {}, ['/e/electron', '/project', '--hidden', '--lang=de'], { args: ['/project', '--lang=de'] }],
  // The mount that the program lies on is gone by then.
  ['linux', { APPIMAGE: '/apps/M.AppImage' }, ['/tmp/m/m'], { args: [], execPath: '/apps/M.AppImage' }],
  ['linux', { APPIMAGE: 'M.AppImage' }, ['/tmp/m/m'], { args: [] }],
  ['win32', { APPIMAGE: '/x' }, ['C:\\M\\m.exe', '--hidden'], { args: [] }],
  ['darwin', {}, ['/Applications/M.app/m'], { args: [] }],
] as const)('on %s with %j, %j is started again, seen, as %j', (platform, env, argv, command) => {
  expect(restartCommand(env, argv, platform)).toEqual(command)
})

const installed = {
  platform: 'linux',
  env: {},
  execPath: '/opt/Musette/musette',
  isPackaged: true,
  root: '/opt/Musette/resources/app.asar',
} as const

test('an installed Musette is started as it lies', () => {
  expect(loginCommand(installed)).toEqual({
    program: '/opt/Musette/musette',
    args: ['--hidden'],
    variables: {},
  })
})

test('an AppImage is started by its own path, which stays, not by its mount', () => {
  const env = { APPIMAGE: '/home/ann/Apps/Musette.AppImage' }
  const inside = { ...installed, execPath: '/tmp/.mount_Musett1/musette' }
  expect(loginCommand({ ...inside, env }).program).toBe('/home/ann/Apps/Musette.AppImage')
  expect(loginCommand({ ...inside, env: { APPIMAGE: 'relative' } }).program).toBe(inside.execPath)
  expect(loginCommand({ ...installed, env, platform: 'win32' }).program).toBe(installed.execPath)
})

test('in a checkout Electron is started with the project', () => {
  const { args } = loginCommand({ ...installed, isPackaged: false, root: '/src/musette' })
  expect(args).toEqual(['/src/musette', '--hidden'])
})

test('a home of its own is used at login too', () => {
  expect(loginCommand({ ...installed, env: { MUSETTE_HOME: '/data/rides' } }).variables).toEqual({
    MUSETTE_HOME: '/data/rides',
  })
  expect(loginCommand({ ...installed, env: { MUSETTE_HOME: '/x' }, platform: 'win32' }).variables).toEqual({})
})
