import { expect, test } from 'vitest'
import { parseRetryAfter } from '../../../electron/intervals/retry-after.ts'

const now = Date.parse('2026-11-22T10:00:00Z')
const dayMs = 86_400_000

test.each([
  [null, null],
  ['0', 0],
  ['7', 7000],
  [' 1.5 ', 1500],
  ['86400', dayMs],
  ['86401', dayMs],
  ['99999999999999999999999', dayMs],
  ['-402439', null],
  ['', null],
  ['soon', null],
  ['2026', 2_026_000],
  ['2026-11-22T10:01:00Z', null],
  ['Sun, 22 Nov 2026 10:01:30 GMT', 90_000],
  ['Sunday, 22-Nov-26 10:01:30 GMT', 90_000],
  ['Sun, 22 Nov 2026 09:59:59 GMT', null],
  ['Sun, 22 Nov 2026 10:00:00 GMT', 0],
  ['Fri, 22 Nov 2199 10:00:00 GMT', dayMs],
  ['Sun, 99 Nov 2026 10:01:30 GMT', null],
])('Retry-After %j is a wait of %j ms', (header, waitMs) => {
  expect(parseRetryAfter(header, null, now)).toBe(waitMs)
})

test.each([
  ['Sun, 22 Nov 2026 08:00:00 GMT', 90_000],
  ['yesterday', 7_290_000 - 7_200_000],
])('a date is compared with the service’s own clock where it is told: %s', (date, waitMs) => {
  const header = date === 'yesterday' ? 'Sun, 22 Nov 2026 10:01:30 GMT' : 'Sun, 22 Nov 2026 08:01:30 GMT'
  expect(parseRetryAfter(header, date, now)).toBe(waitMs)
})
