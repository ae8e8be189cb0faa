import { describe, expect, test } from 'vitest'
import { findSameRide, type Ride } from '../../../../electron/sync/activities/same-ride.ts'
import { sportFamily } from '../../../../electron/sync/activities/sport-family.ts'
import type { ActivitySummary } from '../../../../electron/sync/ports/intervals-service.ts'

const startMs = Date.UTC(2026, 10, 21, 8)
const hourS = 3600

/** An hour on the bike from 08:00 UTC. */
const hour: Ride = {
  startTime: '2026-11-21T08:00:00.000Z',
  durationS: hourS,
  sport: 'cycling',
  sessions: 1,
}

/** Garmin's activity, which began so many seconds after the ride and took so long. */
function theirs(offS: number, elapsedS: number | null = hourS, other: Partial<ActivitySummary> = {}) {
  const start = new Date(startMs + offS * 1000).toISOString()
  return {
    ...{ id: 'i9', externalId: '23890011234', source: 'GARMIN_CONNECT', sourceName: null, name: 'Ride' },
    ...{ type: 'Ride', startDate: start, startDateLocal: start.slice(0, 19), elapsedS },
    ...other,
  } satisfies ActivitySummary
}

/** All that is told of an activity from Strava. */
function stub(startDateLocal: string): ActivitySummary {
  return {
    ...{ id: '187', externalId: null, source: 'STRAVA', sourceName: null, name: null },
    ...{ type: null, startDate: null, startDateLocal, elapsedS: null },
  }
}

const found = (ride: Ride, activities: readonly ActivitySummary[], zone = 'UTC') =>
  findSameRide(ride, activities, zone)

const garmins = { activityIds: ['i9'], owner: 'Garmin Connect', isSure: true }

describe('an hour on the bike', () => {
  test.each<[string, ActivitySummary]>([
    ['one that began with it', theirs(0)],
    ['one that began two minutes before it', theirs(-120)],
    ['one that began two minutes after it', theirs(120, hourS - 120)],
    ['one that was stopped twelve minutes late', theirs(0, 4320)],
    ['one that was stopped ten minutes early', theirs(0, 3000)],
    ['a virtual one', theirs(0, hourS, { type: 'VirtualRide' })],
    ['one of a sport that says little', theirs(0, hourS, { type: 'Workout' })],
    ['one without a sport', theirs(0, hourS, { type: null })],
    ['one of which only the local start is told', theirs(0, hourS, { startDate: null })],
    ['one without an external id', theirs(0, hourS, { externalId: null })],
  ])('is the same as %s', (_, activity) => {
    expect(found(hour, [activity])).toEqual(garmins)
  })

  test.each<[string, ActivitySummary]>([
    ['one that began two minutes and a second after it', theirs(121)],
    ['one that began two minutes and a second before it', theirs(-121)],
    ['one that was stopped sixteen minutes late', theirs(0, 4560)],
    ['one that was stopped thirteen minutes early', theirs(0, 2820)],
    ['a run', theirs(0, hourS, { type: 'Run' })],
    ['an hour of weights', theirs(0, hourS, { type: 'WeightTraining' })],
    ['the next hour', theirs(hourS)],
    ['the same hour of the day before', theirs(-24 * hourS)],
    ['the same hour of the day after', theirs(24 * hourS)],
    ['one of an unknown length', theirs(0, null)],
    ['one that never began', theirs(0, hourS, { startDate: null, startDateLocal: null })],
    ['one that began at no time', theirs(0, hourS, { startDate: null, startDateLocal: 'today' })],
    ['what Musette sent', theirs(0, hourS, { externalId: 'musette-0123' })],
    ['what was typed in by hand, which holds no ride', theirs(0, hourS, { source: 'MANUAL' })],
  ])('is not the same as %s', (_, activity) => {
    expect(found(hour, [activity])).toBeNull()
  })

  test.each<[string, Partial<Ride>]>([
    ['unknown', { startTime: null }],
    ['no time', { startTime: 'never' }],
  ])('whose start is %s is the same as nothing', (_, change) => {
    expect(found({ ...hour, ...change }, [theirs(0), stub('2026-11-21T08:00:00')])).toBeNull()
  })

  test.each([null, 0, Number.NaN])('whose length is %s is the same as nothing', durationS => {
    expect(found({ ...hour, durationS }, [theirs(0), stub('2026-11-21T08:00:00')])).toBeNull()
  })

  test('is the nearest of several', () => {
    const near = theirs(5, hourS, { id: 'near', source: 'WAHOO' })
    expect(found(hour, [theirs(60), near, theirs(-90)])).toEqual({
      activityIds: ['near'],
      owner: 'Wahoo',
      isSure: true,
    })
  })

  test('may belong to an app of any name, or of none', () => {
    const app = { source: 'OAUTH_CLIENT', sourceName: 'Other' }
    expect(found(hour, [theirs(0, hourS, app)])?.owner).toBe('Other')
    expect(found(hour, [theirs(0, hourS, { source: null })])?.owner).toBeNull()
  })
})

