/** Runs `work` several times after one warm-up and answers the median of its durations, in ms. */
export async function medianMs(runs: number, work: (run: number) => Promise<void>): Promise<number> {
  await work(-1)
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    await work(run)
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? Number.NaN
}

export interface BenchRow {
  readonly name: string
  readonly oursMs: number
  readonly baseline: string
  readonly baselineMs: number
}

/** One line a bench: ours, the baseline of the same run, and the ratio that counts. */
export function printRow(row: BenchRow): void {
  const ratio = (row.oursMs / row.baselineMs).toFixed(2)
  const ms = (value: number): string => `${value.toFixed(1)} ms`.padStart(10)
  console.log(
    `${row.name.padEnd(44)}${ms(row.oursMs)}  ${ms(row.baselineMs)} ${row.baseline.padEnd(28)} x ${ratio}`,
  )
}
