import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { DesktopApp, DesktopDriver } from '../desktop-driver.ts'
import { until } from '../helpers/until.ts'

const main = resolve('test/e2e/desktop/conformance-app/main.mjs')
const apps: DesktopApp[] = []
const folders: string[] = []

/** The small app of the conformance specs, running. It writes down what happens to it. */
export interface ConformanceApp {
  readonly app: DesktopApp
  /** What it has written, in order. */
  readonly told: () => readonly (readonly unknown[])[]
  /** Waits until it has written this word. */
  readonly hears: (word: string) => Promise<readonly unknown[]>
  /** Starts it once more in the same place. */
  readonly again: (...args: readonly string[]) => Promise<DesktopApp>
}

/** Starts the app with these variables. */
export async function runConformanceApp(
  driver: DesktopDriver,
  env: Readonly<Record<string, string>>,
): Promise<ConformanceApp> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  folders.push(folder)
  const said = join(folder, 'said')
  writeFileSync(said, '')
  const whole = {
    ...{ PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: tmpdir() },
    ...{ SAID: said, USER_DATA: join(folder, 'data'), TRAY_IMAGE: resolve('build/tray/idle-onLight.png') },
    ...env,
  }
  const begin = async (args: readonly string[]): Promise<DesktopApp> => {
    const app = await driver.start({ main, args, env: whole })
    apps.push(app)
    return app
  }
  const app = await begin([])
  const told = () => {
    const lines = readFileSync(said, 'utf8').split('\n')
    return lines.filter(Boolean).map(line => JSON.parse(line) as readonly unknown[]) // written by the app, a list a line
  }
  const find = (word: string) => told().find(line => line[0] === word)
  const hears = async (word: string) => {
    await until(() => find(word) !== undefined, `${word}, said: ${app.said()}`)
    return find(word) ?? []
  }
  return { app, told, hears, again: (...args) => begin(args) }
}

/** Ends every app that was started here. */
export async function endConformanceApps(): Promise<void> {
  for (const app of apps.splice(0)) await app.kill()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}
