import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

/** Debian's; another one is named by CHROMIUM_PATH. */
const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Keeps it from looking for anything outside, which a closed network turns into seconds of waiting. */
export const chromiumArgs: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const chromiumPath = path

/** Why tests of the window cannot run here; null when they can. */
export function whyNoWindow(): string | null {
  if (!existsSync(path)) return `Chromium is not here (${path}): apt-get install chromium`
  if (!existsSync(resolve('dist/renderer/index.html'))) return 'the window is not built: npm run build'
  return null
}

/** A headless Chromium; the caller closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: path, chromiumSandbox: false, args: [...chromiumArgs] })
}
