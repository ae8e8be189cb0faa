import { expect, test } from 'vitest'
import { activePause, pauseLeftMs } from '../../../shared/pause.ts'
import type { Pause } from '../../../shared/preferences.ts'

const nowMs = Date.UTC(2026, 10, 21, 10)
const until = (ms: number): Pause => ({ kind: 'until', at: new Date(ms).toISOString() })

test.each<[string, Pause, boolean, number]>([
  ['none', { kind: 'none' }, false, 0],
  ['one until resumed', { kind: 'untilResumed' }, true, Number.POSITIVE_INFINITY],
  ['one that ends in a second', until(nowMs + 1000), true, 1000],
  ['one that ends now', until(nowMs), false, 0],
  ['the longest that is ever made', until(nowMs + 27 * 3_600_000), true, 27 * 3_600_000],
  ['one that was made while the clock ran years ahead', until(nowMs + 1200 * 86_400_000), false, 0],
  ['one that ended yesterday', until(nowMs - 86_400_000), false, 0],
])('of %s', (_, pause, isActive, leftMs) => {
  expect([activePause(pause, nowMs), pauseLeftMs(pause, nowMs)]).toEqual([isActive ? pause : null, leftMs])
})
