import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PlannedEvent, WorkoutFormat } from '../../../../electron/sync/ports/intervals-service.ts'
import {
  listManifest,
  ownsWorkoutBytes,
  removeTrainer,
} from '../../../../electron/sync/workouts/workout-manifest.ts'
import { AppError } from '../../../../shared/app-error.ts'
import { counts, ride, today, WorkoutHome, zwo } from '../../../helpers/workout-home.ts'

let home: WorkoutHome
beforeEach(() => {
  home = new WorkoutHome()
})
afterEach(() => home.close())

const rideFile = (id: string, date = today): string => `${date} Ride ${id}.zwo`

describe('pulling workouts', () => {
  test('writes, keeps, replaces, moves and removes what is ours', async () => {
    home.calendar.events = [ride('1', 0.5), ride('2', 0.5), ride('3', 0.5)]
    expect(counts(await home.pull())).toEqual([3, 0, 0])
    expect(counts(await home.pull())).toEqual([0, 0, 3])
    home.calendar.events = [ride('1', 0.6), ride('2', 0.5, { date: '2026-11-24' })]
    expect(counts(await home.pull())).toEqual([2, 2, 0])
    expect(home.files()).toEqual({ [rideFile('1')]: zwo(0.6), [rideFile('2', '2026-11-24')]: zwo(0.5) })
  })

  test('takes a name from the service as data, never as a path', async () => {
    mkdirSync(home.folder('in/ner'), { recursive: true })
    home.calendar.events = [ride('../../9', 0.5, { name: '../../../up' }), ride('8', 0.5, { name: 'a/b\\c' })]
    expect(counts(await home.pull({ trainers: [home.trainer({ folder: home.folder('in/ner') })] }))).toEqual([
      2, 0, 0,
    ])
    expect([Object.keys(home.files()), Object.keys(home.files('in'))]).toEqual([[], []])
    expect(Object.keys(home.files('in/ner')).sort()).toEqual([
      expect.stringMatching(/^2026-11-22 a b c 8\.zwo$/),
      expect.stringMatching(/^2026-11-22 up 9-[0-9a-f]{12}\.zwo$/),
    ])
  })

  test('asks once for each format, over the widest range, for trainers that are not paused', async () => {
    await home.pull({
      athleteTimeZone: 'Pacific/Auckland',
      trainers: [
        home.trainer({ id: 'a', days: 3 }),
        home.trainer({ id: 'b', days: 10 }),
        home.trainer({ id: 'c', format: 'fit', days: 1 }),
        home.trainer({ id: 'd', format: 'erg', days: 28, isPaused: true }),
        home.trainer({ id: 'e', format: 'mrc', days: 0 }),
      ],
    })
    expect(home.calendar.asked).toEqual([
      { athleteId: 'i1', oldest: '2026-11-23', newest: '2026-12-02', format: 'zwo' },
      { athleteId: 'i1', oldest: '2026-11-23', newest: '2026-11-23', format: 'fit' },
    ])
  })

  test.each([
    ['Pacific/Kiritimati', '2026-11-23'],
    ['America/Los_Angeles', '2026-11-22'],
    ['Not/A_Zone', '2026-11-22'],
    [null, '2026-11-22'],
  ])('today is the athlete’s, in %s', async (athleteTimeZone, oldest) => {
    await home.pull({ athleteTimeZone, trainers: [home.trainer({ days: 1 })] })
    expect(home.calendar.asked).toEqual([{ athleteId: 'i1', oldest, newest: oldest, format: 'zwo' }])
  })

  test('gives each trainer its own days, and removes all of ours with none', async () => {
    mkdirSync(home.folder('a'))
    mkdirSync(home.folder('b'))
    home.calendar.events = [ride('1', 0.5), ride('2', 0.5, { date: '2026-11-25' })]
    const a = home.trainer({ id: 'a', folder: home.folder('a'), days: 3 })
    const b = home.trainer({ id: 'b', folder: home.folder('b'), days: 4 })
    expect(counts(await home.pull({ trainers: [a, b] }))).toEqual([3, 0, 0])
    home.put('b/mine.zwo', 'mine')
    expect(counts(await home.pull({ trainers: [{ ...b, days: 0 }] }))).toEqual([0, 2, 0])
    expect(Object.keys(home.files('b'))).toEqual(['mine.zwo'])
  })

  test('leaves a paused trainer as it is', async () => {
    home.calendar.events = [ride('1', 0.5)]
    await home.pull()
    home.calendar.events = []
    expect(counts(await home.pull({ trainers: [home.trainer({ isPaused: true })] }))).toEqual([0, 0, 0])
    expect(Object.keys(home.files())).toEqual([rideFile('1')])
  })

  test('keeps the last good copy of a format the service fails on, and goes on with the others', async () => {
    const failure = new AppError('service-down', 'HTTP 503', 'retry')
    home.calendar.events = [ride('1', 0.5)]
    const trainers = [home.trainer(), home.trainer({ id: 't2', format: 'mrc' })]
    await home.pull({ trainers: [home.trainer()] })
    home.calendar.failures.set('zwo', failure)
    home.calendar.events = [ride('2', 0.5)]
    const report = await home.pull({ trainers })
    expect([counts(report), report.serviceFailed]).toEqual([[1, 0, 0], failure])
    expect(Object.keys(home.files()).sort()).toEqual([rideFile('1'), `${today} Ride 2.mrc`])
  })

  test('a folder named NewFiles is an inbox: the device takes each version once', async () => {
    mkdirSync(home.folder('NEWFILES'))
    home.calendar.events = [ride('1', 0.5)]
    const trainers = [home.trainer({ folder: home.folder('NEWFILES') })]
    await home.pull({ trainers })
    rmSync(home.folder(`NEWFILES/${rideFile('1')}`))
    expect(counts(await home.pull({ trainers }))).toEqual([0, 0, 1])
    home.calendar.events = [ride('1', 0.6)]
    expect(counts(await home.pull({ trainers }))).toEqual([1, 0, 0])
  })

  test('tells what it left out, and why', async () => {
    home.calendar.events = [
      ride('1', 0.5, { type: 'Run' }),
      ride('2', 0.5, { file: null }),
      ride('3', 0.5),
      ride('4', 0.4),
    ]
    home.put('theirs.zwo', zwo(0.4))
    const trainers = [home.trainer({ sports: ['Ride'] })]
    await home.pull({ trainers })
    rmSync(home.folder(rideFile('3')))
    const report = await home.pull({ trainers })
    expect(counts(report)).toEqual([0, 0, 1])
    expect(report.skipped.map(skip => [skip.eventId, skip.reasonCode]).sort()).toEqual([
      ['1', 'other-sport'],
      ['2', 'no-workout'],
      ['3', 'user-deleted'],
      ['4', 'same-file-there'],
    ])
    const entry = { trainerId: 't1', date: today, name: 'Ride' }
    expect(listManifest(home.db)).toEqual([
      { ...entry, eventId: '1', path: null, state: 'skipped', reasonCode: 'other-sport' },
      { ...entry, eventId: '2', path: null, state: 'skipped', reasonCode: 'no-workout' },
      {
        ...entry,
        eventId: '3',
        path: home.folder(rideFile('3')),
        state: 'userDeleted',
        reasonCode: 'user-deleted',
      },
      { ...entry, eventId: '4', path: null, state: 'skipped', reasonCode: 'same-file-there' },
    ])
  })

  test('stops when it is told to', async () => {
    home.calendar.events = [ride('1', 0.5)]
    const report = await home.pull({ signal: AbortSignal.abort() })
    expect([counts(report), home.calendar.asked, home.files()]).toEqual([[0, 0, 0], [], {}])
  })

  test('stops between two files, and goes on the next time', async () => {
    home.calendar.events = [ride('1', 0.5), ride('2', 0.5)]
    const stop = new AbortController()
    const create: typeof home.disk.create = path => {
      stop.abort()
      return home.disk.create(path)
    }
    const report = await home.pull({ signal: stop.signal }, { disk: { ...home.disk, create } })
    expect([counts(report), report.errors]).toEqual([[1, 0, 0], []])
    expect(counts(await home.pull())).toEqual([1, 0, 1])
  })
})

