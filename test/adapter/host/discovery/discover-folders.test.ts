import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import { systemClock } from '../../../../electron/adapters/system-clock.ts'
import { discoverFolders } from '../../../../electron/host/discovery/discover-folders.ts'
import { placesOf, type Places } from '../../../../electron/host/discovery/places.ts'
import type { Disk } from '../../../../electron/sync/ports/disk.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { newSettings, type Settings } from '../../../../shared/settings.ts'
import type { FoundFolder } from '../../../../shared/window-data.ts'
import { gzipBytes } from '../../../helpers/archive-builder.ts'
import { buildFit } from '../../../helpers/fit-builder.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'
import { garminXml } from '../../../helpers/garmin-xml.ts'
import { fitRide, tcxRide, unfinished } from '../../../helpers/rides.ts'

let root: string
let settings: Settings
const never = new AbortController().signal

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'musette-discovery-'))
  settings = newSettings('test')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, bytes: Uint8Array | string = ''): void {
  const whole = join(root, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, bytes)
}

/** The places of a computer whose disk is the test's folder. */
function places(platform: NodeJS.Platform, env: Places['env'] = {}): Places {
  const home = join(root, 'home')
  const made = placesOf({ platform, env, userHome: home, userName: 'rider', userId: null })
  return {
    ...made,
    bases: { ...made.bases, programData: [join(root, 'ProgramData')], volume: [join(root, 'media/*')] },
  }
}

async function discover(at: Places, disk: Disk = nodeDisk()): Promise<readonly FoundFolder[]> {
  const store = { current: () => settings, update: () => Promise.reject(new Error('nothing is changed')) }
  const found = await discoverFolders({ disk, clock: systemClock(), settings: store }, at, never)
  return found.map(folder => ({ ...folder, folder: folder.folder.slice(root.length + 1) }))
}

/** `app kind folder rides`, with a question mark where it is not sure. */
async function told(at: Places): Promise<readonly string[]> {
  return (await discover(at)).map(
    found =>
      `${found.app} ${found.kind}${found.format === null ? '' : ` ${found.format}`}: ${found.folder} ${String(found.rides)}${found.isSure ? '' : '?'}`,
  )
}

const local = 'home/AppData/Local'
const whoosh = 'MyWhooshTechnologyService.zpqqw1abcde/LocalCache/Local/MyWhoosh/Content/Data'

test('Windows: both of Zwift homes, MyWhoosh under any publisher, and the others', async () => {
  put(`${local}/Zwift/Activities/2026-11-20-18-00-00.fit`, fitRide('2026-11-20T18:00:00Z'))
  put(`${local}/Zwift/Activities/inProgressActivity.fit`, unfinished(fitRide()))
  put(`${local}/Zwift/Activities/readme.txt`, 'x')
  put('home/OneDrive - Firm/Documents/Zwift/Activities/old.fit', fitRide('2020-01-01T10:00:00Z'))
  put(`${local}/Zwift/Workouts/12345/workouts.files`, '<custom_file_directory/>')
  put(`${local}/Zwift/Workouts/678/mine.zwo`, '<workout_file/>')
  put(`${local}/Zwift/Workouts/notes/mine.zwo`, '<workout_file/>')
  put(`${local}/Packages/${whoosh}/MyNewActivity-5.2.fit`, fitRide())
  put(`${local}/Packages/Other.App/LocalCache/x`, '')
  put('home/Documents/TPVirtual/abcd1234efgh5678/FITFiles/a.fit.gz', gzipBytes(fitRide()))
  put('home/Documents/TPVirtual/short/FITFiles/a.fit', fitRide())
  put('home/Documents/TrainerRoad/a.fit', fitRide())
  put(`${local}/Org/GoldenCheetah/Anna/imports/a.tcx`, tcxRide())
  put(`${local}/Org/GoldenCheetah/Anna/activities/a.json`, '{}')
  put(`${local}/Org/GoldenCheetah/Ben/downloads/.keep`)
  put('ProgramData/Garmin/GarminConnect/Edge 530-1/FIT_TYPE_4/a.fit', fitRide())
  put('home/Downloads/1_ACTIVITY.fit', fitRide())
  put('home/Downloads/plan.fit', buildFit({ startTime: '2026-01-01T00:00:00Z', type: 'workout' }))
  expect(await told(places('win32'))).toEqual([
    `Zwift source: ${local}/Zwift/Activities 1`,
    'Zwift source: home/OneDrive - Firm/Documents/Zwift/Activities 1',
    `MyWhoosh source: ${local}/Packages/${whoosh} 1`,
    'TrainingPeaks Virtual source: home/Documents/TPVirtual/abcd1234efgh5678/FITFiles 1',
    'TrainerRoad source: home/Documents/TrainerRoad 1',
    `GoldenCheetah source: ${local}/Org/GoldenCheetah/Anna/imports 1`,
    `GoldenCheetah source: ${local}/Org/GoldenCheetah/Ben/downloads 0`,
    'Garmin Express source: ProgramData/Garmin/GarminConnect/Edge 530-1/FIT_TYPE_4 1',
    'Downloads source: home/Downloads 1?',
    `Zwift trainer zwo: ${local}/Zwift/Workouts/12345 0`,
    `Zwift trainer zwo: ${local}/Zwift/Workouts/678 0?`,
  ])
})

