// `npm start`: the desktop app from this checkout. Builds what is missing, finds Electron's runtime and never fetches it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const built = ['desktop/main.js', 'preload/preload.cjs', 'renderer/index.html']

const runtime = findRuntime()
if (runtime === null) {
  process.stderr.write(
    [
      "Electron's runtime is not installed, so the desktop app can't start. There are two ways on:",
      '  npx install-electron        downloads it; then npm start again',
      `  ${withoutElectron()}opens the same window in your browser, without Electron`,
      '',
    ].join('\n'),
  )
  process.exitCode = 1
} else if (buildMissing()) {
  startApp(runtime)
} else {
  process.stderr.write('Musette could not be built, so it was not started.\n')
  process.exitCode = 1
}

/**
 * Where `require('electron')` would find the program; asking that itself would download it.
 * @returns {string | null}
 */
function findRuntime() {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? ''
  const program =
    given !== '' ? join(given, name ?? 'electron') : name === null ? null : join(folder, 'dist', name)
  return program !== null && existsSync(program) ? program : null
}

/** What to type for the window in a browser; its build comes first where there is none. */
function withoutElectron() {
  const isBuilt = ['headless/headless.js', 'renderer/index.html'].every(isThere)
  return `${isBuilt ? '' : 'npm run build && '}npx musette run --ui`.padEnd(28)
}

/** @param {string} file in dist/ */
function isThere(file) {
  return existsSync(join(root, 'dist', file))
}

function buildMissing() {
  if (built.every(isThere)) return true
  // npm puts the Node 24 that came with the project first on the path.
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return status === 0
}

/** @param {string} program */
function startApp(program) {
  const child = spawn(program, [root, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl+C reaches the whole group by itself, and a second quit would be immediate: only wait. What is sent to this
  // process alone is handed on.
  process.on('SIGINT', () => undefined)
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => void child.kill(signal))
  }
  child.on('error', error => {
    process.stderr.write(`Electron could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
  })
}
