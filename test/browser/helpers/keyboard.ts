import type { Page } from 'playwright-core'

const mostPresses = 60

/** Presses Tab until what has the focus matches, as a screen reader names it: `button "Continue"`. Throws where it cannot be reached. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < mostPresses; presses += 1) {
    await page.keyboard.press('Tab')
    const focus = page.locator(':focus')
    const focused = (await focus.count()) === 0 ? 'nothing' : await focus.first().ariaSnapshot()
    if (name.test(focused)) return
    passed.push(focused)
  }
  throw new Error(`Tab never came to ${name.source}; it passed ${passed.join(', ')}`)
}
