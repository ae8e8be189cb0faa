import { expect, test } from 'vitest'
import { countCrash } from '../../../../electron/desktop/window/crash-limit.ts'

test.each([
  ['the first', [], 0, true],
  ['a second soon after', [0], 1_000, true],
  ['a third within a minute', [0, 1_000], 59_999, false],
  ['a third when the first is a minute old', [0, 1_000], 60_000, true],
])('%s crash: worth another try is %4$s', (_what, before, nowMs, isWorthAnotherTry) => {
  expect(countCrash(before, nowMs).isWorthAnotherTry).toBe(isWorthAnotherTry)
})

test('forgets what is older than a minute', () => {
  expect(countCrash([0, 30_000], 70_000).crashes).toEqual([30_000, 70_000])
})
