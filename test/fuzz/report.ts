import type { Finding, HuntResult } from './hunt.ts'

/** Longer inputs are named by their file alone. */
const mostShownBytes = 600

/** A finding for people, with the command that shows it again. */
export function findingText({ target, seed, fault, input }: Finding, savedAt: string): string {
  const base64 = Buffer.from(input).toString('base64')
  const small =
    input.length <= mostShownBytes
      ? [`  or     npm run fuzz -- --target ${target} --replay base64:${base64}`]
      : []
  return [
    `FOUND in ${target} (seed ${seed}): ${fault.kind}: ${fault.what}`,
    `  ${input.length} bytes: ${JSON.stringify(Buffer.from(input.subarray(0, 120)).toString('latin1'))}`,
    ...fault.detail
      .split('\n')
      .slice(0, 6)
      .map(line => `  | ${line.slice(0, 300)}`),
    `  replay npm run fuzz -- --target ${target} --replay ${savedAt}`,
    ...small,
  ].join('\n')
}

/** One line a target. */
export function tableOf(results: readonly HuntResult[]): string {
  const count = (result: HuntResult, ...kinds: readonly string[]): string =>
    String(result.findings.filter(({ fault }) => kinds.includes(fault.kind)).length)
  const rows = results.map(result => [
    result.target,
    String(result.inputs),
    String(Math.round(result.inputs / (result.ms / 1000))),
    result.reach === null
      ? '-'
      : `${((100 * result.reach.reached) / Math.max(1, result.reach.known)).toFixed(1)} %`,
    String(result.kept),
    count(result, 'throw', 'stray'),
    count(result, 'shape', 'unsteady'),
    count(result, 'hang'),
    count(result, 'memory'),
    String(result.unconfirmed.length),
  ])
  const head = [
    'target',
    'inputs',
    'a second',
    'code reached',
    'kept',
    'throws',
    'shapes',
    'hangs',
    'memory',
    'not again',
  ]
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return [head, ...rows].map(line).join('\n')
}
