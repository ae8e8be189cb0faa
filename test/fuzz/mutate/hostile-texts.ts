import type { SimRandom } from '../../sim/random.ts'

/** Texts that break what takes them for harmless. */
const texts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\r\n',
  'x\r\nInjected: yes',
  '..',
  '../../../etc/passwd',
  '..\\..\\windows',
  'C:\\x.fit',
  '/abs/x.fit',
  '//host/share',
  'CON',
  'nul.fit',
  'a/b\\c',
  '.hidden',
  '._x.fit',
  'x.fit.gz',
  'x.FIT.GZ.ZIP',
  '-rf',
  '$(reboot)',
  '`x`',
  '%00%2e%2e%2f',
  '"><script>alert(1)</script>',
  "';--",
  '\u202Egpj.tif',
  '\u200B',
  '\uFEFF',
  '\u2028',
  'e\u0301'.repeat(50),
  '👩‍👩‍👧‍👦',
  '\uD800',
  '\uDC00x',
  'a\uD83D',
  'ﬃ',
  'İ',
  'ß',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'NaN',
  'Infinity',
  '-Infinity',
  '-0',
  '1e999',
  '1e308',
  '5e-324',
  '0x10',
  '0b1',
  '1_000',
  '00012',
  '١٢٣',
  '9007199254740993',
  '2026-02-30',
  '2026-13-01T00:00:00Z',
  '0000-00-00',
  '9999-12-31T23:59:60Z',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-19T23:59:59Z',
  '2026-11-22T25:00:00',
  '2026-11-22T08:00:00+99:99',
  '1980-01-06T00:00:00Z',
  'Wed, 21 Oct 2026 07:28:00 GMT',
  'Sunday, 06-Nov-94 08:49:37 GMT',
  'Sun Nov  6 08:49:37 1994',
  'i123',
  'null',
  'true',
  '[]',
  '{}',
  '<!>',
  '3x',
  'Settle in 33^Find your rhythm 99999^x',
  '\t'.repeat(300),
]

/** A text that readers may trip over; at times a very long one. */
export function oddText(random: SimRandom): string {
  if (random.chance(0.06))
    return random.pick(['a', ' ', '9', '.', '\uD83D\uDE00', '(', '^', '3x ']).repeat(random.int(100, 6000))
  const text = random.pick(texts)
  return random.chance(0.2) ? text + random.pick(texts) : text
}

/** A number as a text, mostly one that readers may trip over. */
export function oddNumberText(random: SimRandom): string {
  return random.pick([
    '0',
    '-0',
    '1',
    '-1',
    '0.5',
    '1e3',
    '1e308',
    '1e999',
    '-1e999',
    'NaN',
    '',
    ' ',
    '1,5',
    '0x1f',
    '99999999999',
    '4294967296',
    '2147483648',
    '1e-320',
    '.5',
    '5.',
    '+5',
    '10000',
    '5000',
    '5001',
    String(random.int(-100, 100_000)),
  ])
}

/** A text with one thing in it changed. */
export function mutateText(random: SimRandom, text: string): string {
  const at = random.int(0, text.length)
  const to = Math.min(text.length, at + random.int(1, 12))
  // A few characters over and over: what looks for an end from each of them takes the square of their number.
  if (random.chance(0.03)) {
    const piece = random.chance(0.5) ? text.slice(at, at + random.int(1, 3)) : oddText(random).slice(0, 3)
    return text.slice(0, at) + piece.repeat(random.pick([1000, 10_000])) + text.slice(at)
  }
  switch (random.int(0, 6)) {
    case 0:
      return oddText(random)
    case 1:
      return text.slice(0, at) + oddText(random) + text.slice(at)
    case 2:
      return text.slice(0, at) + text.slice(to)
    case 3:
      return text.slice(0, to) + text.slice(at)
    case 4:
      return text.slice(0, at)
    case 5:
      return text.replace(/\d+(?:\.\d+)?/, () => oddNumberText(random))
    default:
      return text.slice(0, at) + String.fromCharCode(random.int(0, 0xffff)) + text.slice(to)
  }
}
