import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import { systemClock } from '../../../../electron/adapters/system-clock.ts'
import { discoverFolders } from '../../../../electron/host/discovery/discover-folders.ts'
import { placesOf } from '../../../../electron/host/discovery/places.ts'
import { noUserFolders, type UserFolders } from '../../../../electron/host/discovery/user-folders.ts'
import { readXdgUserDirs } from '../../../../electron/host/discovery/xdg-user-dirs.ts'
import { newSettings } from '../../../../shared/settings.ts'
import { fitRide } from '../../../helpers/rides.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'musette-folders-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, bytes: Uint8Array | string = ''): void {
  const whole = join(root, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, bytes)
}

/** Whoever opens it to read waits for a writer that never comes. */
function pipe(path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  expect(spawnSync('mkfifo', [join(root, path)]).status).toBe(0)
}

/** `app kind folder rides` of what is found on a computer that tells of these folders, its disk being the test's folder. */
async function toldWith(userFolders: UserFolders, platform: NodeJS.Platform): Promise<readonly string[]> {
  const computer = { platform, env: {}, userHome: join(root, 'home'), userName: 'rider', userId: null }
  const { bases, ...places } = placesOf({ ...computer, userFolders })
  const here = { ...places, bases: { ...bases, programData: [], volume: [] } }
  const settings = {
    current: () => newSettings('test'),
    update: () => Promise.reject(new Error('no change')),
  }
  const parts = { disk: nodeDisk(), clock: systemClock(), settings }
  const found = await discoverFolders(parts, here, new AbortController().signal)
  return found.map(
    ({ app, kind, format, folder, rides, isSure }) =>
      `${app} ${kind}${format === null ? '' : ` ${format}`}: ${folder.slice(root.length + 1)} ${rides}${isSure ? '' : '?'}`,
  )
}

describe("the user's folders as the system tells of them", () => {
  test('Windows: documents and downloads on other drives, and the usual ones too', async () => {
    put('D/Dokumente/Zwift/Activities/a.fit', fitRide())
    put('D/Dokumente/Zwift/Workouts/7/workouts.files')
    put('E/Geladen/1_ACTIVITY.fit', fitRide())
    put('home/Documents/TrainerRoad/a.fit', fitRide())
    const told = { home: null, documents: join(root, 'D/Dokumente'), downloads: join(root, 'E/Geladen') }
    expect(await toldWith(told, 'win32')).toEqual([
      'Zwift source: D/Dokumente/Zwift/Activities 1',
      'TrainerRoad source: home/Documents/TrainerRoad 1',
      'Downloads source: E/Geladen 1?',
      'Zwift trainer zwo: D/Dokumente/Zwift/Workouts/7 0',
    ])
  })

  test('a redirection by a link to the usual place is one folder', async () => {
    put('home/Documents/Zwift/Activities/a.fit', fitRide())
    symlinkSync(join(root, 'home/Documents'), join(root, 'Redirected'))
    const told = { ...noUserFolders, documents: join(root, 'Redirected') }
    expect(await toldWith(told, 'win32')).toEqual(['Zwift source: Redirected/Zwift/Activities 1'])
  })

  test('Linux: folders in the language of the desktop, read from its own file', async () => {
    put('config/user-dirs.dirs', 'XDG_DOCUMENTS_DIR="$HOME/Dokumente"\nXDG_DOWNLOAD_DIR="$HOME/Geladen"\n')
    put('home/Dokumente/Onelap/Activity/a.fit', fitRide())
    put('home/Geladen/1_ACTIVITY.fit', fitRide())
    const env = { XDG_CONFIG_HOME: join(root, 'config') }
    const read = await readXdgUserDirs(nodeDisk(), env, join(root, 'home'))
    expect(await toldWith(read, 'linux')).toEqual([
      'Onelap source: home/Dokumente/Onelap/Activity 1',
      'Downloads source: home/Geladen 1?',
    ])
  })

  test('downloads that are switched off never mean the whole home', async () => {
    put('home/.config/user-dirs.dirs', 'XDG_DOWNLOAD_DIR="$HOME/"\n')
    put('home/a.fit', fitRide())
    const read = await readXdgUserDirs(nodeDisk(), { XDG_CONFIG_HOME: 'relative' }, join(root, 'home'))
    expect(read.downloads).toBe(`${join(root, 'home')}/`)
    expect(await toldWith(read, 'linux')).toEqual([])
  })

  test.each([
    ['is not there', () => undefined],
    ['is a folder', () => put('home/.config/user-dirs.dirs/x')],
    ['is a pipe', () => pipe('home/.config/user-dirs.dirs')],
    ['is something else', () => put('home/.config/user-dirs.dirs', new Uint8Array([0, 255, 10, 34]))],
  ])('a file of folders that %s tells of none', async (_what, make) => {
    make()
    expect(await readXdgUserDirs(nodeDisk(), {}, join(root, 'home'))).toEqual(noUserFolders)
  })
})
