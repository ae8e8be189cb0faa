import { expect, test } from 'vitest'
import { oneLine, plainLines, quietWords } from '../../../shared/plain-words.ts'

const unruly = 'a\u001b[31m\nb\r\u0007\u009b2J\u007f\u202Ec\u2066\u2028'

test('a name is one line in which nothing steers a terminal', () => {
  expect(oneLine(unruly)).toBe('a\\u001b[31m\\u000ab\\u000d\\u0007\\u009b2J\\u007f\\u202ec\\u2066\\u2028')
})

test.each(['Fahrt über den Paß', 'שָׁלוֹם', 'رحلة', '🚴‍♀️ 朝ライド', 'a\\u001b', '日\u200e本'])(
  '%s stays as it is',
  name => {
    expect([oneLine(name), plainLines(name), quietWords(name)]).toEqual([name, name, name])
  },
)

test('lines stay lines', () => {
  expect(plainLines('one\n\ttwo\u001b')).toBe('one\n\ttwo\\u001b')
})

test('JSON says the same before and after', () => {
  const value = { [unruly]: [unruly, `\\${unruly}`, '\\u202e'] }
  for (const space of [0, 2]) {
    const text = plainLines(JSON.stringify(value, null, space))
    expect(JSON.parse(text)).toEqual(value)
    expect(text).not.toMatch(/[[\p{Cc}\u2028-\u202E\u2066-\u2069]--\n]/v)
  }
})

test('in a menu such letters are blanks, and blanks are one', () => {
  expect(quietWords(`  ${unruly}  d `)).toBe('a [31m b 2J c d')
})
