import type { PowerMonitor } from 'electron'
import { expect, test } from 'vitest'
import { followPower } from '../../../electron/desktop/power.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { FakeEmitter } from '../../helpers/fake-emitter.ts'
import { LogLines } from '../../helpers/log-lines.ts'
import { snapshotMs } from '../../helpers/snapshot-parts.ts'

function stage() {
  const monitor = new FakeEmitter()
  const line = { isOnline: true }
  const done: string[] = []
  const clock = new FakeClock(snapshotMs)
  const stop = new AbortController()
  const { messages, log } = new LogLines()
  followPower(
    {
      powerMonitor: monitor as unknown as Pick<PowerMonitor, 'on'>, // only listened to
      net: { isOnline: () => line.isOnline },
      clock,
      log,
      wake: () => done.push('wake'),
      onShutdown: () => done.push('shutdown'),
    },
    stop.signal,
  )
  return { monitor, line, done, clock, stop, messages }
}

test.each([
  ['suspend', []],
  ['resume', ['wake']],
  ['unlock-screen', ['wake']],
  ['on-battery', []],
  ['on-ac', []],
])('on %s', (name, expected) => {
  const { monitor, done } = stage()
  monitor.happen(name)
  expect(done).toEqual(expected)
})

test('holds a shutdown back until Musette has ended', () => {
  const { monitor, done } = stage()
  expect(monitor.happen('shutdown').isPrevented).toBe(true)
  expect(done).toEqual(['shutdown'])
})

test('looks again when the line is back, and only then', async () => {
  const { line, done, clock, messages } = stage()
  line.isOnline = false
  await clock.advance(30_000)
  expect(done).toEqual([])
  line.isOnline = true
  await clock.advance(30_000)
  expect(done).toEqual(['wake'])
  expect(messages).toEqual(['info: the network is gone', 'info: the network is back'])
})

test('ends with the app', async () => {
  const { line, done, clock, stop } = stage()
  line.isOnline = false
  await clock.advance(20_000)
  stop.abort()
  line.isOnline = true
  await clock.advance(60_000)
  expect(done).toEqual([])
})
