import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import type { EngineView } from '../../../../shared/app-snapshot.ts'
import { errorText } from '../../../../shared/error-text.ts'
import { RunLoop } from '../../../../electron/sync/run-loop.ts'
import { countStates } from '../../../../electron/sync/overview.ts'
import { EngineHome, hourMs, minuteMs, nowMs } from '../../../helpers/engine-home.ts'
import { failure } from '../../../helpers/fake-service.ts'
import { fitRide, unfinished } from '../../../helpers/rides.ts'
import { seedFile } from '../../../helpers/seed-file.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const iso = (ms: number): string => new Date(ms).toISOString()
const names = (files: readonly { readonly name: string }[]): readonly string[] => files.map(file => file.name)

test('of a fresh home says that there is nothing yet', () => {
  const { counts, ...view } = home.view()
  expect(new Set(Object.values(counts))).toEqual(new Set([0]))
  expect(view).toEqual({
    ...{ state: 'signedOut', isWorking: false, account: null, pause: { kind: 'none' }, progress: null },
    ...{ sources: [], trainers: [], needs: [], needsCount: 0, lastRides: [], nextWorkouts: [] },
    ...{ lastSyncAt: null, lastLookAt: null, offlineSince: null, nextAttemptAt: null, troubles: [] },
    preferences: home.parts.settings.current().preferences,
    keepFree: { bytes: 0, percent: 0 },
    filesRevision: expect.any(Number) as unknown,
    ...{ sentCount: 0, today: '2026-11-21' },
  })
})

describe('after a sync', () => {
  const refused = new AppError('refused-by-service', 'upload: the service answered 422: Too old', 'give-up')
  let view: EngineView

  beforeEach(async () => {
    await home.addSource('rides')
    home.put('rides/sent.fit', fitRide('2026-11-20T08:00:00Z'))
    home.put('rides/half.fit', unfinished(fitRide('2026-11-19T08:00:00Z', 2)), 2 * hourMs)
    home.put('rides/broken.fit', unfinished(fitRide('2026-11-18T08:00:00Z', 3)), 30 * hourMs)
    home.put('rides/notes.txt', 'no ride')
    await home.sync()
    home.service.script.push(failure(refused))
    home.put('rides/refused.fit', fitRide('2026-11-21T08:00:00Z', 4))
    await home.sync()
    view = home.view()
  })

  test('the counts are those of the status', () => {
    expect(view.counts).toEqual(countStates(home.parts.ledger))
    expect([view.sentCount, view.needsCount]).toEqual([1, 2])
  })

  test('what needs the user says why and what can be done, in the words of the window', () => {
    expect(view.needs).toEqual([
      {
        fileId: expect.any(Number) as unknown,
        ...{ name: 'refused.fit', sourceName: 'rides', state: 'rejected', reasonCode: 'refused' },
        ...{
          reason: 'Intervals.icu refused it: Too old. Kept in the archive.',
          actions: ['retry', 'ignore'],
        },
      },
      {
        fileId: expect.any(Number) as unknown,
        ...{ name: 'broken.fit', sourceName: 'rides', state: 'held', reasonCode: 'damaged' },
        ...{ reason: expect.stringMatching(/^Damaged/) as unknown, actions: expect.any(Array) as unknown },
      },
    ])
  })

  test('the last rides are the newest first, with what waits among them', () => {
    expect(view.lastRides.map(ride => [ride.name, ride.state, ride.startTime])).toEqual([
      ['refused.fit', 'rejected', '2026-11-21T08:00:00.000Z'],
      ['half.fit', 'waiting', null],
      ['sent.fit', 'uploaded', '2026-11-20T08:00:00.000Z'],
      ['broken.fit', 'held', null],
    ])
    expect(view.lastRides[2]?.activityIds).toEqual(['a1'])
  })

  test('the folder says what is in it', () => {
    expect(view.sources).toEqual([
      {
        ...{ id: 's1', name: 'rides', folder: home.folder('rides'), backfill: 'none', isPaused: false },
        ...{ health: 'watching', files: 4, sameRide: 'upload', otherFiles: 1 },
        newestAt: '2026-11-21T08:00:00.000Z',
        counts: { waiting: 1, held: 1, rejected: 1, uploaded: 1 },
      },
    ])
  })

  test('the revision of the files stays while nothing changes, and grows when something does', () => {
    const again = home.view().filesRevision
    home.parts.ledger.files.setPresent(view.needs[0]?.fileId ?? 0, false)
    expect([again - view.filesRevision, home.view().filesRevision > again]).toEqual([0, true])
  })
})

test('a ride that lies in two folders is one of the last rides', async () => {
  await home.addSource('one')
  await home.addSource('two')
  home.put('one/a.fit', fitRide())
  home.put('two/a.fit', fitRide())
  home.put('two/b.fit', fitRide('2026-11-20T08:00:00Z', 2))
  await home.sync()
  const view = home.view()
  expect([view.counts.uploaded, names(view.lastRides)]).toEqual([3, ['a.fit', 'b.fit']])
})

test('no more is shown than fits: ten needs, the most urgent first, and eight rides', () => {
  for (let hour = 0; hour < 12; hour += 1) {
    seedFile(home, `held-${hour}.fit`, [], { state: 'held', atMs: nowMs - hour * hourMs })
    seedFile(home, `refused-${hour}.fit`, [], { state: 'rejected', atMs: nowMs - (20 + hour) * hourMs })
  }
  const view = home.view()
  expect([view.needs.length, view.needsCount, view.lastRides.length]).toEqual([10, 24, 8])
  expect(view.lastRides[0]?.name).toBe('held-0.fit')
})

