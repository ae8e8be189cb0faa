import { describe, expect, test } from 'vitest'
import { placesOf } from '../../../../electron/host/discovery/places.ts'
import { noUserFolders, usableFolders } from '../../../../electron/host/discovery/user-folders.ts'
import { parseXdgUserDirs } from '../../../../electron/host/discovery/xdg-user-dirs.ts'

const user = { userHome: '/home/anna', userName: 'anna', userId: 1000, env: {} }
const read = (text: string) => {
  const { documents, downloads } = parseXdgUserDirs(text, '/home/anna')
  return [documents, downloads]
}

describe('user-dirs.dirs', () => {
  test('names folders in the language of the desktop', () => {
    const text = `# This file is written by xdg-user-dirs-update
XDG_DESKTOP_DIR="$HOME/Schreibtisch"
XDG_DOWNLOAD_DIR="$HOME/Herunter geladen"
XDG_DOCUMENTS_DIR="/daten/Dokumente"
`
    expect(read(text)).toEqual(['/daten/Dokumente', '/home/anna/Herunter geladen'])
  })

  test.each([
    ['nothing', '', null],
    ['a remark', '#XDG_DOCUMENTS_DIR="$HOME/a"', null],
    ['blanks around', '  XDG_DOCUMENTS_DIR = "$HOME/a"  ', '/home/anna/a'],
    ['Windows line ends', 'XDG_DOCUMENTS_DIR="$HOME/a"\r\n', '/home/anna/a'],
    ['twice: the last counts', 'XDG_DOCUMENTS_DIR="$HOME/a"\nXDG_DOCUMENTS_DIR="$HOME/b"', '/home/anna/b'],
    [
      'what stands for itself',
      String.raw`XDG_DOCUMENTS_DIR="$HOME/a\"b\\c\$d"`,
      String.raw`/home/anna/a"b\c$d`,
    ],
    ['a quote that does not end', 'XDG_DOCUMENTS_DIR="$HOME/a', null],
    ['no quotes', 'XDG_DOCUMENTS_DIR=$HOME/a', null],
    ['a relative path', 'XDG_DOCUMENTS_DIR="a"', null],
    ['another variable', 'XDG_DOCUMENTS_DIR="$OTHER/a"', null],
    ['a variable that only begins so', 'XDG_DOCUMENTS_DIR="$HOMER/a"', null],
    ['a command', 'XDG_DOCUMENTS_DIR="$HOME/$(touch /tmp/x)"', null],
    ['a command in the old form', 'XDG_DOCUMENTS_DIR="/a/`id`"', null],
    ['a command behind a backslash of its own', String.raw`XDG_DOCUMENTS_DIR="/a/\\$(id)"`, null],
  ])('%s', (_what, text, documents) => {
    expect(read(text)[0]).toBe(documents)
  })
})

describe('folders that can be looked in', () => {
  test.each([
    ['/home/anna/Dokumente', '/home/anna/Dokumente'],
    ['D:\\Dokumente', 'D:\\Dokumente'],
    ['\\\\nas\\anna\\Documents', '\\\\nas\\anna\\Documents'],
    // Switched off: told as the home.
    ['/home/anna', null],
    ['/home/anna/', null],
    ['/', null],
    ['relative', null],
    ['', null],
    // It would be read as a pattern.
    ['/home/anna/*', null],
    ['/home/anna/<name>', null],
    ['/home/\0', null],
  ])('%j is looked in as %j', (told, documents) => {
    expect(usableFolders({ ...noUserFolders, documents: told }, '/home/anna').documents).toBe(documents)
  })

  test('the home that the system tells is no folder of documents either', () => {
    const told = { home: '/users/anna', documents: '/users/anna', downloads: '/users/anna/Downloads' }
    expect(usableFolders(told, '/home/anna')).toEqual({ ...told, documents: null })
  })
})

test.each(['win32', 'darwin', 'linux'] as const)(
  'on %s the folders told come first, and the usual ones stay',
  platform => {
    const usual = placesOf({ ...user, platform }).bases
    const userFolders = { home: '/h', documents: '/d/Dokumente', downloads: '/d/Geladen' }
    const { bases } = placesOf({ ...user, platform, userFolders })
    expect(bases.home).toEqual(['/h', ...usual.home])
    expect(bases.documents).toEqual(['/d/Dokumente', ...usual.documents])
    expect(bases.downloads).toEqual(['/d/Geladen', ...usual.downloads])
    expect(usual.downloads.map(folder => folder.replaceAll('\\', '/'))).toEqual(['/home/anna/Downloads'])
  },
)

test('a folder that is told where it usually is, is looked in once', () => {
  const userFolders = { ...noUserFolders, documents: '/home/anna/Documents' }
  const { bases } = placesOf({ ...user, platform: 'darwin', userFolders })
  expect(bases.documents.filter(folder => folder === '/home/anna/Documents')).toHaveLength(1)
})
