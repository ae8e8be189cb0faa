// Draws the app's icon and the tray's images from their SVG sources: node build/draw-icons.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { trayStates, trayVariants } from './tray-images.ts'

const here = import.meta.dirname

/** Draws one SVG at a size, on nothing. */
async function draw(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  const style = 'html,body{margin:0;background:transparent}svg{display:block;width:100vw;height:100vh}'
  await page.setContent(`<!doctype html><style>${style}</style>${svg}`)
  return page.screenshot({ omitBackground: true })
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu', '--force-color-profile=srgb'],
})
try {
  const page = await browser.newPage()
  writeFileSync(
    join(here, 'icons/icon.png'),
    await draw(page, readFileSync(join(here, 'icons/icon.svg'), 'utf8'), 1024),
  )
  mkdirSync(join(here, 'tray'), { recursive: true })
  for (const state of trayStates) {
    const source = readFileSync(join(here, `tray-src/${state}.svg`), 'utf8')
    for (const { suffix, colour } of trayVariants) {
      const svg = source.replace('color="#000"', `color="${colour}"`)
      for (const [size, scale] of [
        [16, ''],
        [32, '@2x'],
      ] as const) {
        writeFileSync(join(here, `tray/${state}${suffix}${scale}.png`), await draw(page, svg, size))
      }
    }
  }
} finally {
  await browser.close()
}
