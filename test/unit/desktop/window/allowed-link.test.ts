import { expect, test } from 'vitest'
import { activityLink, allowedLink } from '../../../../electron/desktop/window/allowed-link.ts'

test.each([
  'https://intervals.icu/',
  'https://intervals.icu/activities/i12345',
  'https://intervals.icu/activities/12345',
  'https://intervals.icu/settings',
  'https://intervals.icu/calendar',
  'https://forum.intervals.icu/t/musette/1?page=2#post_3',
])('opens %s', link => {
  expect(allowedLink(link)).toBe(link)
})

test.each([
  ['plain http', 'http://intervals.icu/activities/i1'],
  ['another scheme', 'javascript:alert(1)'],
  ['a file', 'file:///etc/passwd'],
  ['data', 'data:text/html,x'],
  ["the page's own scheme", 'app://musette/index.html'],
  ['a system address', 'ms-settings:notifications'],
  ['a user', 'https://ann@intervals.icu/settings'],
  ['an empty user', 'https://@intervals.icu/settings'],
  ['a user that looks like the host', 'https://intervals.icu:x@evil.example/settings'],
  ['a port', 'https://intervals.icu:8443/settings'],
  ['the usual port, written out', 'https://intervals.icu:443/settings'],
  ['a longer host', 'https://intervals.icu.evil.example/settings'],
  ['a host that ends alike', 'https://evilintervals.icu/settings'],
  ['a subdomain that is not listed', 'https://www.intervals.icu/settings'],
  ['a dot at the end', 'https://intervals.icu./settings'],
  ['capitals', 'https://INTERVALS.ICU/settings'],
  ['letters of another alphabet', 'https://іntervals.icu/settings'],
  ['the same, in punycode', 'https://xn--ntervals-n6g.icu/settings'],
  ['a page that is not listed', 'https://intervals.icu/oauth/authorize'],
  ['a page behind a listed one', 'https://intervals.icu/settings/../oauth'],
  ['a query', 'https://intervals.icu/settings?next=https://evil.example'],
  ['an id that is none', 'https://intervals.icu/activities/i1/../../oauth'],
  ['a backslash', 'https://intervals.icu\\@evil.example/'],
  ['a line break', 'https://intervals.icu/settings\n'],
  ['a tab inside', 'https://inter\tvals.icu/settings'],
  ['no host', 'https:///settings'],
  ['nothing', ''],
])('refuses %s', (_what, link) => {
  expect(allowedLink(link)).toBeNull()
})

test('an activity has an address only if its id is one', () => {
  expect(activityLink('i42')).toBe('https://intervals.icu/activities/i42')
  expect(activityLink('../settings')).toBeNull()
  expect(activityLink('')).toBeNull()
})

test.each(['?', '#', 'i42?', 'i42#x', 'i42\n'])('%j is the id of no activity', id => {
  expect(activityLink(id)).toBeNull()
})
