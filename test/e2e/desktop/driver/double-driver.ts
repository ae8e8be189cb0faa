import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { DesktopApp, DesktopDriver, DesktopStart } from '../../desktop-driver.ts'
import { until } from '../../helpers/until.ts'
import type { ControlCall, ControlReply, DesktopState } from './controls.ts'

const runner = resolve('test/electron-double/run.ts')
const executable = '/usr/bin/chromium'

/** Runs an app with test/electron-double in Electron's place and Chromium as its windows. */
export const doubleDriver: DesktopDriver = {
  name: 'the double',
  missing: existsSync(executable) ? null : `there is no ${executable}`,
  start: startDouble,
}

function startDouble({ main, args = [], env }: DesktopStart): Promise<DesktopApp> {
  // Whatever Chromium and its driver leave behind lies in here, and goes with it.
  const base = mkdtempSync(join(tmpdir(), 'musette-window-'))
  const profile = join(base, 'profile')
  const temporary = join(base, 'tmp')
  mkdirSync(temporary)
  const variables = { ELECTRON_DOUBLE_PROFILE: profile, ELECTRON_DOUBLE_CHROMIUM: executable }
  const child = spawn(process.execPath, [runner, main, ...args], {
    env: { ...env, ...variables, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  child.on('message', message => {
    const { id, value, failure } = message as ControlReply // of our own making
    if (failure === undefined) waiting.get(id)?.resolve(value)
    else waiting.get(id)?.reject(new Error(failure))
    waiting.delete(id)
  })
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null
  const client = new PageClient(profile)
  let exitedAt = 0
  child.once('exit', () => (exitedAt = performance.now()))
  const ended = once(child, 'close').then(async () => {
    for (const { reject } of waiting.values()) reject(new Error(`the app has ended:\n${said}`))
    await client.close()
    await until(() => browserOf(profile) === null, 'the end of Chromium')
    rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    return { code: child.exitCode, signal: child.signalCode, exitedAt }
  })
  let last = 0
  const call = (name: ControlCall['name'], list: readonly unknown[]): Promise<unknown> => {
    if (!isAlive()) throw new Error(`the app has ended:\n${said}`)
    const reply = Promise.withResolvers<unknown>()
    waiting.set(++last, reply)
    child.send({ id: last, name, args: list } satisfies ControlCall)
    return reply.promise
  }
  const app: DesktopApp = {
    pid: child.pid ?? 0,
    ended,
    state: async () => (await call('state', [])) as DesktopState, // typed at its other end
    act: async (name, ...list) => {
      await call(name, list)
    },
    page: () => client.page(),
    said: () => said,
    kill: async () => {
      await until(() => browserOf(profile) !== null || !isAlive(), 'Chromium, to end it too')
      const chromium = browserOf(profile)
      child.kill('SIGKILL')
      // Left to notice by itself, it would write into its profile again after that was removed.
      if (chromium !== null) endGroup(chromium)
      await ended
    },
  }
  return Promise.resolve(app)
}

/** The process of a profile's Chromium, by its lock there, which names host and process; null where there is none. */
function browserOf(profile: string): number | null {
  try {
    const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1))
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}

/** Playwright starts a browser as the first of its own group. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** A second client of the app's Chromium, for the test's own eyes and hands. */
class PageClient {
  readonly #profile: string
  #browser: Browser | null = null

  constructor(profile: string) {
    this.#profile = profile
  }

  async page(): Promise<Page> {
    const port = join(this.#profile, 'DevToolsActivePort')
    await until(() => existsSync(port) && readFileSync(port, 'utf8').includes('\n'), 'the port of Chromium')
    const number = readFileSync(port, 'utf8').split('\n', 1)[0] ?? ''
    this.#browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${number}`)
    let found: Page | undefined
    await until(async () => {
      const pages = this.#browser?.contexts().flatMap(context => context.pages()) ?? []
      for (const page of pages.filter(one => /^(https|data):/.test(one.url()))) {
        const isWhole = await page.evaluate<boolean>(`document.readyState !== 'loading'`).catch(() => false)
        if (isWhole) found = page
      }
      return found !== undefined
    }, 'the page of the window')
    if (found === undefined) throw new Error('no page')
    return found
  }

  async close(): Promise<void> {
    await this.#browser?.close().catch(() => undefined)
  }
}
