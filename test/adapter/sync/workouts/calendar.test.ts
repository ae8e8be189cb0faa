import { mkdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import type { TrainerFormat } from '../../../../shared/settings.ts'
import { writeTroubles } from '../../../../electron/sync/known-troubles.ts'
import { addTrainer, changeTrainer } from '../../../../electron/sync/folders/manage-trainers.ts'
import { PassNotes, pull } from '../../../../electron/sync/pass.ts'
import type { PlannedEvent } from '../../../../electron/sync/ports/intervals-service.ts'
import { RunLoop } from '../../../../electron/sync/run-loop.ts'
import { readWorkouts } from '../../../../electron/sync/workouts/calendar-view.ts'
import { EngineHome, hourMs, minuteMs, never, nowMs } from '../../../helpers/engine-home.ts'
import { ride as rideOn } from '../../../helpers/workout-home.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const today = '2026-11-21'
const ride = (id: string, other: Partial<PlannedEvent> = {}) => rideOn(id, 0.5, { date: today, ...other })

async function pullOnce(options: { readonly withCalendar?: boolean } = { withCalendar: true }) {
  const notes = new PassNotes()
  await pull(home.parts, home.service.athlete, notes, never, options)
  return notes
}

function view(mostSteps?: number) {
  return readWorkouts({
    ...(mostSteps === undefined ? {} : { mostSteps }),
    db: home.parts.ledger.db,
    settings: home.parts.settings.current(),
    nowMs: home.clock.now(),
    timeZone: home.service.athlete.timeZone ?? 'UTC',
  })
}

async function trainer(format: TrainerFormat, days: number, name = format as string) {
  mkdirSync(home.folder(name), { recursive: true })
  return addTrainer(home.parts, { folder: home.folder(name), format, days, sports: null, name })
}

const shownIds = () => view().workouts.map(workout => workout.eventId)
const asked = () =>
  home.service.eventsAsked.map(({ oldest, newest, format }) => `${format} ${oldest} ${newest}`)

describe('what is asked for', () => {
  test.each<[readonly (readonly [TrainerFormat, number])[], readonly string[]]>([
    [[], ['zwo 2026-11-21 2026-12-04']],
    [[['zwo', 7]], ['zwo 2026-11-21 2026-12-04']],
    [[['zwo', 28]], ['zwo 2026-11-21 2026-12-18']],
    [[['zwo', 0]], ['zwo 2026-11-21 2026-12-04']],
    [[['fit', 3]], ['fit 2026-11-21 2026-12-04']],
    [
      [
        ['fit', 3],
        ['zwo', 2],
      ],
      ['fit 2026-11-21 2026-11-23', 'zwo 2026-11-21 2026-12-04'],
    ],
  ])('with the folders %j is as little as can be', async (folders, expected) => {
    for (const [format, days] of folders) await trainer(format, days)
    await pullOnce()
    expect(asked()).toEqual(expected)
  })

  test('without the calendar is what the folders need, and nothing is kept', async () => {
    await pullOnce({})
    await trainer('zwo', 7)
    home.service.events = [ride('1')]
    await pullOnce({})
    expect([asked(), view().fetchedAt, shownIds()]).toEqual([['zwo 2026-11-21 2026-11-27'], null, []])
  })

  test('by a whole sync stays without the calendar', async () => {
    await home.addSource()
    await home.sync()
    expect(asked()).toEqual([])
  })

  test('for a paused folder is nothing more than the calendar', async () => {
    const { id } = await trainer('fit', 28)
    await changeTrainer(home.parts, id, { isPaused: true })
    await pullOnce()
    expect(asked()).toEqual(['zwo 2026-11-21 2026-12-04'])
  })
})

describe('the coming days', () => {
  test('are two weeks from the athlete’s today on', async () => {
    home.service.athlete = { ...home.service.athlete, timeZone: 'Pacific/Kiritimati' }
    await pullOnce()
    const { days, fetchedAt, trouble } = view()
    expect([days.length, days[0], days.at(-1)]).toEqual([14, '2026-11-22', '2026-12-05'])
    expect([fetchedAt, trouble]).toEqual([new Date(nowMs).toISOString(), null])
  })

  test('have the workouts by day, time and name, and nothing else', async () => {
    home.service.events = [
      ride('late', { time: '17:30' }),
      ride('early', { time: '06:15' }),
      ride('b', { name: 'B' }),
      ride('a', { name: 'A' }),
      ride('tomorrow', { date: '2026-11-22' }),
      ride('before', { date: '2026-11-20' }),
      ride('after', { date: '2026-12-05' }),
      ride('note', { category: 'NOTE', file: null }),
      ride('away', { category: 'HOLIDAY', file: null }),
      ride('odd', { category: 'SOMETHING_NEW', file: null }),
      ride('new', { category: 'SOMETHING_NEW', name: 'C' }),
      ride('race', { category: 'RACE_A', file: null, name: 'D', date: '2026-11-23' }),
      ride('gym', { type: 'WeightTraining', file: null, name: 'Gym', date: '2026-11-23' }),
    ]
    await pullOnce()
    expect(shownIds()).toEqual(['a', 'b', 'new', 'early', 'late', 'tomorrow', 'race', 'gym'])
  })

  test('tell all that is known of a workout', async () => {
    const profile = {
      steps: [
        { kind: 'ramp', durationS: 600, from: 0.5, to: 0.7, cadence: 90 },
        { kind: 'free', durationS: 60, from: null, to: null, cadence: null },
      ],
      cues: [{ atS: 0, text: '„Los“ <b>' }],
    } as const
    home.service.events = [
      ride('5', { time: '07:00', name: 'Ünder/Over', durationS: 3240, load: 71, profile }),
      ride('6', { name: 'Z', durationS: null, profile }),
    ]
    await pullOnce()
    await home.restart()
    expect(view().workouts).toEqual([
      {
        ...{ eventId: '6', date: today, time: null, name: 'Z', sport: 'Ride', durationS: 660, load: null },
        ...{ profile, places: [] },
      },
      {
        ...{
          eventId: '5',
          date: today,
          time: '07:00',
          name: 'Ünder/Over',
          sport: 'Ride',
          durationS: 3240,
          load: 71,
        },
        ...{ profile, places: [] },
      },
    ])
  })

  test('are small enough for a snapshot where that is asked for', async () => {
    const step = { kind: 'steady', durationS: 10, from: 1, to: 1, cadence: null } as const
    const profile = { steps: Array.from({ length: 1000 }, () => step), cues: [{ atS: 0, text: 'Go' }] }
    home.service.events = Array.from({ length: 5 }, (_, at) => ride(`${at}`, { profile }))
    await pullOnce()
    const thin = view(60).workouts
    expect(thin.map(each => [each.profile?.steps.length, each.profile?.cues, each.durationS])).toEqual(
      Array.from({ length: 5 }, () => [60, [], 60]),
    )
    expect(JSON.stringify(thin).length).toBeLessThan(32_000)
  })

  test('keep an event once, and not more of them than anybody plans', async () => {
    home.service.events = [
      ...[ride('1', { name: 'first' }), ride('1', { name: 'twin' })],
      ...Array.from({ length: 2000 }, (_, at) => ride(`x${at}`, { name: 'n'.repeat(1000) })),
    ]
    await pullOnce()
    const { workouts } = view()
    expect([workouts.length < 600, workouts.filter(each => each.eventId === '1').length]).toEqual([true, 1])
    expect(workouts.at(-1)?.name.length).toBeLessThan(1000)
  })

  test('move on at midnight without being read again', async () => {
    home.service.events = [ride('1'), ride('2', { date: '2026-11-22' })]
    await pullOnce()
    await home.clock.advance(14 * hourMs)
    expect([view().days[0], shownIds()]).toEqual(['2026-11-22', ['2']])
  })
})

describe('a calendar that cannot be read', () => {
  const down = new AppError('service-down', '503', 'retry')

  test('is shown as it last was, with why, until it can be read again', async () => {
    home.service.events = [ride('1')]
    await pullOnce()
    home.service.eventsError = down
    home.service.events = []
    await home.clock.advance(15 * minuteMs)
    const notes = await pullOnce()
    const fetchedAt = new Date(nowMs).toISOString()
    expect(notes.errors.map(error => error.code)).toEqual(['service-down'])
    expect(view()).toMatchObject({ fetchedAt, trouble: { code: 'service-down', file: null } })
    expect(view().trouble?.message).toMatch(/\.$/)
    expect(shownIds()).toEqual(['1'])
    home.service.eventsError = null
    await pullOnce()
    expect([view().trouble, shownIds()]).toEqual([null, []])
  })

  test('for another format’s sake is no trouble of its own', async () => {
    await trainer('fit', 3)
    await trainer('zwo', 3)
    const list = home.service.listEvents.bind(home.service)
    home.service.listEvents = query => (query.format === 'fit' ? Promise.reject(down) : list(query))
    home.service.events = [ride('1')]
    await pullOnce()
    expect([view().trouble, shownIds()]).toEqual([null, ['1']])
  })

  test('because nobody could even be asked whose it is says so once its turn is missed', async () => {
    await pullOnce()
    const message = 'No connection. Sign in again: musette account connect.'
    writeTroubles(home.parts.ledger, [
      { code: 'folder-missing', message: 'x', file: '/rides' },
      { code: 'offline', message, file: null },
    ])
    expect(view().trouble).toBeNull()
    await home.clock.advance(21 * minuteMs)
    const { trouble } = view()
    expect(trouble).toMatchObject({ code: 'offline', file: null })
    expect(trouble?.message).not.toContain('musette ')
    await pullOnce()
    expect(view().trouble).toBeNull()
  })

  test('and never was has no time', () => {
    expect(view()).toMatchObject({ fetchedAt: null, trouble: null, workouts: [] })
  })
})

describe('while Musette runs', () => {
  const run = async (work: () => Promise<void>): Promise<void> => {
    const stop = new AbortController()
    const running = new RunLoop(home.parts).run(stop.signal)
    await work()
    stop.abort()
    await running
  }

  test('the calendar is read at start and every quarter of an hour, with no folder at all', async () => {
    await home.sync()
    home.service.events = [ride('1')]
    await run(async () => {
      await home.clock.advance(minuteMs)
      expect([asked().length, shownIds()]).toEqual([1, ['1']])
      home.service.events = []
      await home.clock.advance(15 * minuteMs)
      expect([asked().length, shownIds()]).toEqual([2, []])
    })
  })

  test('without a key nothing is asked but whose home this is', async () => {
    home.service.profileError = new AppError('signed-out', 'there is no key', 'sign-in')
    await run(() => home.clock.advance(hourMs))
    expect([asked(), new Set(home.service.calls)]).toEqual([[], new Set(['profile'])])
  })

  test('a missing line says why once the calendar’s turn is missed', async () => {
    await home.sync()
    await run(async () => {
      await home.clock.advance(minuteMs)
      home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
      await home.clock.advance(31 * minuteMs)
      expect(view().trouble?.code).toBe('offline')
    })
  })
})

test('what became of a workout in each folder is told with it', async () => {
  await trainer('zwo', 2, 'zwift')
  const { id } = await trainer('zwo', 2, 'runs')
  await changeTrainer(home.parts, id, { sports: ['Run'], name: 'Runs' })
  home.service.events = [
    ride('1'),
    ride('2', { date: '2026-11-25' }),
    ride('gym', { file: null, name: 'Gym' }),
  ]
  await pullOnce()
  const places = () =>
    view().workouts.map(({ eventId, places: where }) => [
      eventId,
      ...where.map(one => one.reason ?? one.fileName),
    ])
  const runsOnly = 'Left out: this folder takes Run only.'
  const noSteps = 'No file: it has no steps.'
  expect(places()).toEqual([
    ['gym', noSteps, noSteps],
    ['1', `${today} Ride 1.zwo`, runsOnly],
    ['2', 'Not yet: this folder takes 2 days only.', runsOnly],
  ])
  rmSync(home.folder(`zwift/${today} Ride 1.zwo`))
  await pullOnce()
  expect(places()[1]?.[1]).toBe('You deleted it here; it comes back when it changes.')
})