describe('two short laps in a row', () => {
  const lap: Ride = { ...hour, durationS: 90, sport: 'running' }
  const run = { type: 'Run' }
  test.each<[number, boolean]>([
    [0, true],
    [-15, true],
    [15, true],
    [46, false],
    [90, false],
    [-90, false],
    [100, false],
  ])('the one that began %i s later is the same: %s', (offS, isSame) => {
    expect(found(lap, [theirs(offS, 90, run)]) !== null).toBe(isSame)
  })

  test('are told apart by their starts alone, too', () => {
    expect(found(lap, [stub('2026-11-21T08:01:30')])).toBeNull()
    expect(found(lap, [stub('2026-11-21T08:00:30')])).not.toBeNull()
  })

  test('are not the long run they lie in', () => {
    expect(found(lap, [theirs(0, hourS, run)])).toBeNull()
  })
})

describe('a stub of Strava', () => {
  test.each<[string, string, string, boolean]>([
    ['2026-11-21T08:00:00.000Z', 'UTC', '2026-11-21T08:01:59', true],
    ['2026-11-21T08:00:00.000Z', 'UTC', '2026-11-21T08:02:01', false],
    ['2026-11-21T08:00:00.000Z', 'Europe/Berlin', '2026-11-21T09:00:00', true],
    ['2026-11-21T08:00:00.000Z', 'Europe/Berlin', '2026-11-21T08:00:00', false],
    ['2026-07-21T08:00:00.000Z', 'Europe/Berlin', '2026-07-21T10:00:00', true],
    // Another day there than in UTC.
    ['2026-11-21T23:30:00.000Z', 'Pacific/Auckland', '2026-11-22T12:30:00', true],
    ['2026-11-21T03:00:00.000Z', 'America/Los_Angeles', '2026-11-20T19:00:00', true],
    ['2026-11-21T03:00:00.000Z', 'America/Los_Angeles', '2026-11-21T19:00:00', false],
    ['2026-11-21T08:00:00.000Z', 'Asia/Kathmandu', '2026-11-21T13:45:00', true],
    ['2026-11-21T08:00:00.000Z', 'Not/A_Zone', '2026-11-21T08:00:00', false],
  ])('a ride at %s in %s and one at %s there are the same: %s', (startTime, zone, local, isSame) => {
    const same = found({ ...hour, startTime }, [stub(local)], zone)
    expect(same).toEqual(isSame ? { activityIds: ['187'], owner: 'Strava', isSure: false } : null)
  })

  test('that tells more is held to it', () => {
    expect(found(hour, [{ ...theirs(0, 600), source: 'STRAVA' }])).toBeNull()
  })
})

describe('a triathlon', () => {
  const race: Ride = { ...hour, durationS: 2 * hourS, sport: 'multisport', sessions: 5 }
  const leg = (
    id: string,
    offS: number,
    elapsedS: number,
    type: string,
    other: Partial<ActivitySummary> = {},
  ) => theirs(offS, elapsedS, { id, type, ...other })
  const legs = [
    leg('run', 5400, 1800, 'Run'),
    leg('bike', 1800, 3480, 'Ride'),
    leg('swim', 10, 1600, 'OpenWaterSwim'),
  ]

  test('is the same as its sports together, in their order', () => {
    expect(found(race, legs)).toEqual({
      activityIds: ['swim', 'bike', 'run'],
      owner: 'Garmin Connect',
      isSure: true,
    })
  })

  test('is not the same as some of them', () => {
    expect(found(race, legs.slice(1))).toBeNull()
    expect(found(race, legs.slice(0, 2))).toBeNull()
    expect(found(race, legs.slice(2))).toBeNull()
  })

  test('is not put together of what several apps sent', () => {
    expect(found(race, [...legs.slice(1), leg('run', 5400, 1800, 'Run', { source: 'WAHOO' })])).toBeNull()
  })

  test('does not count the same time twice', () => {
    const swims = [0, 1, 2, 3].map(at => leg(`s${at}`, at * 10, 1800, 'Swim'))
    expect(found(race, swims)).toBeNull()
  })

  test('is the same as the whole of it from elsewhere', () => {
    expect(found(race, [...legs, theirs(0, 2 * hourS, { id: 'all', type: 'Other' })])?.activityIds).toEqual([
      'all',
    ])
  })

  test('of one recording alone is not made of a row of rides', () => {
    expect(found({ ...race, sessions: 1 }, legs)).toBeNull()
  })
})

test.each([
  ['cycling', 'GravelRide', true],
  ['e_biking', 'Ride', true],
  ['walking', 'Hike', true],
  ['swimming', 'OpenWaterSwim', true],
  ['cycling', 'VirtualRun', false],
])('%s and %s are one family: %s', (mine, other, isOne) => {
  expect(sportFamily(mine) === sportFamily(other)).toBe(isOne)
})

test.each([null, '', 'generic', 'training', 'Workout', 'Other', 'sport 99'])('%j is of no family', word => {
  expect(sportFamily(word)).toBeNull()
})
