import type { Page } from 'playwright-core'
import { axeFindings } from './axe.ts'

/** One look at one page. */
export interface Look {
  readonly page: string
  readonly what: string
  readonly theme: 'light' | 'dark'
  readonly size: string
  readonly findings: readonly string[]
}

const sizes = [
  { name: '1100x720', width: 1100, height: 720, themes: ['light', 'dark'] },
  { name: '480x700', width: 480, height: 700, themes: ['dark'] },
] as const
const widths = [480, 640, 1100] as const
const wide = { width: 1100, height: 720 } as const

/** Everything that was looked at, for the table at the end. */
export const looks: Look[] = []

/** Looks at a page as it is now in each size and theme, and for what can only be seen by scrolling sideways. */
export async function audit(page: Page, name: string, what: string): Promise<void> {
  for (const { themes, ...size } of sizes) {
    await page.setViewportSize(size)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      looks.push({ page: name, what, theme, size: size.name, findings: await axeFindings(page) })
    }
  }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 720 })
    const wider = await page.evaluate<readonly string[]>(sideways)
    const findings = wider.map(element => `scrolls sideways: ${element}`)
    looks.push({ page: name, what, theme: 'dark', size: `${width} wide`, findings })
  }
  await page.setViewportSize(wide)
}

/** The page itself and whatever scrolls in it up and down must not scroll from side to side. */
const sideways = `[document.documentElement, ...document.querySelectorAll('main, nav, [role="listbox"], section')]
  .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== 'visible'
    || each === document.documentElement && each.scrollWidth > innerWidth)
  .map(each => each.tagName.toLowerCase() + '.' + each.className + ' ' + each.scrollWidth + ' > ' + each.clientWidth)`

/** One line a page and case: how many findings in each size and theme. */
export function auditTable(): readonly string[] {
  const keys = [...new Set(looks.map(look => `${look.page} | ${look.what}`))]
  return keys.map(key => {
    const of = looks.filter(look => `${look.page} | ${look.what}` === key)
    const cells = of.map(({ size, theme, findings }) =>
      size.includes('x') ? `${size} ${theme}: ${findings.length}` : `${size}: ${findings.length}`,
    )
    return `axe | ${key} | ${cells.join(' | ')}`
  })
}

/** What was found anywhere, with its place. */
export function auditFindings(): readonly string[] {
  return looks.flatMap(({ page, what, theme, size, findings }) =>
    findings.map(finding => `${page}, ${what}, ${size}, ${theme}: ${finding}`),
  )
}
