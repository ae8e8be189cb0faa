// Runs everything there is to check and ends with one line: `N passed, N failed`. Only failures show their output.
// With the word `check` it runs the quick part alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastLine, skippedLines, sum, type Tally } from './runner/count.ts'
import { installTools } from './runner/install.ts'
import { killAll, runCommand } from './runner/run-command.ts'
import { fullStages, quickStages, type Stage } from './runner/stages.ts'

const GUARD_MS = 15 * 60_000

process.chdir(join(import.meta.dirname, '..'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    killAll()
    process.exit(1)
  })
}

async function runStage(stage: Stage): Promise<Tally> {
  const startedAt = performance.now()
  const end = await runCommand(stage.command, stage.args, GUARD_MS)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const tally = stage.tally(end)
  const skipped = tally.skipped === 0 ? '' : `, ${tally.skipped} skipped`
  if (tally.failed > 0) console.log(`--- ${stage.name} ---\n${end.output.trim()}\n---`)
  else for (const line of skippedLines(end.output)) console.log(line)
  console.log(`${stage.name.padEnd(8)} ${seconds.padStart(6)} s  ${lastLine(tally)}${skipped}`)
  return tally
}

const reports = mkdtempSync(join(tmpdir(), 'musette-reports-'))
const isQuick = process.argv[2] === 'check'
const installed = isQuick ? null : await installTools()
if (installed !== null) console.log(installed)
const tallies: Tally[] = []

/** Runs stages, `width` at a time. */
async function runStages(stages: readonly Stage[], width: number): Promise<void> {
  const queue = [...stages]
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      tallies.push(await runStage(next))
  }
  await Promise.all(Array.from({ length: width }, work))
}

// The quick ones only read; those that follow start servers and kill processes, and want the machine to themselves.
await runStages(quickStages(reports), 2)
if (!isQuick) await runStages(fullStages(reports), 1)
rmSync(reports, { recursive: true, force: true })
const total = sum(tallies)
console.log(lastLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
