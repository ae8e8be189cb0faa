import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import type { DesktopApp, DesktopDriver, DesktopEnd, DesktopStart } from '../../desktop-driver.ts'
import { until } from '../../helpers/until.ts'
import type { ControlReply, DesktopState } from './controls.ts'

const recorder = resolve('test/e2e/desktop/driver/real-recorder.mjs')
const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? resolve('node_modules/electron/dist')

function findRuntime(): string | null {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  }
  const path = join(folder, names[process.platform] ?? 'electron')
  return existsSync(path) ? path : null
}

const runtime = findRuntime()

/** Runs an app on Electron itself, through Playwright. */
export const realDriver: DesktopDriver = {
  name: 'Electron',
  missing: runtime === null ? 'its runtime is not installed (npx install-electron)' : null,
  start: startReal,
}

async function startReal({ main, args = [], env }: DesktopStart): Promise<DesktopApp> {
  if (runtime === null) throw new Error('there is no Electron runtime')
  const app = await _electron.launch({
    executablePath: runtime,
    args: [recorder, ...args],
    env: {
      ...env,
      MUSETTE_MAIN: main,
      DISPLAY: process.env['DISPLAY'] ?? '',
      XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? '',
    },
  })
  const child = app.process()
  let said = ''
  child.stdout?.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const ended = Promise.withResolvers<DesktopEnd>()
  let exitedAt = 0
  child.once('exit', () => (exitedAt = performance.now()))
  child.once('close', (code, signal) => {
    ended.resolve({ code, signal, exitedAt })
  })
  return {
    pid: child.pid ?? 0,
    ended: ended.promise,
    state: async () => (await call(app, 'state', [])) as DesktopState, // typed by the recorder's contract
    act: async (name, ...list) => {
      await call(app, name, list)
    },
    page: async () => {
      let found: Page | undefined
      await until(() => (found = app.windows().find(page => !page.isClosed())) !== undefined, 'the window')
      if (found === undefined) throw new Error('no page')
      return found
    },
    said: () => said,
    kill: async () => {
      child.kill('SIGKILL')
      await ended.promise
    },
  }
}

/** The recorder, which loads the app, has the controls. */
async function call(app: ElectronApplication, name: string, args: readonly unknown[]): Promise<unknown> {
  const reply = await app.evaluate(
    (_electron, [control, list]) => {
      const holder = globalThis as unknown as {
        desktopControl(name: string, args: readonly unknown[]): ControlReply
      }
      return holder.desktopControl(control, list)
    },
    [name, args] as const,
  )
  if (reply.failure !== undefined) throw new Error(reply.failure)
  return reply.value
}
