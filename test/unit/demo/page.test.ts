import { expect, test } from 'vitest'
import { fit, minutesText, pageStyle, table, toned, whenText, wrap } from '../../demo/page.ts'

const plain = { columns: 80, hasColour: false }

test.each([
  [{ isTTY: true, columns: 72 }, {}, { columns: 80, hasColour: true }],
  [{ isTTY: true, columns: 100 }, {}, { columns: 100, hasColour: true }],
  [{ isTTY: true, columns: 200 }, { NO_COLOR: '' }, { columns: 120, hasColour: true }],
  [{ isTTY: true, columns: 100 }, { NO_COLOR: '1' }, { columns: 100, hasColour: false }],
  [{ isTTY: true, columns: 100 }, { TERM: 'dumb' }, { columns: 100, hasColour: false }],
  [{}, {}, { columns: 100, hasColour: false }],
])('an output %j with %j is written to as %j', (output, env, style) => {
  expect(pageStyle(output, env)).toEqual(style)
})

test('colours a text only where there is colour, and never an empty one', () => {
  const colour = { columns: 80, hasColour: true }
  expect([toned(plain, 'ok', 'sent'), toned(colour, 'ok', 'sent'), toned(colour, 'ok', '')]).toEqual([
    'sent',
    '\u001b[32msent\u001b[0m',
    '',
  ])
})

test.each([
  ['', 10, []],
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 80, ['one two three']],
  ['a /very/long/path b', 6, ['a', '/very/long/path', 'b']],
])('wraps %j at %d as %j', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines)
})

test.each([
  ['ride', 6, 'ride  '],
  ['ride', 4, 'ride'],
  ['abcdefgh', 5, 'ab…gh'],
  ['abcdefgh', 4, 'ab…h'],
  ['ab', 1, '…'],
  ['🚴🚴🚴', 3, '🚴🚴🚴'],
])('fits %j into %d columns as %j', (text, width, fitted) => {
  expect(fit(text, width)).toBe(fitted)
})

test('a table has columns as wide as needed, and its last gives way to the page', () => {
  const rows = [
    ['Run', 'short.fit'],
    ['VirtualRide', `${'long '.repeat(20)}name.fit`],
  ]
  expect(table(plain, ['Sport', 'From'], rows)).toEqual([
    '  Sport        From',
    `  ───────────  ${'─'.repeat(65)}`,
    '  Run          short.fit',
    '  VirtualRide  long long long long long long lo…ong long long long long name.fit',
  ])
})

test.each([
  [0, '0 min'],
  [1930, '32 min'],
  [3599, '1 h 00'],
  [3900, '1 h 05'],
])('%d seconds read as %s', (seconds, text) => {
  expect(minutesText(seconds)).toBe(text)
})

test.each([
  ['2026-11-21T08:30:00Z', 'UTC', 'today 08:30'],
  ['2026-11-20T23:59:00Z', 'UTC', 'yesterday 23:59'],
  ['2026-11-20T23:59:00Z', 'Europe/Berlin', 'today 00:59'],
  ['2026-11-15T07:05:00Z', 'UTC', 'Sun 07:05'],
  ['2026-11-14T07:05:00Z', 'UTC', '2026-11-14 07:05'],
  ['2026-11-22T07:05:00Z', 'UTC', '2026-11-22 07:05'],
])('%s in %s reads as %s', (at, zone, text) => {
  expect(whenText(Date.parse(at), Date.parse('2026-11-21T12:00:00Z'), zone)).toBe(text)
})
