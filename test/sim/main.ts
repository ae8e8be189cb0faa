import { parseArgs } from 'node:util'
import { drawPlan } from './draw-plan.ts'
import { huntAll } from './planted/hunt.ts'
import { runMany } from './run-many.ts'
import { simulate, type RunResult } from './run.ts'
import { shrink } from './shrink.ts'
import { momentText, storyOf } from './story.ts'
import { SimTally } from './tally.ts'

const usage = `npm run sim -- [--runs N] [--seconds S] [--seed FIRST] [--workers W]   many runs; --seed is the first one's
npm run sim -- --replay SEED [--trace]                                   one run again, step by step with --trace
npm run sim -- --planted [--runs N]                                      each planted bug must be found within N seeds`

/** So many failing seeds are shrunk and told in full. */
const mostTold = 3

function tellBreaches(result: RunResult): void {
  for (const { promise, detail, atMs } of result.breaches.slice(0, 8))
    console.log(`  ${momentText(atMs)} ${promise}: ${detail}`)
}

async function replay(seed: number, isTraced: boolean): Promise<number> {
  const plan = drawPlan(seed)
  console.log(storyOf(plan).join('\n'))
  const result = await simulate(plan, isTraced ? line => console.log(line) : undefined)
  console.log(`fingerprint ${result.fingerprint}, ${result.uploads} uploads of ${result.rides} rides`)
  if (result.breaches.length === 0) console.log('no promise was broken')
  tellBreaches(result)
  return result.breaches.length === 0 ? 0 : 1
}

async function tellFailed(failed: RunResult): Promise<void> {
  const { seed } = failed.plan
  console.log(`\nseed ${seed} broke a promise. Again: npm run sim -- --replay ${seed} --trace`)
  tellBreaches(failed)
  const short = await shrink(failed)
  console.log('the shortest story found:')
  for (const line of storyOf(short.plan)) console.log(`  ${line}`)
  tellBreaches(short)
}

async function many(runs: number, forMs: number, firstSeed: number, workers: number): Promise<number> {
  const tally = new SimTally()
  let [done, broken] = [0, 0]
  const result = await runMany({
    ...{ firstSeed, mostRuns: runs, forMs, workers, stopsAtFirst: false },
    onResult: one => {
      tally.add(one)
      done += 1
      if (one.breaches.length > 0) broken += 1
      if (done % 500 === 0) console.error(`${done} runs, ${broken} broke a promise`)
    },
  })
  console.log(tally.lines.join('\n'))
  for (const { seed, error } of result.threw) console.log(`\nseed ${seed}: the simulation failed: ${error}`)
  for (const failed of result.failed.slice(0, mostTold)) await tellFailed(failed)
  const bad = result.failed.length + result.threw.length
  if (bad > mostTold)
    console.log(`\nall failing seeds: ${result.failed.map(failed => failed.plan.seed).join(' ')}`)
  const seconds = (result.tookMs / 1000).toFixed(1)
  const range = `${firstSeed} to ${firstSeed + result.runs - 1}`
  console.log(`\n${result.runs} runs (seeds ${range}) in ${seconds} s: ${bad} broke a promise`)
  return bad === 0 && result.runs > 0 ? 0 : 1
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      replay: { type: 'string' },
      trace: { type: 'boolean', default: false },
      planted: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  if (values.replay !== undefined) return replay(Number(values.replay), values.trace)
  if (values.planted) return (await huntAll(Number(values.seed), Number(values.runs ?? 2000))) === 0 ? 0 : 1
  const forMs = values.seconds === undefined ? Number.POSITIVE_INFINITY : Number(values.seconds) * 1000
  const runs = Number(values.runs ?? (values.seconds === undefined ? 1000 : Number.POSITIVE_INFINITY))
  return many(runs, forMs, Number(values.seed), Number(values.workers))
}

process.exitCode = await main()
