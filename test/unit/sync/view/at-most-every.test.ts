import { afterEach, beforeEach, expect, test } from 'vitest'
import { atMostEvery } from '../../../../electron/sync/view/at-most-every.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'

let clock: FakeClock
let told: number[]
let stop: AbortController
let tell: () => void

beforeEach(() => {
  clock = new FakeClock(0)
  told = []
  stop = new AbortController()
  tell = atMostEvery(clock, 250, stop.signal, () => told.push(clock.now()))
})
afterEach(() => stop.abort())

test('the first is told at once, those that follow together when the time is over', async () => {
  for (let n = 0; n < 5; n += 1) tell()
  await clock.advance(1000)
  expect(told).toEqual([0, 250])
})

test('of a storm no more than four a second are told, and the last is never lost', async () => {
  for (let n = 0; n < 100; n += 1) {
    tell()
    await clock.advance(10)
  }
  await clock.advance(1000)
  expect(told).toEqual([0, 250, 500, 750, 1000])
})

test('after a rest the next is told at once again', async () => {
  tell()
  await clock.advance(10_000)
  tell()
  expect(told).toEqual([0, 10_000])
})

test('one that is asked for while it is told is not lost', async () => {
  let isFirst = true
  const again = atMostEvery(clock, 250, stop.signal, () => {
    told.push(clock.now())
    if (isFirst) again()
    isFirst = false
  })
  again()
  await clock.advance(1000)
  expect(told).toEqual([0, 250])
})

test('nothing is told after the end', async () => {
  tell()
  tell()
  stop.abort()
  await clock.advance(1000)
  tell()
  expect(told).toEqual([0])
})
