import { chromium, type BrowserContext } from 'playwright-core'

const flags =
  '--remote-debugging-port=0 --disable-gpu --disable-quic --no-first-run --disable-background-networking ' +
  '--disable-component-update --disable-sync'
let started: Promise<BrowserContext> | null = null

/** The one Chromium behind all windows; it ends with this process. */
export function browser(): Promise<BrowserContext> {
  return (started ??= start())
}

async function start(): Promise<BrowserContext> {
  // Whoever starts the double finds the debugging port in the profile's `DevToolsActivePort`.
  const profile = process.env['ELECTRON_DOUBLE_PROFILE'] ?? ''
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['ELECTRON_DOUBLE_CHROMIUM'] ?? '/usr/bin/chromium',
    chromiumSandbox: false,
    headless: true,
    viewport: null,
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    args: flags.split(' '),
  })
  // Nothing leaves the machine: a window has rules of its own, pages that a script opens have none.
  await context.route('**/*', route => route.abort('blockedbyclient'))
  return context
}

/** Ends Chromium if it was ever started. */
export async function endBrowser(): Promise<void> {
  await started?.then(context => context.close()).catch(() => undefined)
}

const mapped = /^https:\/\/([^/?#]*)\.([a-z][a-z0-9]*)-scheme\.test(?=[/?#]|$)/
const own = /^([a-z][a-z0-9]*):\/\/([^/?#]*)/

/** `app://musette/index.html` as Chromium knows it: `https://musette.app-scheme.test/index.html`. */
export function toChromium(url: string, schemes: ReadonlySet<string>): string {
  return url.replace(own, (whole, scheme: string, host: string) =>
    schemes.has(scheme) ? `https://${host}.${scheme}-scheme.test` : whole,
  )
}

/** The address as the main process knows it. */
export function fromChromium(url: string): string {
  return url.replace(mapped, '$2://$1')
}
