// Runs a built main bundle with the double in Electron's place: node run.ts dist/desktop/main.js [its arguments]
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { theApp } from './app.ts'
import { browser } from './chromium.ts'
import { windows } from './browser-window.ts'
import { serveControls } from '../e2e/desktop/driver/double-controls.ts'
import { theme } from './system.ts'

const main = pathToFileURL(resolve(process.argv[2] ?? ''))
process.argv.splice(1, 1)
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? next(new URL('electron.ts', import.meta.url).href, context) : next(name, context),
})
serveControls()
theme.on('updated', () => {
  for (const { contents } of windows) void contents.useColours(theme.shouldUseDarkColors ? 'dark' : 'light')
})
// Electron waits for the whole main script: one that itself waits for `ready` at its top level waits for ever.
await import(main.href)
// An app that has ended itself by now, as a second one does, is gone after this turn and needs no Chromium.
await new Promise(setImmediate)
void browser().catch((error: unknown) => {
  console.error(error)
  process.exit(70)
})
theApp.becomeReady()
