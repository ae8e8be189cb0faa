// Kills the built command line again and again while rides and workouts come and go, fills its disk, takes its folders
// away, and tells what became of it in tables:
//   npm run torture -- [--kills 1000] [--remounts 100] [--uploads 1000] [--syscalls 240] [--power 480] [--errnos 240] [--seed N] [--width 3]
// `--syscalls`, `--power` and `--errnos` take `all` too; `--planted` sees whether the first two find the faults put into the program.
import { parseArgs } from 'node:util'
import { endWorlds } from '../e2e/helpers/home.ts'
import { whyNotTraced } from './can-trace.ts'
import { removeDisks } from './disks/mounts.ts'
import { runDisks } from './disks/run-disks.ts'
import { tortureErrnos } from './errnos/run-errnos.ts'
import { runCutShort } from './scenes/run-cut-short.ts'
import { killTable, stepsNotMet } from './kill-table.ts'
import { liveAll } from './lives.ts'
import { checkpointStep } from './steps.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    remounts: { type: 'string', default: '100' },
    uploads: { type: 'string', default: '1000' },
    syscalls: { type: 'string', default: '240' },
    power: { type: 'string', default: '480' },
    errnos: { type: 'string', default: '240' },
    planted: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    width: { type: 'string', default: '3' },
  },
})
const [seed, width] = [Number(values.seed), Number(values.width)]
const startedAt = performance.now()
const say = (line: string): void => console.error(`${elapsedS()} s: ${line}`)
console.log(`again: npm run torture -- --seed ${seed} --kills ${values.kills}`)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    // What was begun is ended: no Musette stays behind, and no disk.
    void endWorlds().finally(() => {
      removeDisks()
      process.exit(1)
    })
  })
}
const untraced = whyNotTraced()
const without = untraced === null ? [] : [checkpointStep]
const plan = { seed, kills: Number(values.kills), width, without }
const { ends, broken } = await liveAll(plan, (end, left) => {
  say(`home ${end.seed}: ${end.kills.length} kills, ${end.rides} rides; ${left} homes to come`)
})
const rides = ends.reduce((sum, end) => sum + end.rides, 0)
const sentAgain = ends.reduce((sum, end) => sum + end.sentAgain, 0)
console.log(`\n${killTable(ends).join('\n')}`)
console.log(
  `${rides} rides in ${ends.length} homes; bytes that the service had already were sent ${sentAgain} times.`,
)
if (untraced !== null) console.log(`SKIPPED: ${checkpointStep}: ${untraced}`)

const remounts = Number(values.remounts)
const uploads = Number(values.uploads)
const withDisks = remounts + uploads > 0
const disks = withDisks
  ? await runDisks({ seed, remounts, uploads, width }, say)
  : { lines: [], troubles: [] }
console.log(`\n${disks.lines.join('\n')}\n`)

const cutShort = await runCutShort({ ...values, seed, width }, say)
console.log(`${cutShort.lines.join('\n')}\n`)

const errnos = await tortureErrnos({ faults: values.errnos, seed, width }, say)
console.log(`${errnos.lines.join('\n')}\n`)

const troubles = [
  ...broken,
  ...ends.flatMap(end =>
    end.findings.map(
      ({ kind, step, what }) => `home ${end.seed}: ${kind} after "${step ?? 'the start'}": ${what}`,
    ),
  ),
  ...(plan.kills === 0 ? [] : stepsNotMet(ends, without).map(step => `never met: ${step}`)),
  ...disks.troubles,
  ...cutShort.troubles,
  ...errnos.troubles,
]
for (const trouble of troubles) console.log(trouble)
console.log(`${troubles.length === 0 ? 'passed' : 'FAILED'}, seed ${seed}, after ${elapsedS()} s`)
process.exitCode = troubles.length === 0 ? 0 : 1

function elapsedS(): number {
  return Math.round((performance.now() - startedAt) / 1000)
}
