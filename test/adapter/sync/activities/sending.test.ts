import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import { externalId } from '../../../../electron/sync/activities/look-up.ts'
import { EngineHome, minuteMs, nowMs } from '../../../helpers/engine-home.ts'
import { failure, lostAfterStoring, lostBeforeStoring } from '../../../helpers/fake-service.ts'
import { fitRide, sha256Of } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
})
afterEach(() => home.close())

const error = {
  signedOut: () => new AppError('signed-out', '401', 'sign-in'),
  forbidden: () => new AppError('forbidden', 'may not upload', 'give-up'),
  offline: () => new AppError('offline', 'no route', 'wait-for-network'),
  down: () => new AppError('service-down', '500', 'retry', { bodySent: true }),
  refused: () => new AppError('refused-by-service', 'no timed points', 'give-up', { status: 422 }),
  slowDown: (retryAfterMs?: number) =>
    new AppError('rate-limited', '429', 'retry', retryAfterMs === undefined ? {} : { retryAfterMs }),
}

describe('a lost reply', () => {
  test('is looked up after 5 s, and the activity found there is the ride', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push(lostAfterStoring())
    const report = await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded found-after-lost-reply' })
    expect(home.service.calls).toEqual(['profile', 'upload a.fit', 'list'])
    expect(home.clock.waits).toEqual([5000])
    expect([report.uploaded, home.files()[0]?.activityIds]).toEqual([1, ['a1']])
  })

  test('that stored nothing is sent again', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push(lostBeforeStoring())
    await home.sync()
    expect(home.service.calls).toEqual(['profile', 'upload a.fit', 'list', 'upload a.fit'])
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })

  test('whose activity the list does not show yet ends with the one the service names', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push(lostAfterStoring(), {
      kind: 'answer',
      reply: { kind: 'alreadyThere', activityIds: ['a1'] },
    })
    home.service.listError = error.refused()
    await home.sync()
    // A refused look-up is no verdict on the ride.
    expect(home.states()).toEqual({ 'rides/a.fit': 'retrying service-down' })
    home.service.listError = null
    home.service.activities.length = 0
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded found-after-lost-reply' })
    expect(home.files()[0]?.activityIds).toEqual(['a1'])
  })

  test('is still looked up first when the look-up itself failed', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push(lostAfterStoring())
    home.service.listError = error.offline()
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'retrying offline' })
    home.service.listError = null
    await home.sync()
    expect(home.service.names).toEqual(['a.fit'])
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded found-after-lost-reply' })
  })

  test('keeps its 5 s over a sync that makes other waits due', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push(lostAfterStoring())
    await home.sync()
    home.parts.queue.forgetOwnBackOff()
    home.parts.ledger.recordings.change(
      sha256Of(fitRide()),
      {
        ...{ state: 'retrying', reason: { code: 'outcome-unknown', detail: null }, mustLookUp: true },
        ...{ nextAttemptAtMs: home.clock.now() + 5000, failures: 1, activityIds: [] },
      },
      home.clock.now(),
    )
    home.parts.queue.forgetOwnBackOff()
    expect(home.parts.queue.nextAtMs(home.parts.settings.current().sources)).toBe(home.clock.now() + 5000)
  })
})

test('an upload that was under way when the process ended is looked up first', async () => {
  home.put('rides/a.fit', fitRide())
  await home.sync()
  const sha256 = sha256Of(fitRide())
  const row = home.parts.ledger.recordings.byHash(sha256)
  if (row === null) throw new Error('no recording')
  home.parts.ledger.recordings.change(sha256, { ...row, state: 'uploading', activityIds: [] }, nowMs)
  home.service.calls.length = 0
  await home.restart()
  expect(home.states()).toEqual({ 'rides/a.fit': 'retrying outcome-unknown' })
  await home.sync()
  expect(home.service.calls).toEqual(['profile', 'list'])
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded found-after-lost-reply' })
})

