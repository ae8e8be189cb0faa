/** What one stage came to, in tests. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** How a command ended. `code` is null when it was ended by a signal or never began. */
export interface CommandEnd {
  readonly code: number | null
  readonly output: string
}

/** A stage that is one check, such as lint. */
export function tallyCheck(end: CommandEnd): Tally {
  return end.code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/**
 * A stage of tests, from the report of vitest's JSON reporter (undefined where it wrote none). A file that cannot be
 * loaded is one failure; so are an ending that no test explains, no report, and a run without any test: silence is
 * never a pass.
 */
export function tallyVitest(end: CommandEnd, report: unknown): Tally {
  const tally = { passed: 0, failed: 0, skipped: 0 }
  for (const file of listIn(report, 'testResults')) {
    const statuses = listIn(file, 'assertionResults').map(test => textIn(test, 'status'))
    const failed = statuses.filter(status => status === 'failed').length
    tally.passed += statuses.filter(status => status === 'passed').length
    tally.skipped += statuses.filter(status => status !== 'passed' && status !== 'failed').length
    tally.failed += failed === 0 && textIn(file, 'status') === 'failed' ? 1 : failed
  }
  const isUnexplained = end.code !== 0 && tally.failed === 0
  const isEmpty = tally.passed + tally.failed === 0
  if (isUnexplained || isEmpty) tally.failed += 1
  return tally
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** The last line of a run. */
export function lastLine(total: Tally): string {
  return `${total.passed} passed, ${total.failed} failed`
}

/** The reasons for which tests were left out, each once: they must reach the terminal even when all is well. */
export function skippedLines(output: string): readonly string[] {
  const lines = output.split(/\r?\n/).map(line => line.trim())
  return [...new Set(lines.filter(line => line.startsWith('SKIPPED: ')))]
}

function fieldIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldIn(value, name)
  return Array.isArray(list) ? list : []
}

function textIn(value: unknown, name: string): string {
  const text = fieldIn(value, name)
  return typeof text === 'string' ? text : ''
}
