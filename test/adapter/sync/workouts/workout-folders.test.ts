import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listManifest } from '../../../../electron/sync/workouts/workout-manifest.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { counts, noon, ride, today, WorkoutHome, zwo } from '../../../helpers/workout-home.ts'

let home: WorkoutHome
beforeEach(() => {
  home = new WorkoutHome()
})
afterEach(() => home.close())

const rideFile = (id: string): string => `${today} Ride ${id}.zwo`

describe('files that are not ours (P9)', () => {
  test('the user’s change is kept, and the next version written beside it', async () => {
    home.calendar.events = [ride('1', 0.5)]
    await home.pull()
    home.put(rideFile('1'), zwo(0.55))
    expect(counts(await home.pull())).toEqual([0, 0, 0])
    home.calendar.events = [ride('1', 0.6)]
    await home.pull()
    home.calendar.events = []
    expect(counts(await home.pull())).toEqual([0, 1, 0])
    expect(home.files()).toEqual({ [rideFile('1')]: zwo(0.55) })
  })

  test('what Zwift saved its own way is ours in a library, not in an inbox', async () => {
    const rewritten =
      '<workout_file>\n<author/><name>Ride</name><tags/><workout>' +
      '<SteadyState Duration="60.000004" Power="0.50000001" pace="0"/></workout></workout_file>'
    for (const kind of ['library', 'inbox'] as const) {
      home.calendar.events = [ride('1', 0.5)]
      const trainers = [home.trainer({ id: kind, kind })]
      await home.pull({ trainers })
      home.put(rideFile('1'), rewritten)
      home.calendar.events = []
      await home.pull({ trainers })
      expect(Object.keys(home.files()), kind).toEqual(kind === 'library' ? [] : [rideFile('1')])
    }
  })

  test('a file that appears at the last moment is not overwritten, whatever it holds', async () => {
    for (const theirs of ['theirs', zwo(0.5)]) {
      home.calendar.events = [ride('1', 0.5)]
      const create: typeof home.disk.create = path => {
        home.put(rideFile('1'), theirs)
        return home.disk.create(path)
      }
      const report = await home.pull({}, { disk: { ...home.disk, create } })
      expect([counts(report), report.errors.map(error => error.code)]).toEqual([[0, 0, 0], ['exists']])
      home.calendar.events = []
      await home.pull()
      expect(home.files()).toEqual({ [rideFile('1')]: theirs })
      rmSync(home.folder(rideFile('1')))
    }
  })

  test('a file changed between the look and the removal stays', async () => {
    home.calendar.events = [ride('1', 0.5)]
    await home.pull()
    home.calendar.events = []
    let looks = 0
    const openRead: typeof home.disk.openRead = path => {
      looks += 1
      if (looks === 2) home.put(rideFile('1'), 'changed just now')
      return home.disk.openRead(path)
    }
    expect(counts(await home.pull({}, { disk: { ...home.disk, openRead } }))).toEqual([0, 0, 0])
    expect(home.files()).toEqual({ [rideFile('1')]: 'changed just now' })
  })

  test('a file changed while the removal is being noted stays', async () => {
    home.calendar.events = [ride('1', 0.5)]
    await home.pull()
    home.calendar.events = []
    const run: typeof home.db.run = (sql, ...values) => {
      if (values[0] === 'removing') home.put(rideFile('1'), 'changed just now')
      return home.db.run(sql, ...values)
    }
    expect(counts(await home.pull({}, { db: { ...home.db, run } }))).toEqual([0, 0, 0])
    expect(home.files()).toEqual({ [rideFile('1')]: 'changed just now' })
  })

  test('a link at our name is neither followed nor replaced', async () => {
    home.put('elsewhere.txt', 'theirs')
    symlinkSync(home.folder('elsewhere.txt'), home.folder(rideFile('1')))
    home.calendar.events = [ride('1', 0.5)]
    await home.pull()
    expect(home.files()).toEqual({ 'elsewhere.txt': 'theirs', [`${today} Ride 1 2.zwo`]: zwo(0.5) })
  })

  test('left-over temporary files go after an hour, other files never', async () => {
    const old = noon / 1000 - 7200
    for (const name of ['.musette-0123456789abcdef.tmp', '.musette-mine.tmp', 'x.tmp']) {
      home.put(name, 'x')
      utimesSync(home.folder(name), old, old)
    }
    home.put('.musette-fedcba9876543210.tmp', 'another home is writing this')
    utimesSync(home.folder('.musette-fedcba9876543210.tmp'), noon / 1000, noon / 1000)
    await home.pull()
    expect(Object.keys(home.files()).sort()).toEqual([
      '.musette-fedcba9876543210.tmp',
      '.musette-mine.tmp',
      'x.tmp',
    ])
  })
})