test('an upload that is cut by stopping is in doubt, and looked up at the next start', async () => {
  home.put('rides/a.fit', fitRide())
  const stop = new AbortController()
  home.service.script.push({ kind: 'hold', open: new Promise(() => undefined) })
  const pass = home.sync(stop.signal)
  while (home.service.names.length === 0) await new Promise(resolve => setImmediate(resolve))
  stop.abort()
  await pass
  expect(home.states()).toEqual({ 'rides/a.fit': 'retrying outcome-unknown' })
  await home.restart()
  await home.sync()
  expect(home.service.calls.slice(-2)).toEqual(['list', 'upload a.fit'])
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

describe('what the service answers', () => {
  const two = (): void => {
    home.put('rides/a.fit', fitRide('2026-11-21T06:00:00Z'))
    home.put('rides/b.fit', fitRide('2026-11-21T07:00:00Z'))
  }

  test('a refusal of one ride rejects that one only', async () => {
    two()
    home.service.poisoned.set(externalId(sha256Of(fitRide('2026-11-21T06:00:00Z'))), error.refused())
    const report = await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'rejected refused', 'rides/b.fit': 'uploaded sent' })
    expect([report.rejected, report.uploaded]).toEqual([1, 1])
  })

  test('one ride that always fails does not keep the others', async () => {
    two()
    home.service.poisoned.set(externalId(sha256Of(fitRide('2026-11-21T06:00:00Z'))), error.down())
    await home.sync()
    expect(home.states()).toEqual({
      'rides/a.fit': 'retrying service-down',
      'rides/b.fit': 'uploaded sent',
    })
  })

  test('a refused key stops the queue', async () => {
    two()
    home.service.script.push(failure(error.signedOut()), failure(error.signedOut()))
    const report = await home.sync()
    expect(new Set(Object.values(home.states()))).toEqual(new Set(['retrying signed-out']))
    expect([report.errors.map(each => each.code), home.clock.waits]).toEqual([['signed-out'], []])
  })

  test.each([
    ['a good profile is a missing permission', null, 'no-permission', 'forbidden'],
    ['a refused profile is a matter of signing in', error.signedOut(), 'signed-out', 'signed-out'],
  ])('403 with %s', async (_, profileError, word, code) => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push({ kind: 'fail', error: error.forbidden() })
    const { service } = home
    const upload = service.uploadActivity.bind(service)
    service.uploadActivity = (...args) => {
      service.profileError = profileError
      return upload(...args)
    }
    const report = await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': `retrying ${word}` })
    expect(report.errors.map(each => each.code)).toEqual([code])
  })

  test('403 with a key that is somebody else’s by now is a matter of signing in', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push(failure(error.forbidden()))
    const { service } = home
    const upload = service.uploadActivity.bind(service)
    service.uploadActivity = (...args) => {
      service.athlete = { ...service.athlete, id: 'i2' }
      return upload(...args)
    }
    const report = await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'retrying signed-out' })
    expect(report.errors.map(each => each.code)).toEqual(['signed-out'])
  })

  test('403 while nobody can be asked about the key is not called a sign-out', async () => {
    home.put('rides/a.fit', fitRide())
    const { service } = home
    const upload = service.uploadActivity.bind(service)
    service.script.push(failure(error.forbidden()))
    service.uploadActivity = (...args) => {
      service.profileError = service.uploads.length === 0 ? error.offline() : null
      return upload(...args)
    }
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })

  test('an activity from another app is named', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.hold(fitRide(), { source: 'GARMIN_CONNECT' })
    const report = await home.sync()
    expect(home.files()[0]).toMatchObject({
      ...{ state: 'alreadyThere', reason: 'Already there, from Garmin Connect.', activityIds: ['a1'] },
    })
    expect([report.uploaded, report.alreadyThere]).toEqual([0, 1])
  })

  test('a dormant account leaves the ride held', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push({ kind: 'answer', reply: { kind: 'nothingMade' } })
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'held nothing-made' })
  })

  test('several activities of one upload are all kept', async () => {
    home.put('rides/a.fit', fitRide())
    const activityIds = ['x1', 'x2', 'x3']
    home.service.script.push({ kind: 'answer', reply: { kind: 'created', activityIds } })
    await home.sync()
    expect(home.files()[0]?.activityIds).toEqual(activityIds)
  })
})

describe('an archived copy that is lost', () => {
  test.each([
    ['gone', (path: string) => rmSync(path)],
    ['damaged', (path: string) => writeFileSync(path, 'not a gzip')],
  ])('%s is made again from the source and sent, in one sync', async (_, harm) => {
    home.put('rides/a.fit', fitRide())
    home.service.profileError = error.offline()
    await home.sync()
    home.service.profileError = null
    const [copy] = home.archived()
    harm(home.folder(`home/archive/${copy ?? ''}`))
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
    expect(home.service.activities.map(activity => activity.sha256)).toEqual([sha256Of(fitRide())])
  })
})

describe('Retry-After', () => {
  test('is obeyed by a later sync and after a restart', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push(failure(error.slowDown(10 * minuteMs)))
    await home.sync()
    await home.restart()
    await home.sync()
    expect([home.service.names, home.states()]).toEqual([
      ['a.fit'],
      { 'rides/a.fit': 'retrying rate-limited' },
    ])
    await home.clock.advance(11 * minuteMs)
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })

  test('of the second request in flight is not lost behind the failure of the first', async () => {
    home.put('rides/a.fit', fitRide('2026-11-21T06:00:00Z'))
    home.put('rides/b.fit', fitRide('2026-11-21T07:00:00Z'))
    home.service.script.push(failure(error.offline()), failure(error.slowDown(10 * minuteMs)))
    await home.sync()
    expect(home.service.names).toHaveLength(2)
    expect(home.parts.queue.pausedUntilMs()).toBe(nowMs + 10 * minuteMs)
  })

  test('of the profile holds the uploads too', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.profileError = error.slowDown(10 * minuteMs)
    await home.sync()
    home.service.profileError = null
    await home.restart()
    await home.sync()
    expect(home.service.names).toEqual([])
  })

  test('is not what our own back-off is: a sync makes that due at once', async () => {
    home.put('rides/a.fit', fitRide())
    for (let tried = 0; tried < 7; tried += 1) home.service.script.push(failure(error.slowDown()))
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'retrying rate-limited' })
    home.service.script.length = 0
    home.clock.waits.length = 0
    await home.sync()
    expect([home.states(), home.clock.waits]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, []])
  })
})
