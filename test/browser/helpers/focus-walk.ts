import type { Page } from 'playwright-core'

/** What a walk by Tab through a page found wrong. */
export interface FocusWalk {
  readonly stops: number
  /** Stops that do not show that they have the focus. */
  readonly unmarked: readonly string[]
  /** What can be used with a pointer but was never stopped at. */
  readonly passedBy: readonly string[]
}

interface Stop {
  readonly name: string
  readonly isMarked: boolean
}

const mostStops = 150

/** Walks by Tab from where the focus is until it comes round. */
export async function walkByTab(page: Page): Promise<FocusWalk> {
  await page.evaluate('window.walked = new Set()')
  const unmarked: string[] = []
  let stops = 0
  while (stops < mostStops) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate<'again' | 'nowhere' | Stop>(look)
    if (stop === 'again') break
    // Between its last stop and its first the page has none.
    if (stop === 'nowhere') continue
    stops += 1
    if (!stop.isMarked) unmarked.push(stop.name)
  }
  return { stops, unmarked, passedBy: await page.evaluate<readonly string[]>(passedBy) }
}

const described = `const describe = each => each.tagName.toLowerCase() + ' "' +
  (each.getAttribute('aria-label') ?? each.textContent.trim() ?? '').slice(0, 40) + '" ' + (each.name ?? '')`

/** The mark may be on the element, on what is drawn over it, on its label, or on the row of a list that is the active one. */
const look = `(() => {
  ${described}
  const at = document.activeElement
  if (at === null || at === document.body) return 'nowhere'
  if (window.walked.has(at)) return 'again'
  window.walked.add(at)
  const row = document.getElementById(at.getAttribute('aria-activedescendant') ?? '')
  const places = [at, row, at.nextElementSibling, at.parentElement, at.parentElement?.parentElement].filter(Boolean)
  const isOutlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
  const isMarked = places.some(each =>
    [null, '::before', '::after'].some(part => isOutlined(getComputedStyle(each, part))))
  return { name: describe(at), isMarked }
})()`

/** Of a group of radios, a list or a table of steps, Tab stops at one; arrows reach the others. */
const passedBy = `(() => {
  ${described}
  const radios = new Set([...window.walked].filter(each => each.type === 'radio').map(each => each.name))
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(each => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({ visibilityProperty: true }))
    .filter(each => !window.walked.has(each) && !(each.type === 'radio' && radios.has(each.name)))
    .map(describe)
})()`