describe('a folder that is away (P10)', () => {
  test('is reported as missing, and nothing is concluded from it', async () => {
    mkdirSync(home.folder('zwift'))
    const trainers = [home.trainer({ folder: home.folder('zwift') })]
    home.calendar.events = [ride('1', 0.5), ride('2', 0.5)]
    await home.pull({ trainers })
    const known = listManifest(home.db)
    renameSync(home.folder('zwift'), home.folder('away'))
    home.calendar.events = [ride('1', 0.5), ride('3', 0.5)]
    const report = await home.pull({ trainers })
    expect([counts(report), report.errors.map(({ code, file }) => [code, file])]).toEqual([
      [0, 0, 0],
      [['missing', home.folder('zwift')]],
    ])
    expect(listManifest(home.db)).toEqual(known)
    renameSync(home.folder('away'), home.folder('zwift'))
    expect(counts(await home.pull({ trainers }))).toEqual([1, 1, 1])
  })

  test('an empty folder in its place is not read as all deleted', async () => {
    mkdirSync(home.folder('zwift'))
    const trainers = [home.trainer({ folder: home.folder('zwift') })]
    home.calendar.events = [ride('1', 0.5)]
    await home.pull({ trainers })
    renameSync(home.folder('zwift'), home.folder('away'))
    mkdirSync(home.folder('zwift'))
    expect(counts(await home.pull({ trainers }))).toEqual([1, 0, 0])
    rmSync(home.folder('zwift'), { recursive: true })
    renameSync(home.folder('away'), home.folder('zwift'))
    expect(counts(await home.pull({ trainers }))).toEqual([0, 0, 1])
    // Known again: now a missing file means that the user deleted it.
    rmSync(home.folder(`zwift/${rideFile('1')}`))
    expect(counts(await home.pull({ trainers }))).toEqual([0, 0, 0])
  })

  /** A folder that is the top of a disk of its own, as long as that is mounted. */
  function mountAt(folder: string) {
    const mount = { isThere: true }
    mkdirSync(folder)
    const stat: typeof home.disk.stat = async path => {
      const found = await home.disk.stat(path)
      const isTop = mount.isThere && path === folder && found !== null
      return isTop ? { ...found, identity: found.identity.replace(/^\d+/, '77') } : found
    }
    return {
      disk: { ...home.disk, stat },
      unmount: () => {
        renameSync(folder, `${folder}-away`)
        mkdirSync(folder)
        mount.isThere = false
      },
      mountAgain: () => {
        rmSync(folder, { recursive: true })
        renameSync(`${folder}-away`, folder)
        mount.isThere = true
      },
      /** For good: its files are now on the disk beneath. */
      moveOver: () => {
        mount.isThere = false
      },
    }
  }

  test.each(['library', 'inbox'] as const)(
    'the empty mount point of a %s is not written to and says nothing of what lies in it',
    async kind => {
      const { disk, unmount, mountAgain } = mountAt(home.folder('zwift'))
      const trainers = [home.trainer({ folder: home.folder('zwift'), kind })]
      home.calendar.events = [ride('1', 0.5), ride('2', 0.5)]
      await home.pull({ trainers }, { disk })
      const known = listManifest(home.db)
      unmount()
      home.calendar.events = [ride('1', 0.6), ride('3', 0.5)]
      const report = await home.pull({ trainers }, { disk })
      expect([counts(report), report.errors.map(error => error.code)]).toEqual([[0, 0, 0], ['missing']])
      expect([home.files('zwift'), listManifest(home.db)]).toEqual([{}, known])
      mountAgain()
      expect(counts(await home.pull({ trainers }, { disk }))).toEqual([2, 1, 0])
      expect(home.files('zwift')).toEqual({ [rideFile('1')]: zwo(0.6), [rideFile('3')]: zwo(0.5) })
    },
  )

  test('a folder whose files now lie on the disk beneath was moved there', async () => {
    const { disk, moveOver } = mountAt(home.folder('zwift'))
    const trainers = [home.trainer({ folder: home.folder('zwift') })]
    home.calendar.events = [ride('1', 0.5)]
    await home.pull({ trainers }, { disk })
    moveOver()
    home.calendar.events = [ride('1', 0.5), ride('2', 0.5)]
    expect(counts(await home.pull({ trainers }, { disk }))).toEqual([1, 0, 1])
  })

  test('unmounted while it is read, it is not read as all deleted', async () => {
    const { disk, unmount, mountAgain } = mountAt(home.folder('zwift'))
    const trainers = [home.trainer({ folder: home.folder('zwift') })]
    home.calendar.events = [ride('1', 0.5)]
    await home.pull({ trainers }, { disk })
    const known = listManifest(home.db)
    let lists = 0
    const list: typeof disk.list = folder => {
      lists += 1
      // The first is the recovery's.
      if (lists === 2) unmount()
      return disk.list(folder)
    }
    const report = await home.pull({ trainers }, { disk: { ...disk, list } })
    expect([report.errors.map(error => error.code), listManifest(home.db)]).toEqual([['missing'], known])
    mountAgain()
    expect(counts(await home.pull({ trainers }, { disk }))).toEqual([0, 0, 1])
  })

  test('is not written to when a file stands in its place', async () => {
    home.put('zwift', 'a file')
    const report = await home.pull({ trainers: [home.trainer({ folder: home.folder('zwift') })] })
    expect(report.errors.map(error => error.code)).toEqual(['missing'])
  })
})

