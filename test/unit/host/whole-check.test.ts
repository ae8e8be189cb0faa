import { expect, test } from 'vitest'
import { isWholeCheckDue } from '../../../electron/host/unfit-ledger.ts'

const dayMs = 86_400_000
const nowMs = Date.UTC(2026, 10, 21, 12)

test.each([
  ['never', 0, true],
  ['a day ago', nowMs - dayMs, true],
  ['less than a day ago', nowMs - dayMs + 1, false],
  ['in a year to come: the clock was set back since', nowMs + 365 * dayMs, true],
])('a ledger that was checked as a whole %s is due for it: %i, %s', (_, checkedAtMs, isDue) => {
  expect(isWholeCheckDue(checkedAtMs, nowMs)).toBe(isDue)
})
