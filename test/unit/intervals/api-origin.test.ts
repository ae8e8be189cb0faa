import { describe, expect, test } from 'vitest'
import { parseApiOrigin } from '../../../electron/intervals/api-origin.ts'

describe('the service’s address', () => {
  test.each([
    ['https://intervals.icu', 'https://intervals.icu'],
    [' https://Intervals.icu/ ', 'https://intervals.icu'],
    ['https://intervals.icu:443', 'https://intervals.icu'],
    ['https://10.0.0.1:8443', 'https://10.0.0.1:8443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://127.1:80', 'http://127.0.0.1'],
    ['http://[::1]:8080/', 'http://[::1]:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
  ])('%j is %s', (text, origin) => {
    expect(parseApiOrigin(text)).toBe(origin)
  })

  test.each([
    '',
    'intervals.icu',
    'ftp://intervals.icu',
    'file:///etc/passwd',
    'http://intervals.icu',
    'http://127.0.0.1.evil.test',
    'http://localhost.evil.test',
    'http://evil.test#localhost',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://[::2]',
    'https://user:hush@intervals.icu',
    'https://intervals.icu/api/v1',
    'https://intervals.icu?x=1',
    'https://intervals.icu#x',
  ])('%j is refused', text => {
    expect(() => parseApiOrigin(text)).toThrow(
      expect.objectContaining({ code: 'bad-usage', recovery: 'give-up' }),
    )
  })

  test('is not repeated in the refusal, since it may hold a password', () => {
    expect(() => parseApiOrigin('https://user:hush@intervals.icu')).toThrow(/^(?!.*hush).*password$/)
  })
})
