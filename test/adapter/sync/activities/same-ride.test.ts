import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import type { SameRidePolicy } from '../../../../shared/settings.ts'
import {
  findFile,
  ignoreFile,
  retryFile,
  uploadAnyway,
} from '../../../../electron/sync/folders/file-requests.ts'
import { changeSource } from '../../../../electron/sync/folders/manage-sources.ts'
import type { ActivitySummary } from '../../../../electron/sync/ports/intervals-service.ts'
import { EngineHome, hourMs } from '../../../helpers/engine-home.ts'
import { failure, lostBeforeStoring } from '../../../helpers/fake-service.ts'
import { fitRide } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

async function withPolicy(sameRide: SameRidePolicy): Promise<void> {
  const source = await home.addSource()
  await changeSource(home.parts, source.id, { sameRide })
}

/** The ride's own minute, as Garmin sent it. */
const garmins: Partial<ActivitySummary> = {
  ...{ externalId: '2389', source: 'GARMIN_CONNECT', type: 'Ride', elapsedS: 60 },
  startDate: '2026-11-21T08:00:05.000Z',
}
const theirBytes = new Uint8Array([1, 2, 3])
const file = () => findFile(home.parts.ledger, 'rides/a.fit', home.root)
const down = () => new AppError('service-down', '502', 'retry')
const offline = () => new AppError('offline', 'no route', 'wait-for-network')

describe('a ride that Garmin has sent too', () => {
  test('goes up where the source says upload, and nothing more is asked', async () => {
    await withPolicy('upload')
    home.service.hold(theirBytes, garmins)
    home.put('rides/a.fit', fitRide())
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
    expect(home.service.calls).toEqual(['profile', 'upload a.fit'])
  })

  test('is left where the source says skip, and says whose it is', async () => {
    await withPolicy('skip')
    home.service.hold(theirBytes, garmins)
    home.put('rides/a.fit', fitRide())
    const report = await home.sync()
    expect(home.service.calls).toEqual(['profile', 'list'])
    expect(home.files()).toMatchObject([
      { state: 'alreadyThere', reason: 'Already there, from Garmin Connect.', activityIds: ['a1'] },
    ])
    expect([report.alreadyThere, report.uploaded, home.archived().length]).toEqual([1, 0, 1])
  })

  test('is held where the source says ask, and says whose it is', async () => {
    await withPolicy('ask')
    home.service.hold(theirBytes, garmins)
    home.put('rides/a.fit', fitRide())
    const report = await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'held same-ride' })
    expect(home.files()[0]?.reason).toMatch(/^The same ride is there already, from Garmin Connect\. Kept/)
    expect([home.service.names, report.held]).toEqual([[], 1])
    // A later pass, and a new start, ask nothing more about it.
    home.service.calls.length = 0
    await home.sync()
    await home.restart()
    await home.sync()
    expect(home.service.calls).toEqual(['profile', 'profile'])
  })

  test.each<SameRidePolicy>(['ask', 'skip'])('goes up by "upload anyway", said once (%s)', async policy => {
    await withPolicy(policy)
    home.service.hold(theirBytes, garmins)
    home.put('rides/a.fit', fitRide())
    await home.sync()
    await uploadAnyway(home.parts, file())
    home.service.script.push(failure(offline()))
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
    // Also the second attempt, after one that met no network, asks nothing more.
    expect(home.service.calls).toEqual(['profile', 'list', 'profile', 'upload a.fit', 'upload a.fit'])
  })

  test('is not sent by "retry", and is let go by "ignore"', async () => {
    await withPolicy('ask')
    home.service.hold(theirBytes, garmins)
    home.put('rides/a.fit', fitRide())
    await home.sync()
    retryFile(home.parts, file())
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'held same-ride' })
    ignoreFile(home.parts, file())
    await home.sync()
    expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'ignored ignored-by-you' }, []])
  })

  test('stays held when the source is set to upload later: a policy is for rides to come', async () => {
    await withPolicy('ask')
    home.service.hold(theirBytes, garmins)
    home.put('rides/a.fit', fitRide())
    await home.sync()
    await changeSource(home.parts, 's1', { sameRide: 'upload' })
    home.put('rides/b.fit', fitRide('2026-11-21T08:00:00Z', 2))
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'held same-ride', 'rides/b.fit': 'uploaded sent' })
  })
})

