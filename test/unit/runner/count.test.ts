import { expect, test } from 'vitest'
import { lastLine, skippedLines, sum, tallyCheck, tallyVitest } from '../../runner/count.ts'

const file = (status: string, ...tests: readonly string[]) => ({
  status,
  assertionResults: tests.map(one => ({ status: one })),
})
const report = (...testResults: readonly unknown[]) => ({ testResults })
const tally = (passed: number, failed: number, skipped: number) => ({ passed, failed, skipped })

test.each([
  [
    'counts each test',
    1,
    report(file('failed', 'passed', 'failed'), file('passed', 'passed')),
    tally(2, 1, 0),
  ],
  [
    'counts a skipped and a pending test',
    0,
    report(file('passed', 'passed', 'skipped', 'todo')),
    tally(1, 0, 2),
  ],
  [
    'counts a file that cannot be loaded as one failure',
    1,
    report(file('failed'), file('passed', 'passed')),
    tally(1, 1, 0),
  ],
  ['fails when vitest fails though every test passed', 1, report(file('passed', 'passed')), tally(1, 1, 0)],
  ['fails when vitest was killed', null, report(file('passed', 'passed')), tally(1, 1, 0)],
  ['fails without a single test', 0, report(), tally(0, 1, 0)],
  ['fails when all tests were skipped', 0, report(file('passed', 'skipped')), tally(0, 1, 1)],
  ['fails without a report', 0, undefined, tally(0, 1, 0)],
  ['fails on a report that is something else', 0, { testResults: 'none' }, tally(0, 1, 0)],
])('a stage of tests %s', (_name, code, given, expected) => {
  expect(tallyVitest({ code, output: '' }, given)).toEqual(expected)
})

test.each([
  [0, tally(1, 0, 0)],
  [1, tally(0, 1, 0)],
  [null, tally(0, 1, 0)],
])('a check that ends with %s counts as one', (code, expected) => {
  expect(tallyCheck({ code, output: '' })).toEqual(expected)
})

test('the last line adds up all stages', () => {
  expect(lastLine(sum([tally(3, 0, 1), tally(1, 2, 0)]))).toBe('4 passed, 2 failed')
  expect(lastLine(sum([]))).toBe('0 passed, 0 failed')
})

test('each reason for skipping is told once, and nothing else is', () => {
  const output =
    'stdout | a.test.ts\nSKIPPED: no keyring\r\n  SKIPPED: no keyring\nnot SKIPPED: this\nSKIPPED: no corpus'
  expect(skippedLines(output)).toEqual(['SKIPPED: no keyring', 'SKIPPED: no corpus'])
})
