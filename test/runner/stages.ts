import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tallyCheck, tallyVitest, type CommandEnd, type Tally } from './count.ts'

/** One part of the whole run. */
export interface Stage {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  tally(end: CommandEnd): Tally
}

const svelteCheck = ['--tsconfig', 'test/component/tsconfig.json', '--fail-on-warnings', '--output', 'human']

/** What `npm run check` runs, the longest first. Vitest's reports go into `reportFolder`. */
export function quickStages(reportFolder: string): readonly Stage[] {
  return [
    check('lint', tool('eslint'), '.'),
    vitest('unit', reportFolder),
    check('types', tool('tsc'), '--noEmit', '-p', '.'),
    vitest('component', reportFolder),
    check('svelte', tool('svelte-check'), ...svelteCheck),
    check('format', tool('prettier'), '--check', '.'),
  ]
}

/** What `npm test` runs after that, in order. */
export function fullStages(reportFolder: string): readonly Stage[] {
  return [
    check('build', 'npm', 'run', '--silent', 'build'),
    vitest('adapter', reportFolder),
    check('sim', process.execPath, 'test/sim/main.ts', '--seconds', '30'),
    vitest('e2e', reportFolder),
    vitest('browser', reportFolder),
    check('demo', process.execPath, 'test/demo/demo.ts'),
  ]
}

function check(name: string, command: string, ...args: readonly string[]): Stage {
  return { name, command, args, tally: tallyCheck }
}

function vitest(project: string, reportFolder: string): Stage {
  const report = join(reportFolder, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return {
    name: project,
    command: tool('vitest'),
    args: ['run', '--project', project, ...reporters],
    tally: end => tallyVitest(end, readReport(report)),
  }
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function tool(name: string): string {
  return join('node_modules', '.bin', name)
}
