import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { countStates } from '../../../electron/sync/overview.ts'
import { activityStates } from '../../../shared/states.ts'
import { EngineHome } from '../../helpers/engine-home.ts'
import { fitRide, sha256Of, tcxRide, unfinished } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

describe('a pass', () => {
  test('with nothing to do is one profile request', async () => {
    const report = await home.sync()
    expect(home.service.calls).toEqual(['profile'])
    expect(report).toEqual({
      ...{ uploaded: 0, alreadyThere: 0, waiting: 0, held: 0, notActivity: 0, tooOld: 0, rejected: 0 },
      ...{ retrying: 0, ignored: 0, queued: 0, workoutsWritten: 0, workoutsRemoved: 0 },
      ...{ workoutsUnchanged: 0, errors: [] },
    })
  })

  test('sends a new ride once', async () => {
    await home.addSource()
    home.put('rides/a.fit', fitRide())
    const first = await home.sync()
    const second = await home.sync()
    expect([first.uploaded, second.uploaded, home.service.names]).toEqual([1, 0, ['a.fit']])
    expect([home.states(), home.staged()]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
  })

  test('sends the very bytes, unpacked, under the name of the file and of their hash', async () => {
    await home.addSource()
    home.put('rides/Morning Ride.TCX', tcxRide())
    await home.sync()
    const sha256 = sha256Of(tcxRide())
    expect(home.service.uploads).toEqual([
      {
        ...{ athleteId: 'i1', fileName: 'Morning Ride.tcx', externalId: `musette-${sha256.slice(0, 32)}` },
        ...{ sha256, bytes: tcxRide().length, isBackfill: false },
      },
    ])
  })

  test('waits in place for a ride that settles, not for one that is unfinished', async () => {
    await home.addSource()
    home.put('rides/a.tcx', tcxRide(), 0)
    home.put('rides/b.fit', unfinished(fitRide()), 0)
    const report = await home.sync()
    expect(home.states()).toEqual({ 'rides/a.tcx': 'uploaded sent', 'rides/b.fit': 'waiting unfinished' })
    expect([report.uploaded, report.waiting, report.errors]).toEqual([1, 1, []])
    expect(home.clock.waits).toEqual([10_000])
  })

  test('waits for a ride whose file claims to be from the future by its own watching', async () => {
    await home.addSource()
    home.put('rides/a.tcx', tcxRide(), -86_400_000)
    await home.sync()
    expect([home.clock.waits, home.states()]).toEqual([[10_000], { 'rides/a.tcx': 'uploaded sent' }])
  })

  test('archives also without a connection, so that the trainer may overwrite the file', async () => {
    await home.addSource()
    home.put('rides/a.fit', fitRide('2026-11-21T08:00:00Z'))
    home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
    const report = await home.sync()
    home.put('rides/a.fit', fitRide('2026-11-21T09:00:00Z'))
    home.service.profileError = null
    await home.sync()
    expect([report.errors.map(each => each.code), report.queued]).toEqual([['offline'], 1])
    expect(home.service.uploads.map(upload => upload.sha256)).toEqual([
      sha256Of(fitRide('2026-11-21T08:00:00Z')),
      sha256Of(fitRide('2026-11-21T09:00:00Z')),
    ])
  })

  test('asks a stumbling service three times whose key it is', async () => {
    home.service.profileError = new AppError('service-down', '503', 'retry')
    const report = await home.sync()
    expect([home.service.calls, home.clock.waits]).toEqual([
      ['profile', 'profile', 'profile'],
      [1000, 2000],
    ])
    expect(report.errors.map(each => each.code)).toEqual(['service-down'])
  })

  test('shows a ride that was deleted on the service, and does not send it again', async () => {
    await home.addSource()
    home.put('rides/a.fit', fitRide())
    await home.sync()
    home.service.activities.length = 0
    await home.clock.advance(11 * 60_000)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded deleted-on-service' })
    expect(home.service.names).toEqual(['a.fit'])
  })
})

test('the counts of a pass are the files of each state', async () => {
  home.put('rides/old.fit', fitRide('2026-01-01T08:00:00Z'))
  await home.addSource()
  home.put('rides/a.fit', fitRide('2026-11-21T08:00:00Z'))
  home.put('rides/twin.fit', fitRide('2026-11-21T08:00:00Z'))
  home.put('rides/held.fit', unfinished(fitRide('2026-11-19T08:00:00Z')), 48 * 3_600_000)
  home.put('rides/half.fit', unfinished(fitRide('2026-11-21T09:00:00Z')))
  const report = await home.sync()
  const counts = { waiting: 1, held: 1, tooOld: 1, uploaded: 2 }
  const none = Object.fromEntries(activityStates.map(state => [state, 0]))
  expect(countStates(home.parts.ledger)).toEqual({ ...none, ...counts })
  expect([report.uploaded, report.waiting, report.held, report.tooOld]).toEqual([1, 1, 1, 1])
})
