import type { LoginItemSettings, LoginItemSettingsOptions, Settings } from 'electron'
import { expect, test } from 'vitest'
import { loginItem } from '../../../../electron/desktop/login/login-item.ts'

type Reply = Pick<LoginItemSettings, 'openAtLogin' | 'executableWillLaunchAtLogin' | 'status'>

/** A system's login items, as Electron tells of them. */
class FakeLoginItems {
  reply: Reply = { openAtLogin: false, executableWillLaunchAtLogin: false, status: 'not-registered' }
  readonly asked: (LoginItemSettingsOptions | undefined)[] = []
  readonly set: Settings[] = []
  trouble: Error | null = null
  readonly getLoginItemSettings = (options?: LoginItemSettingsOptions): LoginItemSettings => {
    this.asked.push(options)
    if (this.trouble !== null) throw this.trouble
    return { ...this.reply, wasOpenedAtLogin: false, launchItems: [] }
  }
  readonly setLoginItemSettings = (settings: Settings): void => {
    this.set.push(settings)
  }
}

function stage(platform: NodeJS.Platform, isPackaged = true) {
  const app = new FakeLoginItems()
  const wanted = { is: false }
  const item = loginItem({
    app,
    platform,
    env: {},
    userHome: '/nowhere',
    isPackaged,
    command: { program: 'C:\\Users\\Jo Doe\\Musette.exe', args: ['C:\\my app', '--hidden'], variables: {} },
    isWanted: () => wanted.is,
    want: isOn => {
      wanted.is = isOn
    },
  })
  return { app, wanted, item }
}

test('Windows is asked for the very command line, hidden, with quotes where there are blanks', () => {
  const { app, item } = stage('win32')
  app.reply = { ...app.reply, openAtLogin: true, executableWillLaunchAtLogin: true }
  expect(item.set(true)).toEqual({ kind: 'on' })
  const command = { path: '"C:\\Users\\Jo Doe\\Musette.exe"', args: ['"C:\\my app"', '--hidden'] }
  expect(app.set).toEqual([{ ...command, openAtLogin: true, enabled: true }])
  expect(app.asked).toEqual([command])
})

test.each([
  ['on', true, true, false, 'on'],
  ['off', false, false, false, 'off'],
  ['switched off in the Task Manager, and wanted', true, false, true, 'broken'],
  ['switched off in the Task Manager, and not wanted', true, false, false, 'off'],
  ['removed from the registry, and wanted', false, false, true, 'broken'],
] as const)('Windows: %s', (_what, openAtLogin, executableWillLaunchAtLogin, isWanted, kind) => {
  const { app, wanted, item } = stage('win32')
  app.reply = { ...app.reply, openAtLogin, executableWillLaunchAtLogin }
  wanted.is = isWanted
  expect(item.read().kind).toBe(kind)
})

test.each([
  ['enabled', false, 'on'],
  ['requires-approval', true, 'broken'],
  ['not-registered', false, 'off'],
  ['not-registered', true, 'broken'],
  ['not-found', true, 'broken'],
] as const)('macOS: %s, wanted: %s', (status, isWanted, kind) => {
  const { app, wanted, item } = stage('darwin')
  app.reply = { ...app.reply, status }
  wanted.is = isWanted
  expect(item.read().kind).toBe(kind)
})

test.each(['win32', 'darwin'] as const)('%s: what can not be asked is said, and stops nothing', platform => {
  const { app, item } = stage(platform)
  app.trouble = new Error('0x80070005')
  expect(item.read()).toEqual({
    kind: 'unavailable',
    why: 'Musette could not find out whether it starts at login.',
  })
})

test('macOS is only told on or off: it passes no arguments', () => {
  const { app, wanted, item } = stage('darwin')
  app.reply = { ...app.reply, status: 'requires-approval' }
  expect(item.set(true)).toEqual({ kind: 'broken', why: expect.stringContaining('Login Items') as string })
  expect(app.set).toEqual([{ openAtLogin: true }])
  expect(wanted.is).toBe(true)
})

test.each([
  ['darwin', false],
  ['freebsd', true],
] as const)('on %s (installed: %s) it is not offered, and nothing is wanted', (platform, isPackaged) => {
  const { app, wanted, item } = stage(platform, isPackaged)
  expect(item.read().kind).toBe('unavailable')
  expect(item.set(true).kind).toBe('unavailable')
  expect(app.set).toEqual([])
  expect(wanted.is).toBe(false)
})
