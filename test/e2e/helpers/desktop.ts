import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { homeFolders } from '../../../electron/host/home.ts'
import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type { Requests, Result } from '../../../shared/ipc-contract.ts'
import { drivers, type DesktopApp, type DesktopDriver } from '../desktop-driver.ts'
import { athlete, endWorlds, makeWorld, type World } from './home.ts'
import { until } from './until.ts'

const main = resolve('dist/desktop/main.js')
const built = [main, resolve('dist/preload/preload.cjs'), resolve('dist/renderer/index.html')]

/** The drivers with the reason why specs of Musette can't run on them here; each reason is printed. */
export function musetteDrivers(): readonly DesktopDriver[] {
  const absent = built.find(file => !existsSync(file))
  return drivers.map(driver => {
    const missing = driver.missing ?? (absent === undefined ? null : `${absent} is not built`)
    if (missing !== null) console.log(`SKIPPED: Musette on ${driver.name}, ${missing}`)
    return { ...driver, missing }
  })
}

/** A home with a service beside it, in which the desktop app is started. */
export interface DesktopWorld extends World {
  open(...args: readonly string[]): Promise<OpenDesktop>
  /** Whether the desktop shows tray icons, from now on. At first it does. */
  setTray(isThere: boolean): void
  /** The lines of Musette's log so far. */
  log(): string
}

/** Musette on the desktop, running. */
export interface OpenDesktop extends DesktopApp {
  /** Asks as the window does; throws where the answer is a failure. */
  ask<Name extends keyof Requests>(
    name: Name,
    ...args: Parameters<Requests[Name]>
  ): Promise<ReturnType<Requests[Name]>>
  /** The bare answer to any request, right or wrong. */
  request(name: unknown, args: unknown): Promise<Result<unknown>>
  snapshot(): Promise<AppSnapshot>
  /** Signs in, marks the guide as done and adds the source's folder. */
  settle(folder: string): Promise<void>
  /** The window's page, once it answers. */
  readonly window: () => Promise<Page>
  trayLabels(): Promise<readonly string[]>
}

const running: DesktopApp[] = []

/** `more`: variables that the app is started with beside the usual ones, such as those of a keyring. */
export async function makeDesktopWorld(
  driver: DesktopDriver,
  more: Readonly<Record<string, string>> = {},
): Promise<DesktopWorld> {
  const world = await makeWorld({ key: null })
  // Stands in for the tool that asks the session's bus about trays.
  const tools = world.folder('tools')
  const setTray = (isThere: boolean): void => {
    writeFileSync(join(tools, 'gdbus'), `#!/bin/sh\necho '(<${isThere}>,)'\n`)
    chmodSync(join(tools, 'gdbus'), 0o755)
  }
  setTray(true)
  const env = {
    ...world.env,
    ...more,
    PATH: `${tools}:${world.env['PATH'] ?? ''}`,
    XDG_CONFIG_HOME: join(world.root, 'config'),
  }
  const open = async (...args: readonly string[]): Promise<OpenDesktop> => {
    const app = await driver.start({ main, args, env })
    running.push(app)
    return openDesktop(app)
  }
  // A getter does not survive a spread.
  const log = (): string => readFileSync(homeFolders(world.home).log, 'utf8')
  return Object.assign(Object.create(world) as World, { open, setTray, log })
}

function openDesktop(app: DesktopApp): OpenDesktop {
  const window = async (): Promise<Page> => {
    const page = await app.page()
    await until(() => page.evaluate<boolean>(`'musette' in window`), `the bridge, said: ${app.said()}`)
    return page
  }
  const request = async (name: unknown, args: unknown): Promise<Result<unknown>> => {
    const script = `window.musette.request(${JSON.stringify(name)}, ${JSON.stringify(args)})`
    return (await window()).evaluate<Result<unknown>>(script)
  }
  const ask: OpenDesktop['ask'] = async (name, ...args) => {
    const result = await request(name, args)
    if (result.kind === 'failed') throw new Error(`${name}: ${result.error.code} ${result.error.message}`)
    return result.value as ReturnType<Requests[typeof name]> // the contract's promise
  }
  const snapshot = (): Promise<AppSnapshot> => ask('getSnapshot')
  return {
    ...app,
    ...{ window, request, ask, snapshot },
    settle: async folder => {
      await ask('connect', athlete.key)
      await ask('addSource', { folder, name: null, backfill: { kind: 'none' } })
      await ask('changePreferences', { isFirstRunDone: true })
      await until(async () => !(await snapshot()).isWorking, 'a rest')
    },
    trayLabels: async () => (await app.state()).trays[0]?.menu.map(line => line.label) ?? [],
  }
}

/** Ends every app and world that a test made. */
export async function endDesktops(): Promise<void> {
  for (const app of running.splice(0)) await app.kill()
  await endWorlds()
}
