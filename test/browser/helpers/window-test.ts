import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { launchChromium, whyNoWindow } from '../../helpers/window/chromium.ts'
import { endWorlds } from '../../e2e/helpers/home.ts'

const why = whyNoWindow()
if (why !== null) console.log(`SKIPPED: the window in a browser: ${why}`)

/** Tests of the built window in a browser; left out, with the reason told, where there is none. */
export function describeWindow(name: string, tests: (browser: () => Browser) => void): void {
  describe.skipIf(why !== null)(name, () => {
    let browser: Browser | null = null
    beforeAll(async () => {
      browser = await launchChromium()
    })
    afterAll(async () => {
      await browser?.close()
      await endWorlds()
    })
    tests(() => {
      if (browser === null) throw new Error('the browser is not there yet')
      return browser
    })
  })
}

/** How long something the window is waiting for may take before it counts as never coming. */
export const guard = { timeout: 20_000 } as const

/** No page may complain, whatever was done in it. */
export function expectNoComplaints(complaints: readonly string[]): void {
  expect(complaints).toEqual([])
}
