import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/** The window, for Electron 45's Chromium and for `musette run --ui`. Everything is a file of its own: the CSP forbids inline code. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    // How long each plugin took is nobody's concern who only builds.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
})