test('words for the window take the place of those for the command line', () => {
  const told = errorText(new AppError('signed-out', '401', 'sign-in'))
  const { troubles, state } = home.view({ troubles: [{ code: 'signed-out', message: told, file: null }] })
  expect([state, troubles[0]?.message]).toEqual([
    'signedOut',
    'Not signed in, or the key was refused. Everything is kept. Sign in again to go on.',
  ])
})

test('today is the day where the athlete is, and that of the computer where the zone is unknown', () => {
  home.clock.jump(3 * hourMs)
  const days = ['Pacific/Auckland', 'No/Where', null].map(zone => {
    home.parts.ledger.meta.write('athlete-time-zone', zone)
    return home.view().today
  })
  expect(days).toEqual(['2026-11-22', '2026-11-21', '2026-11-21'])
})

test('the next attempt counts the waits of the ride, the queue and the loop', async () => {
  await home.addSource()
  const offline = failure(new AppError('offline', 'no route', 'wait-for-network'))
  home.put('rides/a.fit', fitRide())
  home.service.script.push(...Array.from({ length: 20 }, () => offline))
  await home.sync()
  const own = Date.parse(home.view().nextAttemptAt ?? '')
  const loop = home.view({ notAskedBeforeMs: home.clock.now() + hourMs }).nextAttemptAt
  home.parts.queue.obeyUntil(home.clock.now() + 2 * hourMs)
  const asked = home.view().nextAttemptAt
  expect(own).toBeGreaterThan(home.clock.now())
  expect([loop, asked]).toEqual([iso(home.clock.now() + hourMs), iso(home.clock.now() + 2 * hourMs)])
})

test('the next workouts are five, soonest first, and follow the calendar', () => {
  const { db, meta } = home.parts.ledger
  const viewer = home.viewer()
  const plan = (...dates: readonly string[]): readonly string[] => {
    db.run('DELETE FROM calendar_events')
    for (const [place, date] of dates.entries()) {
      db.run(
        `INSERT INTO calendar_events (event_id, date, name, category, has_file) VALUES (?, ?, ?, 'WORKOUT', 1)`,
        `e${place}`,
        date,
        date,
      )
    }
    home.clock.jump(1)
    meta.write('calendar-read-at', String(home.clock.now()))
    return names(viewer().nextWorkouts)
  }
  const days = ['21', '22', '23', '24', '25', '26'].map(day => `2026-11-${day}`)
  expect(plan(...days.toReversed(), '2026-11-20')).toEqual(days.slice(0, 5))
  expect(plan('2026-11-23')).toEqual(['2026-11-23'])
  home.clock.jump(72 * hourMs)
  expect(names(viewer().nextWorkouts)).toEqual([])
})

describe('while rides go up', () => {
  test('the first of them is shown with its bytes, and how many of the batch are done', async () => {
    await home.addSource()
    for (const hour of ['06', '07', '08']) home.put(`rides/${hour}.fit`, fitRide(`2026-11-21T${hour}:00:00Z`))
    const bytes = fitRide().length
    const gate = Promise.withResolvers<undefined>()
    const shown: unknown[] = []
    home.parts.queue.underWay.onChange(() => shown.push(home.view().progress))
    home.service.script.push(
      { kind: 'answer', reply: { kind: 'created', activityIds: ['x'] } },
      { kind: 'hold', open: gate.promise },
      { kind: 'hold', open: gate.promise },
    )
    const pass = home.sync()
    while (home.service.names.length < 3) await new Promise(resolve => setImmediate(resolve))
    const during = home.view()
    gate.resolve(undefined)
    await pass
    expect(during.progress).toEqual({
      ...{ name: expect.stringMatching(/^0[678]\.fit$/) as unknown, sourceName: 'rides' },
      ...{ sentBytes: bytes, totalBytes: bytes, done: 1, total: 3 },
    })
    expect(shown).toContainEqual(expect.objectContaining({ sentBytes: 0, done: 0, total: 3 }))
    expect([home.view().progress, home.parts.queue.underWay.done]).toEqual([null, 0])
  })
})

describe('a running loop', () => {
  let loop: RunLoop
  let stop: AbortController
  let running: Promise<void>
  let changes: number
  beforeEach(async () => {
    await home.addSource()
    loop = new RunLoop(home.parts)
    stop = new AbortController()
    changes = 0
    loop.onChange(() => (changes += 1))
    running = loop.run(stop.signal)
    await home.clock.advance(minuteMs)
  })
  afterEach(async () => {
    stop.abort()
    await running
  })

  test('says when it last looked into all folders', async () => {
    expect(loop.times.lastLookMs).toBe(nowMs)
    await home.clock.advance(10 * minuteMs)
    expect(loop.times.lastLookMs).toBe(nowMs + 10 * minuteMs)
  })

  test('says since when the service is out of reach, until it answers', async () => {
    home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
    home.put('rides/a.fit', fitRide())
    loop.wake()
    await home.clock.advance(20 * minuteMs)
    const { offlineSinceMs, notAskedBeforeMs } = loop.times
    expect([offlineSinceMs, (notAskedBeforeMs ?? 0) > home.clock.now()]).toEqual([nowMs + minuteMs, true])
    home.service.profileError = null
    await home.clock.advance(6 * minuteMs)
    expect(loop.times.offlineSinceMs).toBe(null)
  })

  test('tells of a change for each file that it looks into', async () => {
    const before = changes
    for (let hour = 10; hour < 20; hour += 1)
      home.put(`rides/${hour}.fit`, fitRide(`2026-11-20T${hour}:00:00Z`))
    loop.wake()
    await home.clock.advance(1000)
    expect([changes - before >= 10, loop.isTakingIn]).toEqual([true, false])
  })
})