describe('a ride that nobody else has sent', () => {
  test.each<SameRidePolicy>(['ask', 'skip'])('goes up after one look (%s)', async policy => {
    await withPolicy(policy)
    home.service.hold(theirBytes, { ...garmins, startDate: '2026-11-21T09:00:00.000Z' })
    home.put('rides/a.fit', fitRide())
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
    expect(home.service.calls).toEqual(['profile', 'list', 'upload a.fit'])
  })

  test('is not held for what Musette itself sent of another recording', async () => {
    await withPolicy('skip')
    home.put('rides/a.fit', fitRide())
    await home.sync()
    home.put('rides/b.fit', fitRide('2026-11-21T08:00:00Z', 2))
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent', 'rides/b.fit': 'uploaded sent' })
  })

  test.each(['skip', 'ask'] as const)(
    'of which only a local start is told is held, also by %s',
    async policy => {
      await withPolicy(policy)
      home.service.athlete = { ...home.service.athlete, timeZone: 'Asia/Tokyo' }
      home.service.hold(theirBytes, {
        ...{ source: 'STRAVA', type: null, elapsedS: null, startDateLocal: '2026-11-21T17:00:02' },
      })
      home.put('rides/a.fit', fitRide())
      await home.sync()
      // It may be a minute of the ride, from a device that then died: nothing is left out unasked.
      expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'held same-ride' }, []])
    },
  )
})

describe('a look-up that fails', () => {
  test.each([
    ['offline', offline, 'retrying offline'],
    ['service-down', down, 'retrying service-down'],
    [
      'refused-by-service',
      () => new AppError('refused-by-service', 'no', 'give-up'),
      'retrying service-down',
    ],
  ])('with %s is made again later, and nothing is sent before it', async (_, error, state) => {
    await withPolicy('ask')
    home.service.hold(theirBytes, garmins)
    home.service.listError = error()
    home.put('rides/a.fit', fitRide())
    await home.sync()
    expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': state }, []])
    home.service.listError = null
    await home.clock.advance(hourMs)
    await home.sync()
    expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'held same-ride' }, []])
  })

  test('that is cut by stopping leaves the ride as due as before', async () => {
    await withPolicy('ask')
    home.put('rides/a.fit', fitRide())
    const stop = new AbortController()
    home.service.listError = new AppError('offline', 'cut', 'wait-for-network')
    const list = home.service.listActivities.bind(home.service)
    home.service.listActivities = async query => {
      stop.abort()
      return list(query)
    }
    await home.sync(stop.signal)
    expect(home.states()).toEqual({ 'rides/a.fit': 'queued new-ride' })
    expect(home.service.names).toEqual([])
  })

  test('does not undo an "ignore" said meanwhile', async () => {
    await withPolicy('ask')
    home.service.hold(theirBytes, garmins)
    home.put('rides/a.fit', fitRide())
    const list = home.service.listActivities.bind(home.service)
    home.service.listActivities = async query => {
      ignoreFile(home.parts, file())
      return list(query)
    }
    await home.sync()
    expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'ignored ignored-by-you' }, []])
  })
})

test('a ride whose reply was lost is looked up as our own, whatever the policy', async () => {
  await withPolicy('skip')
  home.put('rides/a.fit', fitRide())
  home.service.script.push(lostBeforeStoring())
  await home.sync()
  expect(home.service.calls).toEqual(['profile', 'list', 'upload a.fit', 'list', 'upload a.fit'])
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})
