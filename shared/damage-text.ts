/** What a reader's findings come to, for people who have never heard of headers and checksums; the first that fits counts. */
const findings: readonly (readonly [RegExp, string])[] = [
  [/is empty|nothing but zeros/, 'it is empty'],
  [
    /shorter than|still blank|\bends? (?:inside|before|too early)|not whole|its end is missing/,
    'the end is missing',
  ],
  [/has not closed|longer than its header|not written yet/, 'it was never finished'],
  [/encrypted/, 'it is encrypted'],
  [/too (?:many|much|deeply|large)|far more than/, 'it is larger than any ride'],
  [/checksum/, 'its content was changed or is faulty'],
]

/** A damaged file in plain words: what is wrong with it, that it is kept, and what can be done. `detail` is the reader's own word. */
export function damageText(detail: string): string {
  const [finding = ''] = detail.split('; what can be read')
  const known = findings.find(([signs]) => signs.test(finding))?.[1]
  const what = finding === '' ? '' : `: ${known ?? "a part of it can't be read"}`
  const part = finding === detail ? '' : '; what can be read can be sent with Upload anyway'
  return `Damaged${what}. Kept as it is${part}.`
}
