import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { paperColour, windowOptions } from '../../../../electron/desktop/window/window-options.ts'

const look = { preload: '/app/preload.cjs', isDark: false, isPackaged: true, place: null }

test("says every point of Electron's security checklist that is an option", () => {
  expect(windowOptions(look).webPreferences).toEqual({
    preload: '/app/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    devTools: false,
    spellcheck: false,
  })
})

test('has developer tools only where it is developed', () => {
  expect(windowOptions({ ...look, isPackaged: false }).webPreferences?.devTools).toBe(true)
})

test('waits until it can be shown, and takes its old place', () => {
  const place = { x: 10, y: 20, width: 640, height: 560 }
  const options = windowOptions({ ...look, place })
  expect(options).toMatchObject({ ...place, show: false, minWidth: 480, minHeight: 420, title: 'Musette' })
  expect(windowOptions(look)).toMatchObject({ width: 1100, height: 720 })
  expect(windowOptions(look)).not.toHaveProperty('x')
})

test.each([
  [false, 0],
  [true, 1],
])("the paper behind the page is the page's own (dark: %s)", (isDark, place) => {
  const tokens = readFileSync('renderer/styles/tokens.css', 'utf8')
  const papers = [...tokens.matchAll(/--paper: (#\w+)/g)].map(([, colour]) => colour)
  expect(paperColour(isDark)).toBe(papers[place])
})
