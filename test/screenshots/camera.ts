import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { httpPaths } from '../../shared/ipc-contract.ts'
import { pictureZone, windowNowMs } from './stage.ts'

const sizes = [
  { name: '1100x720', width: 1100, height: 720 },
  { name: '640x560', width: 640, height: 560 },
] as const
const themes = ['light', 'dark'] as const

/** The pictures that go into the repository. */
const curated: ReadonlySet<string> = new Set([
  ...['today', 'activities', 'workouts', 'folders', 'settings', 'help'].flatMap(page =>
    themes.map(theme => `${page}-full-1100x720-${theme}`),
  ),
  'today-needs-1100x720-light',
  'story-full-1100x720-light',
  'guide-folders-full-1100x720-light',
  'guide-connect-empty-1100x720-dark',
  'today-full-640x560-light',
  'workouts-full-640x560-dark',
])

/** Takes pictures into two folders: the chosen ones into `curatedTo`, every one into `allTo`. */
export class Camera {
  readonly #browser: Browser
  readonly #curatedTo: string
  readonly #allTo: string | null
  readonly #taken: string[] = []
  readonly #complaints: string[] = []

  constructor(browser: Browser, curatedTo: string, allTo: string | null) {
    this.#browser = browser
    this.#curatedTo = curatedTo
    this.#allTo = allTo
  }

  /** Paths of the chosen pictures. */
  get taken(): readonly string[] {
    return this.#taken
  }

  /** What the pages have complained of: a picture of a page with faults is no picture. */
  get complaints(): readonly string[] {
    return this.#complaints
  }

  /** The chosen pictures that no page was taken for. */
  get missing(): readonly string[] {
    return [...curated].filter(name => !this.#taken.includes(this.#pathOf(name)))
  }

  /** A page whose clock stands, so that what it says of the time is the same each time. */
  async open(address: string): Promise<Page> {
    const context = await this.#browser.newContext({
      ...{ locale: 'en-GB', timezoneId: pictureZone, reducedMotion: 'reduce' as const },
      viewport: sizes[0],
    })
    const page = await context.newPage()
    page.on('pageerror', error => this.#complaints.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error') this.#complaints.push(message.text())
    })
    await page.clock.setFixedTime(windowNowMs)
    await page.route(`**${httpPaths.request}/examine`, async route => {
      const reply = await route.fetch()
      await route.fulfill({ response: reply, body: withoutThisComputer(await reply.text()) })
    })
    await page.goto(address)
    return page
  }

  /** The page as it is now, in every size and theme; `kind` is `empty`, `full` or another word for what is in it. */
  async take(page: Page, name: string, kind: string): Promise<void> {
    // Nothing is to look pointed at.
    await page.mouse.move(0, 0)
    for (const size of sizes) {
      await page.setViewportSize(size)
      for (const colorScheme of themes) {
        const picture = `${name}-${kind}-${size.name}-${colorScheme}`
        const paths = [
          ...(curated.has(picture) ? [this.#pathOf(picture)] : []),
          ...(this.#allTo === null ? [] : [join(this.#allTo, `${picture}.png`)]),
        ]
        if (paths.length === 0) continue
        await page.emulateMedia({ colorScheme })
        await page.evaluate('document.fonts.ready.then(() => undefined)')
        for (const path of paths) await page.screenshot({ path, caret: 'hide', animations: 'disabled' })
        if (curated.has(picture)) this.#taken.push(this.#pathOf(picture))
      }
    }
    await page.setViewportSize(sizes[0])
  }

  /** Makes the folders that pictures go to. */
  prepare(): void {
    for (const folder of [this.#curatedTo, this.#allTo]) {
      if (folder !== null) mkdirSync(folder, { recursive: true })
    }
  }

  #pathOf(picture: string): string {
    return join(this.#curatedTo, `${picture}.png`)
  }
}

/** The check-up tells of the computer it runs on, which is not the rider's: its disk, and where the stand-in listens. */
function withoutThisComputer(findings: string): string {
  return findings
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://intervals.icu')
    .replace(/[\d.]+ [GT]B free/g, '212 GB free')
}
