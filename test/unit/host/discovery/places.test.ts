import { expect, test } from 'vitest'
import { knownFolders } from '../../../../electron/host/discovery/known-folders.ts'
import { placesOf } from '../../../../electron/host/discovery/places.ts'

const user = { userHome: '/home/rider', userName: 'rider', userId: 1000 }

test('on Windows, documents may lie in any OneDrive and the app data where the system says', () => {
  const env = { LOCALAPPDATA: 'E:\\Local', OneDriveCommercial: 'D:\\Work' }
  const { bases } = placesOf({ ...user, platform: 'win32', env })
  expect(bases.localAppData).toEqual(['E:\\Local'])
  expect(bases.documents.map(folder => folder.replaceAll('\\', '/'))).toEqual([
    ...['/home/rider/Documents', 'D:/Work/Documents', '/home/rider/OneDrive/Documents'],
    '/home/rider/OneDrive - */Documents',
  ])
  expect(bases.volume).toContain('E:\\')
  expect(bases.volume).not.toContain('A:\\')
})

test('on macOS, documents may lie in iCloud', () => {
  const { bases } = placesOf({ ...user, platform: 'darwin', env: {} })
  expect(bases.documents).toContain('/home/rider/Library/Mobile Documents/com~apple~CloudDocs/Documents')
  expect(bases.volume).toEqual(['/Volumes/*'])
})

test("on Linux, Wine's and Steam's users have places of Windows, and devices come by gvfs", () => {
  const { bases } = placesOf({ ...user, platform: 'linux', env: { WINEPREFIX: '/wine' } })
  expect(bases.localAppData).toEqual(
    expect.arrayContaining([
      '/wine/drive_c/users/*/AppData/Local',
      '/home/rider/.wine/drive_c/users/*/AppData/Local',
      '/home/rider/.steam/steam/steamapps/compatdata/*/pfx/drive_c/users/steamuser/AppData/Local',
    ]),
  )
  expect(bases.volume).toContain('/run/user/1000/gvfs/mtp*/*')
  expect(placesOf({ ...user, platform: 'freebsd', env: {} }).platform).toBe('linux')
})

test('every pattern of the table begins at a place there is', () => {
  const patterns = knownFolders.flatMap(known => Object.values(known.patterns).flat())
  const wrong = patterns.filter(
    pattern =>
      !/^\{(?:home|documents|downloads|localAppData|programData|volume|env:[A-Z_]+)\}(?:\/[^/{}]+)*$/.test(
        pattern,
      ),
  )
  expect(wrong).toEqual([])
  expect(patterns.length).toBeGreaterThan(30)
})
