import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { externalId } from '../../../electron/sync/activities/look-up.ts'
import { PassNotes, takeIn } from '../../../electron/sync/pass.ts'
import { RunLoop } from '../../../electron/sync/run-loop.ts'
import { EngineHome, hourMs, minuteMs, never, nowMs } from '../../helpers/engine-home.ts'
import { fitRide, sha256Of, tcxRide } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

test('a pause made while the clock ran ahead ends once it is set right', async () => {
  await home.addSource()
  const at = new Date(nowMs + aheadMs + hourMs).toISOString()
  await home.parts.settings.update(before => ({ ...before, pause: { kind: 'until', at } }))
  const stop = new AbortController()
  const running = new RunLoop(home.parts).run(stop.signal)
  home.put('rides/a.fit', fitRide())
  await home.clock.advance(minuteMs)
  stop.abort()
  await running
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  expect(home.parts.settings.current().pause).toEqual({ kind: 'none' })
})

const aheadMs = Date.UTC(2030, 0, 1) - nowMs

test.each([
  ['and Musette goes on', false],
  ['and Musette starts anew', true],
])('waits written while the clock ran ahead end once it is set right: %s', async (_, isNewStart) => {
  await home.addSource()
  home.clock.jump(aheadMs)
  const lost = fitRide('2026-11-21T06:00:00Z')
  const slowed = fitRide('2026-11-21T07:00:00Z')
  home.put('rides/lost.fit', lost)
  home.put('rides/slowed.fit', slowed)
  home.put('rides/settling.tcx', tcxRide(), 0)
  const { poisoned } = home.service
  poisoned.set(externalId(sha256Of(lost)), new AppError('outcome-unknown', 'the reply was lost', 'retry'))
  const slowDown = new AppError('rate-limited', '429', 'retry', { retryAfterMs: 10 * minuteMs })
  poisoned.set(externalId(sha256Of(slowed)), slowDown)
  const { sources } = home.parts.settings.current()
  await takeIn(home.parts, sources, new PassNotes(), never)
  await home.parts.queue.drain('i1', () => sources, never)
  expect(home.states()).toEqual({
    'rides/lost.fit': 'retrying outcome-unknown',
    'rides/settling.tcx': 'waiting settling',
    'rides/slowed.fit': 'retrying rate-limited',
  })
  poisoned.clear()
  home.clock.jump(-aheadMs)
  if (isNewStart) await home.restart()
  await home.sync()
  expect(home.states()).toEqual({
    'rides/lost.fit': 'uploaded sent',
    'rides/settling.tcx': 'uploaded sent',
    'rides/slowed.fit': 'uploaded sent',
  })
})
