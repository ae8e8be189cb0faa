// Runs everything there is to check and ends with one line: `N passed, N failed`. Only failures show their output.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastLine, skippedLines, sum, type Tally } from './runner/count.ts'
import { installTools } from './runner/install.ts'
import { killAll, runCommand } from './runner/run-command.ts'
import { allStages, type Stage } from './runner/stages.ts'

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
const installed = await installTools()
if (installed !== null) console.log(installed)
const tallies: Tally[] = []
for (const stage of allStages(reports)) tallies.push(await runStage(stage))
rmSync(reports, { recursive: true, force: true })
const total = sum(tallies)
console.log(lastLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
