import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RunLoop } from '../../../electron/sync/run-loop.ts'
import type { Pause } from '../../../shared/preferences.ts'
import { EngineHome, hourMs, minuteMs, nowMs } from '../../helpers/engine-home.ts'
import { fitRide } from '../../helpers/rides.ts'

let home: EngineHome
let loop: RunLoop
let stop: AbortController
let running: Promise<void>

function start(): void {
  loop = new RunLoop(home.parts)
  stop = new AbortController()
  running = loop.run(stop.signal)
}

async function pause(wanted: Pause): Promise<void> {
  await home.parts.settings.update(before => ({ ...before, pause: wanted }))
  loop.wake()
}

beforeEach(async () => {
  home = await EngineHome.open()
  await home.addSource()
  start()
  await home.clock.advance(minuteMs)
})
afterEach(async () => {
  stop.abort()
  await running
  home.close()
})

const until = (ms: number): Pause => ({ kind: 'until', at: new Date(ms).toISOString() })
const hint = (): void => home.hints.get(home.folder('rides'))?.()
const hourFromStart = nowMs + minuteMs + hourMs

describe('while everything is paused', () => {
  test('nothing is looked at, sent or asked', async () => {
    await pause({ kind: 'untilResumed' })
    home.put('rides/a.fit', fitRide())
    const before = home.service.calls.length
    hint()
    await home.clock.advance(20 * hourMs)
    expect([home.states(), home.service.calls.length - before]).toEqual([{}, 0])
  })

  test('a sync that the user asks for does all it does else', async () => {
    await pause({ kind: 'untilResumed' })
    home.put('rides/a.fit', fitRide())
    const report = await home.sync()
    expect([report.uploaded, home.states()]).toEqual([1, { 'rides/a.fit': 'uploaded sent' }])
  })

  test('the state is paused, also for one that starts then', async () => {
    await pause(until(hourFromStart))
    stop.abort()
    await running
    await home.restart()
    start()
    home.put('rides/a.fit', fitRide())
    await home.clock.advance(30 * minuteMs)
    const { state, pause: shown } = home.view()
    expect([state, shown, home.states()]).toEqual(['paused', until(hourFromStart), {}])
  })
})

test('a pause ends by itself at its time, everything is looked at, and the settings forget it', async () => {
  let changes = 0
  loop.onChange(() => (changes += 1))
  await pause(until(hourFromStart))
  home.put('rides/a.fit', fitRide())
  await home.clock.advance(hourMs - 2000)
  expect([home.states(), home.parts.settings.current().pause]).toEqual([{}, until(hourFromStart)])
  const before = changes
  await home.clock.advance(10_000)
  expect([home.states(), home.parts.settings.current().pause]).toEqual([
    { 'rides/a.fit': 'uploaded sent' },
    { kind: 'none' },
  ])
  expect(changes).toBeGreaterThan(before)
})

test('a pause whose end the clock was set past is over', async () => {
  await pause(until(hourFromStart))
  home.put('rides/a.fit', fitRide())
  home.clock.jump(2 * hourMs)
  await home.clock.advance(10_000)
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('the user ends a pause at once', async () => {
  await pause({ kind: 'untilResumed' })
  home.put('rides/a.fit', fitRide())
  await home.clock.advance(minuteMs)
  await pause({ kind: 'none' })
  await home.clock.advance(1000)
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
})

test('what is going up when the pause begins goes up; the rest waits', async () => {
  const gate = Promise.withResolvers<undefined>()
  const hold = { kind: 'hold', open: gate.promise } as const
  home.service.script.push(hold, hold)
  for (const hour of ['06', '07', '08']) home.put(`rides/${hour}.fit`, fitRide(`2026-11-21T${hour}:00:00Z`))
  hint()
  const upTo = home.clock.advance(1000)
  while (home.service.names.length < 2) await new Promise(resolve => setImmediate(resolve))
  await home.parts.settings.update(before => ({ ...before, pause: { kind: 'untilResumed' } }))
  gate.resolve(undefined)
  await upTo
  await home.clock.advance(hourMs)
  expect(home.states()).toEqual({
    'rides/06.fit': 'uploaded sent',
    'rides/07.fit': 'uploaded sent',
    'rides/08.fit': 'queued new-ride',
  })
})
