import { expect, test } from 'vitest'
import {
  autostartEntry,
  canBeStarted,
  execText,
  readEntry,
} from '../../../../electron/desktop/login/desktop-entry.ts'

const command = (program: string, args: readonly string[] = ['--hidden']) => ({
  program,
  args,
  variables: {},
})

test.each([
  ['a plain path', '/usr/bin/musette', '/usr/bin/musette --hidden'],
  ['blanks', '/opt/My Apps/musette', '"/opt/My Apps/musette" --hidden'],
  ['a double quote', '/opt/a"b', '"/opt/a\\"b" --hidden'],
  ['a single quote', "/opt/it's", '"/opt/it\'s" --hidden'],
  ['a dollar', '/opt/$HOME', '"/opt/\\$HOME" --hidden'],
  ['a backtick', '/opt/`x`', '"/opt/\\`x\\`" --hidden'],
  ['a backslash', '/opt/a\\b', '"/opt/a\\\\b" --hidden'],
  ['a percent sign', '/opt/100%', '/opt/100%% --hidden'],
  ['letters of any alphabet', '/home/Jürgen/ムゼット', '/home/Jürgen/ムゼット --hidden'],
])('writes %s so that a launcher reads it back', (_what, program, expected) => {
  expect(execText(command(program))).toBe(expected)
})

test('sets variables through env, and keeps an empty argument', () => {
  const variables = { MUSETTE_HOME: '/home/ann/my rides' }
  expect(execText({ program: '/m', args: [''], variables })).toBe(
    'env "MUSETTE_HOME=/home/ann/my rides" /m ""',
  )
})

test('is a whole entry, with every backslash escaped once more for the file', () => {
  expect(autostartEntry(command('/opt/a\\b "c"'))).toBe(
    [
      '[Desktop Entry]',
      'Type=Application',
      'Version=1.0',
      'Name=Musette',
      'Comment=Syncs rides and workouts with Intervals.icu',
      'Exec="/opt/a\\\\\\\\b \\\\"c\\\\"" --hidden',
      'TryExec=/opt/a\\\\b "c"',
      'Icon=musette',
      'Terminal=false',
      'StartupNotify=false',
      'X-GNOME-Autostart-enabled=true',
      'X-Musette-Autostart=true',
      '',
    ].join('\n'),
  )
})

test.each([
  '/usr/bin/musette',
  '/opt/a\\b',
  '/opt/My "Apps"/$x',
  '/opt/ 100% ',
  "/opt/it's; rm -rf",
  '/opt/\u2028x',
  '\u00a0x',
])('reads back what it wrote: %s', program => {
  const entry = readEntry(autostartEntry(command(program)))
  expect(entry).toEqual({
    isOurs: true,
    exec: execText(command(program)),
    tryExec: program,
    isHidden: false,
  })
})

test.each([
  ['/opt/a=b/musette', false],
  ['/opt/a\nb/musette', false],
  ['/opt/a b/musette', true],
])('an entry can name %j: %s', (program, can) => {
  expect(canBeStarted(command(program))).toBe(can)
})

test.each([
  ['switched off by a tool', 'Hidden=true', true],
  ["switched off in GNOME's way", 'X-GNOME-Autostart-enabled=false', true],
  ['switched on', 'Hidden=false', false],
])('%s', (_what, line, isHidden) => {
  expect(readEntry(`[Desktop Entry]\n${line}\n`).isHidden).toBe(isHidden)
})

test('only the entry itself counts, not its actions or comments', () => {
  const text =
    '# Exec=/a\n[Desktop Action x]\nExec=/b\nX-Musette-Autostart=true\n[Desktop Entry]\nExec = /c\nExec=/d\n'
  expect(readEntry(text)).toEqual({ isOurs: false, exec: '/c', tryExec: null, isHidden: false })
})

test.each(['', 'no entry at all', '\u0000\u0001', '[Desktop Entry'])('makes nothing of %j', text => {
  expect(readEntry(text)).toEqual({ isOurs: false, exec: null, tryExec: null, isHidden: false })
})
