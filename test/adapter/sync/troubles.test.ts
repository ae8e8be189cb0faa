import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { exitCodeOfSync } from '../../../electron/headless/exit-codes.ts'
import { readTroubles } from '../../../electron/sync/known-troubles.ts'
import { RunLoop } from '../../../electron/sync/run-loop.ts'
import { EngineHome, minuteMs } from '../../helpers/engine-home.ts'
import { failure } from '../../helpers/fake-service.ts'
import { fitRide } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
})
afterEach(() => home.close())

const revoked = new AppError('signed-out', '401', 'sign-in')
const codes = (): readonly string[] => [...new Set(readTroubles(home.parts.ledger).map(each => each.code))]

describe('a revoked key', () => {
  test('is told by the ledger and by each queued ride, until a sync goes well', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.profileError = revoked
    await home.sync()
    expect([codes(), home.states()]).toEqual([['signed-out'], { 'rides/a.fit': 'queued signed-out' }])
    home.service.profileError = null
    await home.sync()
    expect([codes(), home.states()]).toEqual([[], { 'rides/a.fit': 'uploaded sent' }])
  })

  test('is told while Musette keeps running, until the key is good again', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.profileError = revoked
    const stop = new AbortController()
    const loop = new RunLoop(home.parts)
    const running = loop.run(stop.signal)
    await home.clock.advance(minuteMs)
    const before = [codes(), home.states()]
    home.service.profileError = null
    loop.wake()
    await home.clock.advance(minuteMs)
    const after = [codes(), home.states()]
    stop.abort()
    await running
    expect(before).toEqual([['signed-out'], { 'rides/a.fit': 'queued signed-out' }])
    expect(after).toEqual([[], { 'rides/a.fit': 'uploaded sent' }])
  })

  test('that is refused with 403 for the profile ends a sync as signed out', async () => {
    home.service.profileError = new AppError('forbidden', 'access denied', 'give-up')
    const report = await home.sync()
    expect([report.errors.map(each => each.code), exitCodeOfSync(report)]).toEqual([['signed-out'], 3])
  })
})

describe('a sync that does not do all', () => {
  test('because it is stopped says so', async () => {
    home.put('rides/a.fit', fitRide())
    home.service.script.push({ kind: 'hold', open: new Promise(() => undefined) })
    const stop = new AbortController()
    const pass = home.sync(stop.signal)
    while (home.service.names.length === 0) await new Promise(resolve => setImmediate(resolve))
    stop.abort()
    expect((await pass).errors.map(each => each.code)).toEqual(['interrupted'])
  })

  test('because an earlier wait still holds says so, but only while rides are left', async () => {
    home.put('rides/a.fit', fitRide())
    const slowDown = new AppError('rate-limited', '429', 'retry', { retryAfterMs: 10 * minuteMs })
    home.service.script.push(failure(slowDown))
    await home.sync()
    const held = await home.sync()
    home.clock.jump(11 * minuteMs)
    const sent = await home.sync()
    home.parts.queue.obeyUntil(home.clock.now() + 10 * minuteMs)
    const nothingLeft = await home.sync()
    expect([held, sent, nothingLeft].map(report => report.errors.map(each => each.code))).toEqual([
      ['rate-limited'],
      [],
      [],
    ])
  })

  test('because nobody is signed in is not noted as the last sync', async () => {
    home.service.profileError = revoked
    await home.sync()
    const before = home.parts.ledger.meta.readNumber('last-sync-at')
    home.service.profileError = null
    await home.sync()
    expect([before, home.parts.ledger.meta.readNumber('last-sync-at')]).toEqual([null, home.clock.now()])
  })
})
