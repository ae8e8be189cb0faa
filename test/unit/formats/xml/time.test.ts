import { describe, expect, test } from 'vitest'
import { parseXmlTime, whyNoMoment } from '../../../../electron/formats/xml/time.ts'

describe('parseXmlTime', () => {
  test.each([
    ['2026-11-20T06:31:00Z', '2026-11-20T06:31:00.000Z'],
    ['2026-11-20T06:31:00.250Z', '2026-11-20T06:31:00.250Z'],
    ['2026-11-20T06:31:00.849800+00:00', '2026-11-20T06:31:00.849Z'],
    ['2026-11-20T07:31:00+01:00', '2026-11-20T06:31:00.000Z'],
    ['2026-11-20T01:01:00-0530', '2026-11-20T06:31:00.000Z'],
    ['2026-11-20T08:31:00+02', '2026-11-20T06:31:00.000Z'],
    ['\n   2026-11-20T06:31:00z\t', '2026-11-20T06:31:00.000Z'],
    ['2026-11-20 06:31:00', '2026-11-20T06:31:00.000Z'],
    ['2026-11-20T06:31Z', '2026-11-20T06:31:00.000Z'],
    ['2026-11-20T06:31:00,5Z', '2026-11-20T06:31:00.500Z'],
    ['1901-12-13T20:45:52.2073437Z', '1901-12-13T20:45:52.207Z'],
    ['+052870-03-11T09:39:10.000Z', '+052870-03-11T09:39:10.000Z'],
  ])('%j is %s', (text, iso) => {
    const ms = parseXmlTime(text)
    expect(ms === null ? null : new Date(ms).toISOString()).toBe(iso)
  })

  test.each([
    '',
    'yesterday',
    '2026-11-20',
    '2026-13-20T06:31:00Z',
    '2026-11-32T06:31:00Z',
    '2026-11-20T25:00:00Z',
  ])('%j is no time', text => {
    expect(parseXmlTime(text)).toBeNull()
  })
})

describe('whyNoMoment', () => {
  test.each([
    ['1901-12-13T20:45:52Z', 'the clock was never set'],
    ['1989-12-31T23:59:59Z', 'the clock was never set'],
    ['1990-01-01T00:00:00Z', null],
    ['2026-11-20T06:31:00Z', null],
    ['2100-01-01T00:00:00Z', 'the clock was far in the future'],
  ])('%s: %s', (text, why) => {
    expect(whyNoMoment(Date.parse(text))).toBe(why)
  })
})
