import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import {
  autostartPath,
  readAutostart,
  writeAutostart,
} from '../../../electron/desktop/login/autostart-file.ts'
import type { StartCommand } from '../../../electron/desktop/login/desktop-entry.ts'
import { loginItem } from '../../../electron/desktop/login/login-item.ts'
import { launch, tryProgram } from '../../helpers/launch-entry.ts'

/** A program that writes down how it was started, in a folder of this name. */
function stage(folder = 'apps') {
  const base = temporaryFolder('musette-autostart-')
  const program = join(base, folder, 'Musette.AppImage')
  mkdirSync(dirname(program), { recursive: true })
  const told = join(base, 'told')
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$0" "$MUSETTE_HOME" "$@" > '${told}'\n`)
  chmodSync(program, 0o755)
  const command: StartCommand = { program, args: ['--hidden'], variables: {} }
  return { base, program, command, told, path: join(base, 'config', 'autostart', 'musette.desktop') }
}

const edit = (path: string, from: string | RegExp, to: string): void => {
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

const folders = [
  'apps',
  'My Apps',
  "it's",
  'a "quoted" one',
  '$HOME `id` \\ back',
  '100% #1 & more; *?',
  'Jürgen ムゼット',
]

test.each(folders)('what it writes starts the program in a folder named %s', folder => {
  const { command, path, program, told } = stage(folder)
  expect(writeAutostart(path, command, true)).toEqual({ kind: 'on' })
  expect(tryProgram(readFileSync(path, 'utf8'))).toBe(program)
  expect(launch(readFileSync(path, 'utf8')).status).toBe(0)
  expect(readFileSync(told, 'utf8')).toBe(`${program}\n\n--hidden\n`)
})

test('a home of its own comes along', () => {
  const { command, path, program, told } = stage()
  const variables = { MUSETTE_HOME: '/data/my "rides" 100%' }
  writeAutostart(path, { ...command, variables }, true)
  expect(launch(readFileSync(path, 'utf8')).status).toBe(0)
  expect(readFileSync(told, 'utf8')).toBe(`${program}\n/data/my "rides" 100%\n--hidden\n`)
})

const validator = spawnSync('desktop-file-validate', ['--help']).status === 0
const why = validator ? '' : ' (SKIPPED: desktop-file-validate is not installed)'
test.skipIf(!validator).each(folders)(
  `desktop-file-validate finds nothing, in a folder named %s${why}`,
  folder => {
    const { command, path } = stage(folder)
    writeAutostart(path, command, true)
    const { status, stdout, stderr } = spawnSync('desktop-file-validate', [path], { encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  },
)

test('switching it off removes it, twice without harm', () => {
  const { command, path } = stage()
  writeAutostart(path, command, true)
  expect(writeAutostart(path, command, false)).toEqual({ kind: 'off' })
  expect(existsSync(path)).toBe(false)
  expect(writeAutostart(path, command, false)).toEqual({ kind: 'off' })
})

test('an entry that somebody removed is noticed only where it was wanted', () => {
  const { command, path } = stage()
  writeAutostart(path, command, true)
  rmSync(path)
  expect(readAutostart(path, command, true)).toMatchObject({ kind: 'broken' })
  expect(readAutostart(path, command, false)).toEqual({ kind: 'off' })
})

test.each([
  ['altered', /Exec=/, 'Exec=nice ', /altered/],
  ['switched off by another tool', 'Terminal=false', 'Hidden=true', /switched off outside/],
  ["switched off in GNOME's settings", 'enabled=true', 'enabled=false', /switched off outside/],
])('an entry that was %s is broken, and mended by switching it on', (_what, from, to, reason) => {
  const { command, path } = stage()
  writeAutostart(path, command, true)
  edit(path, from, to)
  expect(readAutostart(path, command, true)).toEqual({
    kind: 'broken',
    why: expect.stringMatching(reason) as string,
  })
  expect(writeAutostart(path, command, true)).toEqual({ kind: 'on' })
})

test('an entry whose program has gone points to nothing', () => {
  const { command, path, program } = stage()
  writeAutostart(path, command, true)
  rmSync(program)
  const why = expect.stringContaining(program) as string
  expect(readAutostart(path, command, true)).toEqual({ kind: 'broken', why })
})

test('an AppImage that was moved is noticed, and mended', () => {
  const { base, command, path } = stage()
  writeAutostart(path, command, true)
  const moved = { ...command, program: join(base, 'moved.AppImage') }
  writeFileSync(moved.program, '#!/bin/sh\n', { mode: 0o755 })
  expect(readAutostart(path, moved, true)).toMatchObject({ kind: 'broken' })
  expect(writeAutostart(path, moved, true)).toEqual({ kind: 'on' })
})

test("another program's file of that name is never touched", () => {
  const { command, path } = stage()
  const foreign = '[Desktop Entry]\nType=Application\nName=Musette player\nExec=musette-player\n'
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, foreign)
  const why = expect.stringContaining(path) as string
  expect(readAutostart(path, command, true)).toEqual({ kind: 'unavailable', why })
  expect(writeAutostart(path, command, true)).toEqual({ kind: 'unavailable', why })
  expect(writeAutostart(path, command, false)).toEqual({ kind: 'off' })
  expect(readFileSync(path, 'utf8')).toBe(foreign)
})

test('a path that no entry can name is said, and nothing is written', () => {
  const { command, path } = stage()
  const odd = { ...command, program: '/opt/a=b/musette' }
  expect(writeAutostart(path, odd, true)).toMatchObject({ kind: 'unavailable' })
  expect(existsSync(path)).toBe(false)
})

test('a folder that cannot be written is told by its name', () => {
  const { base, command } = stage()
  const path = join(base, 'apps', 'Musette.AppImage', 'autostart', 'musette.desktop')
  expect(() => writeAutostart(path, command, true)).toThrow(expect.objectContaining({ name: 'AppError' }))
})

test('an entry that cannot be read is said, and nothing else stops for it', () => {
  const { base, command, path } = stage()
  mkdirSync(path, { recursive: true })
  const item = loginItem({
    app: { getLoginItemSettings: () => expect.fail(), setLoginItemSettings: () => expect.fail() },
    ...{
      platform: 'linux',
      env: { XDG_CONFIG_HOME: join(base, 'config') },
      userHome: base,
      isPackaged: true,
    },
    ...{ command, isWanted: () => true, want: () => undefined },
  })
  expect(item.read()).toEqual({ kind: 'unavailable', why: expect.stringContaining(path) as string })
})

test.each([
  [{ XDG_CONFIG_HOME: '/conf' }, '/conf/autostart/musette.desktop'],
  [{ XDG_CONFIG_HOME: 'relative' }, '/home/ann/.config/autostart/musette.desktop'],
  [{ XDG_CONFIG_HOME: '' }, '/home/ann/.config/autostart/musette.desktop'],
  [{}, '/home/ann/.config/autostart/musette.desktop'],
])('with %j the entry is %s', (env, path) => {
  expect(autostartPath(env, '/home/ann')).toBe(path)
})
