#!/usr/bin/env node
// What `musette` starts. The program needs Node 24; this file runs on 20 and later and finds it one.
import { spawn } from 'node:child_process'
import { existsSync, fstatSync, readSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Socket } from 'node:net'
import { isMainThread, Worker } from 'node:worker_threads'

const NEEDED_MAJOR = 24
// The file descriptor by which the second start notices the end of the first.
const LIFELINE = 3

const launcher = realpathSync(fileURLToPath(import.meta.url))
const root = dirname(dirname(launcher))
const program = join(root, 'dist', 'headless', 'headless.js')

if (isMainThread) await start()
else watchLifeline()

async function start() {
  // Node's own answer to it is a debugger, on a port where any user of this computer could read the key.
  process.on('SIGUSR1', () => undefined)
  // Tells the second start that it is one. It is removed before the program begins, so that nothing the program
  // starts ever sees it.
  const isSecondStart = process.env['MUSETTE_STARTED_BY_LAUNCHER'] !== undefined
  delete process.env['MUSETTE_STARTED_BY_LAUNCHER']
  if (!existsSync(program)) return fail('Musette is not built yet. Run: npm run build')
  if (Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR) return startAgain(isSecondStart)
  if (isSecondStart && isLifelineOpen()) {
    takeKey()
    // In a thread of its own, so that a program that is busy dies as promptly as an idle one.
    new Worker(launcher).unref()
  }
  await import(pathToFileURL(program).href)
}

/**
 * Runs this file again on the Node that came with the project, and ends as that ends.
 * @param {boolean} isSecondStart
 */
function startAgain(isSecondStart) {
  const node = bundledNode()
  if (isSecondStart || node === null) {
    fail(
      `Musette needs Node ${NEEDED_MAJOR}, and this is ${process.version}. Either run "npm ci" in ${root}, ` +
        `which brings it along, or install Node ${NEEDED_MAJOR} or newer.`,
    )
    return
  }
  const { MUSETTE_API_KEY, ...envWithoutKey } = process.env
  const child = spawn(node, [launcher, ...process.argv.slice(2)], {
    // The last one is the lifeline. One line goes over it; the kernel closes it when this process is gone, however
    // it went. Node closes it to the child's own children.
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...envWithoutKey, MUSETTE_STARTED_BY_LAUNCHER: '1' },
  })
  // A key must not stand in a child's environment, where others can look: it goes over the lifeline instead.
  const lifeline = /** @type {import('node:stream').Writable | null | undefined} */ (child.stdio[LIFELINE])
  lifeline?.on('error', () => undefined)
  lifeline?.write(`${JSON.stringify({ key: MUSETTE_API_KEY ?? null })}\n`)
  const forward = /** @param {NodeJS.Signals} signal */ signal => void child.kill(signal)
  const forwarded = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of forwarded) process.on(signal, forward)
  child.on('error', error => fail(`Musette could not start ${node}: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const name of forwarded) process.off(name, forward)
    // The code a shell would give, for where there are no signals to die of.
    process.exitCode = 128 + constants.signals[signal]
    process.kill(process.pid, signal)
  })
}

/** @returns {string | null} */
function bundledNode() {
  const windows = process.platform === 'win32'
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`
  const path = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node')
  return existsSync(path) ? path : null
}

/** Reads the launcher's one line, before anybody else listens on the lifeline, and puts the key where it is looked for. */
function takeKey() {
  const one = Buffer.alloc(1)
  const bytes = []
  for (let tries = 0; tries < 2000;) {
    try {
      if (readSync(LIFELINE, one) === 0 || one[0] === 10) break
      bytes.push(one[0] ?? 0)
    } catch (error) {
      // The line is on its way: the descriptor does not block.
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EAGAIN') return
      tries += 1
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
  try {
    const { key } = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (typeof key === 'string') process.env['MUSETTE_API_KEY'] = key
  } catch {
    // No line, no key: the program says what is missing.
  }
}

/** A mark that somebody else has put into the environment comes without a lifeline. */
function isLifelineOpen() {
  try {
    const stat = fstatSync(LIFELINE)
    return stat.isSocket() || stat.isFIFO()
  } catch {
    return false
  }
}

/** Dies with the launcher: killing what the user started, however hard, must leave nothing running. */
function watchLifeline() {
  const socket = new Socket({ fd: LIFELINE })
  const die = () => process.kill(process.pid, 'SIGKILL')
  socket.on('error', die)
  socket.on('close', die)
  socket.resume()
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exitCode = 2
}