test('macOS: documents, iCloud, and a program in its container', async () => {
  const iCloud = 'home/Library/Mobile Documents/com~apple~CloudDocs/Documents'
  const container =
    'home/Library/Containers/com.whoosh.whooshgame/Data/Library/Application Support/Epic/MyWhoosh/Content/Data'
  put(`${iCloud}/Zwift/Activities/a.fit`, fitRide())
  put('home/Documents/Zwift/Workouts/99/workouts.files')
  put(`${container}/MyNewActivity-1.fit`, fitRide())
  put('home/TPVirtual/ABCDEFGH12345678/FITFiles/a.fit', fitRide())
  put('home/Documents/顽鹿运动/Activity/a.fit', fitRide())
  put('home/Library/GoldenCheetah/Anna/imports/a.gpx', 'no gpx')
  expect(await told(places('darwin'))).toEqual([
    `Zwift source: ${iCloud}/Zwift/Activities 1`,
    `MyWhoosh source: ${container} 1`,
    'TrainingPeaks Virtual source: home/TPVirtual/ABCDEFGH12345678/FITFiles 1',
    'Onelap source: home/Documents/顽鹿运动/Activity 1',
    'GoldenCheetah source: home/Library/GoldenCheetah/Anna/imports 0',
    'Zwift trainer zwo: home/Documents/Zwift/Workouts/99 0',
  ])
})

test('Linux: Wine, Proton and what the environment names; two ways to one folder are one', async () => {
  const wine = 'home/.wine/drive_c/users/rider'
  const proton = 'home/.local/share/Steam/steamapps/compatdata/1134130/pfx/drive_c/users/steamuser'
  put(`${wine}/Documents/Zwift/Activities/a.fit`, fitRide())
  put(`${wine}/AppData/Local/Zwift/Workouts/5/workouts.files`)
  put(`${proton}/AppData/Local/Zwift/Activities/b.fit`, fitRide())
  mkdirSync(join(root, 'home/.steam'))
  symlinkSync(join(root, 'home/.local/share/Steam'), join(root, 'home/.steam/steam'))
  put('zwift-in-a-box/c.fit', fitRide())
  put('home/.goldencheetah/Anna/downloads/a.fit', fitRide())
  const viaLink = proton.replace('.local/share/Steam', '.steam/steam')
  const found = await told(
    places('linux', { ZWIFT_ACTIVITY_DIR: join(root, 'zwift-in-a-box'), TPV_DATA_PATH: 'relative' }),
  )
  expect(found).toEqual([
    `Zwift source: ${viaLink}/AppData/Local/Zwift/Activities 1`,
    `Zwift source: ${wine}/Documents/Zwift/Activities 1`,
    'Zwift source: zwift-in-a-box 1',
    'GoldenCheetah source: home/.goldencheetah/Anna/downloads 1',
    `Zwift trainer zwo: ${wine}/AppData/Local/Zwift/Workouts/5 0`,
  ])
})

describe('a Garmin', () => {
  test('is known by its own description, whatever the case of its folders', async () => {
    put('media/EDGE/Garmin/GARMINDEVICE.XML', garminXml('GARMIN\\Activities', 'garmin/newfiles'))
    put('media/EDGE/Garmin/activities/A8D02107.FIT', fitRide('2026-11-21T07:00:00Z'))
    put('media/EDGE/Garmin/activities/._A8D02107.FIT', 'x')
    mkdirSync(join(root, 'media/EDGE/Garmin/NewFiles'))
    expect(await discover(places('linux'))).toEqual([
      {
        ...{
          id: `Garmin Edge 530 ${root}/media/EDGE/Garmin/activities`,
          kind: 'source',
          app: 'Garmin Edge 530',
        },
        ...{ folder: 'media/EDGE/Garmin/activities', isSure: true, rides: 1, format: null, isAdded: false },
        newestAt: '2026-11-21T07:00:00.000Z',
      },
      {
        ...{
          id: `Garmin Edge 530 ${root}/media/EDGE/Garmin/NewFiles`,
          kind: 'trainer',
          app: 'Garmin Edge 530',
        },
        ...{ folder: 'media/EDGE/Garmin/NewFiles', isSure: true, rides: 0, format: 'fit', isAdded: false },
        newestAt: null,
      },
    ])
  })

  test('with a description that cannot be read still has the folders all have', async () => {
    put('media/WATCH/GARMIN/GarminDevice.xml', 'broken')
    mkdirSync(join(root, 'media/WATCH/GARMIN/ACTIVITY'))
    expect(await told(places('darwin'))).toEqual(['Garmin device source: media/WATCH/GARMIN/ACTIVITY 0'])
  })

  test.each(['../../home/Secret', '/etc', 'C:\\Windows', 'Garmin/link'])(
    'cannot lead off its volume by %s',
    async path => {
      put('home/Secret/a.fit', fitRide())
      put('media/EDGE/Garmin/GarminDevice.xml', garminXml(path, path))
      symlinkSync(join(root, 'home/Secret'), join(root, 'media/EDGE/Garmin/link'))
      expect(await told(places('linux'))).toEqual([])
    },
  )
})

