import type { Page } from 'playwright-core'

/** Whether anything of a name has become more than text. */
export async function traces(page: Page): Promise<unknown> {
  return page.evaluate(`({
    hacked: window.hacked ?? null,
    images: document.querySelectorAll('img').length,
    scripts: document.querySelectorAll('script:not([src])').length,
    handlers: document.querySelectorAll('[onerror], [onclick], [onload]').length,
  })`)
}
/** No traces. */
export const none = { hacked: null, images: 0, scripts: 0, handlers: 0 }
