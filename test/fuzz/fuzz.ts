// Tries made-up inputs on the readers of what comes from outside: npm run fuzz -- --seconds 600 --target fit --seed 1
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Cage } from './cage.ts'
import { hunt, judge, type Finding, type HuntResult } from './hunt.ts'
import { findingText, tableOf } from './report.ts'
import type { FuzzTarget } from './target.ts'
import { allTargets, findTarget } from './targets/all-targets.ts'

const foundFolder = join(import.meta.dirname, '..', '..', 'dist', 'fuzz')
const patienceMs = 10_000

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    replay: { type: 'string' },
    unguided: { type: 'boolean', default: false },
  },
})

const targets = values.target === 'all' ? allTargets : values.target.split(',').map(findTarget)
const [target] = targets
if (values.replay !== undefined && target !== undefined && targets.length === 1)
  await replay(target, values.replay)
else if (values.replay !== undefined)
  console.error('An input is replayed on one target: --target fit --replay FILE')
else await huntAll(wholeNumber('seconds', values.seconds), wholeNumber('seed', values.seed))

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`--${name} is a whole number, not ${text}`)
  return Number(text)
}

async function huntAll(seconds: number, seed: number): Promise<void> {
  const results: HuntResult[] = []
  for (const target of targets) {
    const until = performance.now() + (seconds * 1000) / targets.length
    const result = await hunt(target, {
      seed,
      limit: { inputs: Number.POSITIVE_INFINITY, until },
      isGuided: !values.unguided,
      patienceMs,
      slowShrinkTries: 12,
      mostFindings: 8,
    })
    results.push(result)
    console.log(`${target.name}: ${result.inputs} inputs, ${result.findings.length} found`)
    for (const finding of result.findings) console.log(findingText(finding, save(finding)))
  }
  console.log(`\n${tableOf(results)}`)
  process.exitCode = results.some(({ findings }) => findings.length > 0) ? 1 : 0
}

/** Keeps a finding's input; answers where. */
function save({ target, input }: Finding): string {
  const name = `${target}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}`
  mkdirSync(foundFolder, { recursive: true })
  writeFileSync(join(foundFolder, name), input)
  return join('dist', 'fuzz', name)
}

/** `input`: a file, or the bytes themselves as `base64:...`. */
async function replay({ name }: FuzzTarget, input: string): Promise<void> {
  const prefix = 'base64:'
  const bytes = input.startsWith(prefix)
    ? Buffer.from(input.slice(prefix.length), 'base64')
    : readFileSync(input)
  const cage = new Cage({ coverageOf: null, patienceMs })
  const fault = await judge(cage, name, new Uint8Array(bytes))
  await cage.close()
  console.log(fault === null ? 'Nothing is wrong with it.' : `${fault.kind}: ${fault.what}\n${fault.detail}`)
  process.exitCode = fault === null ? 0 : 1
}