describe('what Musette has already', () => {
  test('is marked, by its real path, also as part of a larger source', async () => {
    put('home/Documents/Zwift/Activities/a.fit', fitRide())
    put('home/Documents/Zwift/Workouts/5/workouts.files')
    symlinkSync(join(root, 'home/Documents'), join(root, 'docs'))
    const source = {
      backfill: { kind: 'none' },
      baselineAt: '2026-01-01T00:00:00Z',
      isPaused: false,
      sameRide: 'upload',
    } as const
    const trainer = { format: 'zwo', days: 7, sports: null, kind: 'library', isPaused: false } as const
    const added = async (): Promise<readonly boolean[]> =>
      (await discover(places('darwin'))).map(found => found.isAdded)
    expect(await added()).toEqual([false, false])
    settings = {
      ...settings,
      sources: [{ ...source, id: 's1', name: 'Zwift', folder: join(root, 'docs/Zwift/Activities') }],
      trainers: [{ ...trainer, id: 't2', name: 'Zwift', folder: join(root, 'docs/Zwift/Workouts/5') }],
    }
    expect(await added()).toEqual([true, true])
  })
})

describe('looking around', () => {
  test('changes nothing', async () => {
    put(`${local}/Zwift/Activities/a.fit`, fitRide())
    put('home/Downloads/a.fit', fitRide())
    const all = (): readonly string[] =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .map(name => `${name} ${String(statSync(join(root, name)).mtimeMs)}`)
        .toSorted()
    const before = all()
    await discover(places('win32'))
    expect(all()).toEqual(before)
  })

  test('passes over what cannot be read', async () => {
    put('home/Documents/Zwift/Activities/a.fit', fitRide())
    put('home/Documents/TrainerRoad/a.fit', fitRide())
    const disk = nodeDisk()
    const denied = (path: string): boolean => path.includes('Zwift')
    const refuse = (path: string) =>
      Promise.reject(new AppError('unreadable', 'EPERM', 'retry', { file: path }))
    const closed: Disk = { ...disk, list: folder => (denied(folder) ? refuse(folder) : disk.list(folder)) }
    const found = await discover(places('darwin'), closed)
    expect(found.map(folder => `${folder.app} ${String(folder.rides)}`)).toEqual(['Zwift 0', 'TrainerRoad 1'])
  })

  test('a folder that belongs to another user is no trouble', async context => {
    put('home/Documents/Zwift/Activities/a.fit', fitRide())
    if (process.getuid?.() === 0) context.skip('root may read everything')
    chmodSync(join(root, 'home/Documents'), 0)
    try {
      expect(await told(places('darwin'))).toEqual([])
    } finally {
      chmodSync(join(root, 'home/Documents'), 0o700)
    }
  })

  test('does not wait for a share that never answers', async () => {
    put('home/Documents/Zwift/Activities/a.fit', fitRide())
    put('media/SHARE/exports/a.fit', fitRide())
    const disk = nodeDisk()
    const hanging: Disk = {
      ...disk,
      list: folder => (folder.includes('media') ? new Promise(() => undefined) : disk.list(folder)),
    }
    const clock = new FakeClock(Date.UTC(2026, 10, 21))
    const store = { current: () => settings, update: () => Promise.reject(new Error('nothing is changed')) }
    const work = discoverFolders({ disk: hanging, clock, settings: store }, places('darwin'), never)
    await clock.advance(1_500)
    expect((await work).map(found => found.app)).toEqual(['Zwift'])
  })

  test('takes files at their names when there is no time to look into them', async () => {
    for (let file = 0; file < 40; file += 1) put(`home/Documents/Zwift/Activities/${String(file)}.fit`, 'x')
    let steadyMs = 0
    const clock = { ...systemClock(), monotonic: () => (steadyMs += 250) }
    const store = { current: () => settings, update: () => Promise.reject(new Error('nothing is changed')) }
    const parts = { disk: nodeDisk(), clock, settings: store }
    const [zwift] = await discoverFolders(parts, places('darwin'), never)
    expect(zwift?.rides).toBeGreaterThan(20)
    expect(zwift?.rides).toBeLessThan(40)
  })

  test('ends when the engine does', async () => {
    put('home/Documents/Zwift/Activities/a.fit', fitRide())
    const store = { current: () => settings, update: () => Promise.reject(new Error('nothing is changed')) }
    const signal = AbortSignal.abort(new Error('stopping'))
    const parts = { disk: nodeDisk(), clock: systemClock(), settings: store }
    await expect(discoverFolders(parts, places('darwin'), signal)).rejects.toThrow('stopping')
  })
})
