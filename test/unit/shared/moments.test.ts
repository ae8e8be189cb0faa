import { expect, test } from 'vitest'
import { agoText, momentText } from '../../../shared/moments.ts'

const nowMs = Date.UTC(2026, 10, 21, 10)
const place = { locale: 'en-GB', timeZone: 'Europe/Berlin' }
const minuteMs = 60_000
const hourMs = 3_600_000

test.each([
  ['2026-11-21T17:30:00Z', '18:30'],
  ['2026-11-21T23:30:00Z', 'tomorrow 00:30'],
  ['2026-11-20T22:30:00Z', 'yesterday 23:30'],
  ['2026-11-23T17:30:00Z', 'Mon 18:30'],
  ['2026-12-23T17:30:00Z', '23 Dec 2026, 18:30'],
])('%s is told as %s', (at, text) => {
  expect(momentText(Date.parse(at), nowMs, place)).toBe(text)
})

test('the clock is that of the place', () => {
  const at = Date.parse('2026-11-21T17:30:00Z')
  const text = momentText(at, nowMs, { locale: 'en-US', timeZone: 'America/New_York' })
  expect(text.replace(/\s/u, ' ')).toBe('12:30 PM')
})

test.each([
  [-5, 'just now'],
  [999, 'just now'],
  [1000, '1 second ago'],
  [59_999, '59 seconds ago'],
  [minuteMs, '1 minute ago'],
  [hourMs, '1 hour ago'],
  [47 * hourMs, '47 hours ago'],
  [72 * hourMs, '3 days ago'],
])('%d ms are told as %s', (ms, text) => {
  expect(agoText(ms)).toBe(text)
})
