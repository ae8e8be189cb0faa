import { expect, test } from 'vitest'
import { activityStates, isActivityState, leastFinished, statesByFinish } from '../../../shared/states.ts'
import type { ActivityState } from '../../../shared/states.ts'

test('the order of finishing has every state once', () => {
  expect(statesByFinish.toSorted()).toEqual(activityStates.toSorted())
})

test.each<[string, boolean]>([
  ...activityStates.map((state): [string, boolean] => [state, true]),
  ['lost', false],
  ['', false],
  ['Held', false],
])('%j is a state: %s', (text, known) => {
  expect(isActivityState(text)).toBe(known)
})

test.each<[readonly ActivityState[], ActivityState]>([
  [['uploaded'], 'uploaded'],
  [['uploaded', 'waiting'], 'waiting'],
  [['uploaded', 'held', 'queued'], 'queued'],
  [['notActivity', 'uploaded'], 'uploaded'],
  [['notActivity', 'tooOld', 'ignored', 'alreadyThere'], 'alreadyThere'],
  [['held', 'rejected', 'uploaded'], 'held'],
  [['retrying', 'uploading', 'queued'], 'uploading'],
])('a zip of %j is %s', (states, shown) => {
  const items = states.map(state => ({ state }))
  expect(leastFinished(items)).toEqual({ state: shown })
  expect(leastFinished(items.toReversed())).toEqual({ state: shown })
})

test('of equals the first is shown, and of nothing nothing', () => {
  const [first, second] = [
    { state: 'held', name: 'a' },
    { state: 'held', name: 'b' },
  ] as const
  expect([leastFinished([first, second]), leastFinished([])]).toEqual([first, null])
})
