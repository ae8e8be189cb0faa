import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { RunningCli } from '../../e2e/helpers/cli.ts'
import type { World } from '../../e2e/helpers/home.ts'

/** The window of a running `musette run --ui`, in a browser. */
export interface OpenWindow {
  readonly page: Page
  readonly running: RunningCli
  /** The address with the token, as it was printed. */
  readonly address: string
  /** What the page complained about: exceptions and messages of level error. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

const guardMs = 20_000

/** Starts `musette run --ui` in a world and opens its window. */
export async function openWindow(
  browser: Browser,
  world: Pick<World, 'start'>,
  options: BrowserContextOptions = {},
): Promise<OpenWindow> {
  const running = world.start('run', '--ui')
  const address = await addressOf(running)
  const context = await browser.newContext({
    ...{ viewport: { width: 1100, height: 720 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' },
    ...options,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(address)
  return {
    ...{ page, running, address, complaints },
    close: async () => {
      await context.close()
      running.kill('SIGTERM')
      await running.ended
    },
  }
}

async function addressOf(running: RunningCli): Promise<string> {
  const until = performance.now() + guardMs
  while (performance.now() < until) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*#token=\S+/.exec(running.printed())?.[0]
    if (address !== undefined) return address
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`no address was printed: ${running.said()}`)
}

/** Past the guide, as after the first run. */
export async function skipGuide(window: OpenWindow): Promise<OpenWindow> {
  await window.page.getByRole('button', { name: 'Skip the guide' }).click()
  await window.page.getByRole('navigation').waitFor()
  return window
}