describe('the manifest', () => {
  test('has one row for a file that was replaced, or written again after the user deleted it', async () => {
    for (const power of [0.5, 0.6]) {
      home.calendar.events = [ride('1', power)]
      await home.pull()
    }
    const entry = { trainerId: 't1', eventId: '1', date: today, name: 'Ride', reasonCode: null }
    const written = [{ ...entry, path: home.folder(rideFile('1')), state: 'written' }]
    expect(listManifest(home.db)).toEqual(written)
    rmSync(home.folder(rideFile('1')))
    home.calendar.events = [ride('1', 0.7)]
    await home.pull()
    expect(listManifest(home.db)).toEqual(written)
  })

  const hashOf = (event: PlannedEvent): string =>
    createHash('sha256')
      .update(event.file?.content ?? '')
      .digest('hex')

  test('lets go of a file that the user changed once a new version stands beside it', async () => {
    home.calendar.events = [ride('1', 0.5)]
    await home.pull()
    home.put(rideFile('1'), 'changed')
    home.calendar.events = [ride('1', 0.6)]
    await home.pull()
    expect(listManifest(home.db).map(entry => [entry.path, entry.state])).toEqual([
      [home.folder(`${today} Ride 1 2.zwo`), 'written'],
    ])
  })

  test('knows every content it ever wrote, also when the file is gone', async () => {
    const [ours, theirs] = [ride('1', 0.5), ride('2', 0.9)]
    home.calendar.events = [ours]
    await home.pull()
    home.calendar.events = []
    await home.pull()
    expect([ours, theirs].map(event => ownsWorkoutBytes(home.db, hashOf(event)))).toEqual([true, false])
  })

  test('forgets a removed trainer, and says what is left in its folder', async () => {
    home.calendar.events = [ride('1', 0.5), ride('2', 0.5)]
    await home.pull()
    expect(removeTrainer(home.db, 't1')).toEqual([home.folder(rideFile('1')), home.folder(rideFile('2'))])
    expect([listManifest(home.db), Object.keys(home.files())]).toEqual([[], [rideFile('1'), rideFile('2')]])
  })

  test.each<WorkoutFormat>(['zwo', 'fit', 'erg', 'mrc'])(
    'writes the bytes of %s as they came',
    async format => {
      const content = new Uint8Array([0, 255, 13, 10, 128])
      home.calendar.events = [ride('1', 0, { file: { name: 'x', content } })]
      await home.pull({ trainers: [home.trainer({ format })] })
      const file = await home.disk.openRead(home.folder(`${today} Ride 1.${format}`))
      expect(await file.read(0, 100)).toEqual(content)
      await file.close()
    },
  )
})
