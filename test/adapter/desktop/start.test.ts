import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  if (text.startsWith('#!')) chmodSync(file, 0o755)
}

const built = ['desktop/main.js', 'preload/preload.cjs', 'renderer/index.html']

/** A checkout whose build leaves its mark, with Electron's package as npm leaves it: without a runtime. */
function project(options: { readonly isBuilt?: boolean } = {}): string {
  const root = temporaryFolder('musette start-')
  cpSync(resolve('build/start.mjs'), join(root, 'build', 'start.mjs'))
  const made = built.map(file => `mkdir -p dist/${dirname(file)} && touch dist/${file}`).join(' && ')
  const scripts = { build: `echo built > was-built && ${made}` }
  write(join(root, 'package.json'), JSON.stringify({ name: 'musette', private: true, scripts }))
  write(join(root, 'node_modules', 'electron', 'index.js'), 'throw new Error("it would download")')
  if (options.isBuilt !== false) for (const file of built) write(join(root, 'dist', file), '')
  return root
}

function install(
  root: string,
  program: string,
  folder = join(root, 'node_modules', 'electron', 'dist'),
): void {
  write(join(folder, 'electron'), program)
  write(join(root, 'node_modules', 'electron', 'path.txt'), 'electron')
}

const quiet = { PATH: process.env['PATH'] ?? '', HOME: tmpdir() }
function start(root: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const script = join(root, 'build', 'start.mjs')
  const options = { encoding: 'utf8', cwd: tmpdir(), env: { ...quiet, ...env }, timeout: 50_000 } as const
  return spawnSync(process.execPath, [script, ...args], options)
}

test('without a runtime it names the two ways on, and builds and downloads nothing', () => {
  const root = project({ isBuilt: false })
  const { status, stdout, stderr } = start(root)
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('npx install-electron')
  expect(stderr).toContain('npm run build && npx musette run --ui')
  expect(stderr.split('\n').filter(line => line !== '')).toHaveLength(3)
  expect(existsSync(join(root, 'was-built'))).toBe(false)
})

test.each([
  [
    'a path.txt without its program',
    (root: string) => write(join(root, 'node_modules/electron/path.txt'), 'electron'),
  ],
  ['an override that leads nowhere', () => undefined],
])('%s is no runtime', (_what, prepare) => {
  const root = project()
  prepare(root)
  expect(start(root, [], { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }).stderr).toContain(
    'npx install-electron',
  )
})

const teller = '#!/bin/sh\nprintf "%s\\n" "$@"\necho trouble >&2\nexit 7\n'

test('starts the app with its words, its streams and its code', () => {
  const root = project()
  install(root, teller)
  const { status, stdout, stderr } = start(root, ['--hidden', 'two words'])
  expect({ status, stdout, stderr }).toEqual({
    status: 7,
    stdout: `${root}\n--hidden\ntwo words\n`,
    stderr: 'trouble\n',
  })
  expect(existsSync(join(root, 'was-built'))).toBe(false)
})

test('takes the runtime that the environment names', () => {
  const root = project()
  const elsewhere = temporaryFolder('musette-electron-')
  write(join(elsewhere, 'electron'), '#!/bin/sh\nexit 3\n')
  expect(start(root, [], { ELECTRON_OVERRIDE_DIST_PATH: elsewhere }).status).toBe(3)
})

test('builds what is missing first', () => {
  const root = project({ isBuilt: false })
  install(root, '#!/bin/sh\nexit 0\n')
  expect(start(root).status).toBe(0)
  expect(readFileSync(join(root, 'was-built'), 'utf8')).toBe('built\n')
})

test('does not start what could not be built', () => {
  const root = project({ isBuilt: false })
  install(root, '#!/bin/sh\ntouch "$1/was-started"\n')
  write(join(root, 'package.json'), JSON.stringify({ name: 'musette', scripts: { build: 'exit 1' } }))
  expect(start(root).status).toBe(1)
  expect(existsSync(join(root, 'was-started'))).toBe(false)
})

test('hands a signal on and waits for the end', async () => {
  const root = project()
  install(root, `#!/bin/sh\ntrap 'echo ending; exit 4' TERM\necho up\nwhile :; do sleep 0.05; done\n`)
  const child = spawn(process.execPath, [join(root, 'build', 'start.mjs')], { env: quiet })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (said === 'up\n') child.kill('SIGTERM')
  })
  const code = await new Promise(done => child.on('close', done))
  expect({ said, code }).toEqual({ said: 'up\nending\n', code: 4 })
})
