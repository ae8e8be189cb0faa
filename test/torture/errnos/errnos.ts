// Lets each system call of the built command line fail with each plausible error, one in each life of a home, and tells
// what became of it: all of it, or a sample.
//   node test/torture/errnos/errnos.ts [--faults N] [--seed N] [--width 2] [--only TEXT]
import { parseArgs } from 'node:util'
import { endWorlds } from '../../e2e/helpers/home.ts'
import { whyNotTraced } from '../can-trace.ts'
import { runErrnos } from './run-errnos.ts'

const { values } = parseArgs({
  options: {
    faults: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    width: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
  },
})
const untraced = whyNotTraced()
if (untraced !== null) console.log(`SKIPPED: failing system calls: ${untraced}`)
else {
  const faults = values.faults === undefined ? null : Number(values.faults)
  const plan = { seed: Number(values.seed), width: Number(values.width), faults, only: values.only }
  const end = await runErrnos(plan, line => console.error(line))
  await endWorlds()
  console.log(end.lines.join('\n'))
  console.log(
    `${end.played} faults, ${end.struck} of them struck, ${end.troubles.length} troubles, seed ${plan.seed}`,
  )
  process.exitCode = end.troubles.length === 0 ? 0 : 1
}