describe('a folder that cannot be written', () => {
  test.each(['unreadable', 'disk-full'] as const)(
    'is reported once as %s, and the others go on',
    async code => {
      mkdirSync(home.folder('bad'))
      mkdirSync(home.folder('good'))
      home.calendar.events = [ride('1', 0.5), ride('2', 0.5)]
      const create: typeof home.disk.create = async path => {
        const file = await home.disk.create(path)
        if (!path.includes('bad')) return file
        return { ...file, flush: () => Promise.reject(new AppError(code, 'no', 'retry', { file: path })) }
      }
      const trainers = ['bad', 'good'].map(name => home.trainer({ id: name, folder: home.folder(name) }))
      const report = await home.pull({ trainers }, { disk: { ...home.disk, create } })
      expect([counts(report), report.errors.map(error => error.code)]).toEqual([[2, 0, 0], [code]])
      expect([Object.keys(home.files('bad')), Object.keys(home.files('good'))]).toEqual([
        [],
        [rideFile('1'), rideFile('2')],
      ])
      expect(counts(await home.pull({ trainers }))).toEqual([2, 0, 2])
    },
  )

  test('a rename whose answer was lost is found done, not done twice', async () => {
    home.calendar.events = [ride('1', 0.5)]
    const rename: typeof home.disk.rename = async (from, to) => {
      await home.disk.rename(from, to)
      throw new AppError('disk-error', 'EIO', 'retry')
    }
    const report = await home.pull({}, { disk: { ...home.disk, rename } })
    expect(report.errors.map(error => error.code)).toEqual(['disk-error'])
    expect(counts(await home.pull())).toEqual([0, 0, 1])
    expect(home.files()).toEqual({ [rideFile('1')]: zwo(0.5) })
    home.calendar.events = []
    expect(counts(await home.pull())).toEqual([0, 1, 0])
  })
})
