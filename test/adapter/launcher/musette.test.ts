import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { launcherNodes, launcherProject, startLauncher } from '../../helpers/launcher-project.ts'

const projects: string[] = []
const nodes = launcherNodes()
const oldNode = nodes.find(node => node.major < 24)
if (oldNode === undefined) console.log('SKIPPED: the launcher on a Node below 24, none is installed')

afterEach(() => {
  for (const root of projects.splice(0)) rmSync(root, { recursive: true, force: true })
})

function project(...args: Parameters<typeof launcherProject>): string {
  const root = launcherProject(...args)
  projects.push(root)
  return root
}

const launcher = (root: string) => join(root, 'electron', 'musette.mjs')
const run = (node: string, args: readonly string[], options = {}) => {
  const { status, signal, stdout, stderr } = spawnSync(node, args, {
    encoding: 'utf8',
    timeout: 20_000,
    ...options,
  })
  return { status, signal, stdout, stderr }
}

const REPORT = `
  import { spawnSync } from 'node:child_process'
  const open = 'ls -l /proc/self/fd'
  console.log(JSON.stringify({
    args: process.argv.slice(2),
    isNode24: Number(process.versions.node.split('.')[0]) >= 24,
    marks: Object.keys(process.env).filter(name => /^MUSETTE_STARTED|^NODE_CHANNEL/.test(name)),
    grandchild: spawnSync('sh', ['-c', 'env; ' + open], { encoding: 'utf8' }).stdout
      .split('\\n').filter(line => /MUSETTE_STARTED|socket:|NODE_CHANNEL/.test(line) && !/ [012] -> /.test(line)),
  }))`

// What the program has of a key, and who else could see it.
const KEY_TELLER = `
  import { readFileSync } from 'node:fs'
  const key = process.env.MUSETTE_API_KEY ?? null
  console.log(JSON.stringify({
    key,
    isInEnvironment: key !== null && readFileSync('/proc/self/environ', 'utf8').includes(key),
    isInArguments: key !== null && readFileSync('/proc/self/cmdline', 'utf8').includes(key),
  }))`

// Says that it has begun, then stays; a busy one blocks its only thread.
const stayer = (busy: boolean) => `
  console.log('begun')
  ${busy ? 'for (;;) Math.sqrt(2)' : 'setInterval(() => {}, 1000)'}`

const SUICIDE = `process.stdin.on('data', name => process.kill(process.pid, String(name).trim()))`

const SIGNAL_TELLER = `
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(name, () => { console.log(name); process.exit(42) })
  setInterval(() => {}, 1000)
  console.log('ready')`

describe.each(nodes)('the launcher on $name', node => {
  test('hands over arguments as they are, on Node 24, and leaves no trace of itself', () => {
    const args = [
      'files',
      '--state',
      'a b',
      '"quoted"',
      "it's",
      '',
      '$HOME *',
      '-',
      '--',
      'übung',
      'back\\slash',
    ]
    const result = run(node.path, [launcher(project(REPORT)), ...args])
    expect({ ...result, stdout: JSON.parse(result.stdout) as unknown }).toEqual({
      status: 0,
      signal: null,
      stderr: '',
      stdout: { args, isNode24: true, marks: [], grandchild: [] },
    })
  })

  test('passes standard input, output and error through', () => {
    const source = `process.stdin.pipe(process.stdout); process.stdin.on('end', () => console.error('over'))`
    const result = run(node.path, [launcher(project(source))], { input: 'a key\nand more' })
    expect(result).toEqual({ status: 0, signal: null, stdout: 'a key\nand more', stderr: 'over\n' })
  })

  test.each([0, 1, 5, 255])('ends with the exit code %i of the program', code => {
    const source = `process.exitCode = ${code}`
    expect(run(node.path, [launcher(project(source))])).toMatchObject({ status: code, signal: null })
  })

  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])('lets the program answer %s', async signal => {
    const running = startLauncher(node, project(SIGNAL_TELLER))
    const exit = once(running.process, 'exit')
    expect(await running.line()).toBe('ready')
    running.process.kill(signal)
    expect([await running.line(), await exit]).toEqual([signal, [42, null]])
  })

  test.each<NodeJS.Signals>(['SIGTERM', 'SIGKILL'])(
    'dies of %s when the program dies of it',
    async signal => {
      const running = startLauncher(node, project(SUICIDE))
      const exit = once(running.process, 'exit')
      running.process.stdin.write(`${signal}\n`)
      expect(await exit).toEqual([null, signal])
    },
  )

  test.each([
    ['idle', false],
    ['busy', true],
  ])('takes the program with it when it is killed hard: %s', async (_state, busy) => {
    const running = startLauncher(node, project(stayer(busy)))
    expect(await running.line()).toBe('begun')
    running.process.kill('SIGKILL')
    // The output ends only once the last process that holds it has gone; a survivor would hold it for ever.
    expect(await running.line()).toBeNull()
  })

  test('finds its project through a link', () => {
    const root = project(`console.log('found')`)
    const link = join(root, 'musette')
    symlinkSync(launcher(root), link)
    expect(run(node.path, [link])).toMatchObject({ status: 0, stdout: 'found\n' })
  })

  test('says that it is not built yet', () => {
    expect(run(node.path, [launcher(project(null))])).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: 'Musette is not built yet. Run: npm run build\n',
    })
  })

  test('is not misled by a mark in the environment', () => {
    const env = { ...process.env, MUSETTE_STARTED_BY_LAUNCHER: '1' }
    const result = run(process.execPath, [launcher(project(`console.log('ran')`))], { env })
    expect(result).toMatchObject({ status: 0, stdout: 'ran\n' })
  })

  test('is what npx starts in a checkout, without asking or looking anywhere', () => {
    const root = project(REPORT)
    // A registry that refuses connections at once: looking there would end in an error.
    const env = {
      ...process.env,
      PATH: `${dirname(node.path)}:${process.env['PATH'] ?? ''}`,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: join(root, 'cache'),
      npm_config_fetch_retries: '0',
    }
    const result = run('npx', ['musette', 'status', 'a b'], { cwd: root, env })
    expect(result.status).toBe(0)
    expect(JSON.parse(result.stdout)).toMatchObject({ args: ['status', 'a b'], isNode24: true })
  })
})

const canSeeEnvironments = oldNode !== undefined && process.platform === 'linux'
if (!canSeeEnvironments) console.log('SKIPPED: the key in a second start, needs Linux and a Node below 24')

describe.skipIf(!canSeeEnvironments)('a key in the environment of a Node below 24', () => {
  test.each([
    ['reaches the program, but not its environment', 'k3y-of-a-rider', 'k3y-of-a-rider'],
    ['that is not there is not there for the program', undefined, null],
  ])('%s', (_, given, key) => {
    const env: NodeJS.ProcessEnv = { ...process.env, MUSETTE_API_KEY: given }
    const result = run(oldNode?.path ?? '', [launcher(project(KEY_TELLER))], { env })
    expect(JSON.parse(result.stdout)).toEqual({ key, isInEnvironment: false, isInArguments: false })
  })
})

describe.skipIf(oldNode === undefined)('the launcher without a Node 24', () => {
  test('names the two ways on', () => {
    const root = project('', { withNode: false })
    const result = run(oldNode?.path ?? '', [launcher(root)])
    expect(result).toMatchObject({ status: 2, stdout: '' })
    expect(result.stderr).toMatch(/^Musette needs Node 24, .*"npm ci".* or install Node 24 or newer\.\n$/)
  })
})
