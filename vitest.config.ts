import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

const project = (name: string, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], ...extra },
})

// They start processes of their own, and wait for them about half of the time.
const slow = { testTimeout: 240_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    projects: [
      project('unit', { testTimeout: 30_000 }),
      {
        plugins: [svelte({ configFile: false }), svelteTesting()],
        ...project('component', {
          environment: 'jsdom',
          setupFiles: ['test/component/setup.ts'],
          testTimeout: 30_000,
        }),
      },
      project('adapter', {
        testTimeout: 60_000,
        hookTimeout: 60_000,
        // Unless told otherwise, Vitest leaves one core idle; of two, that is half of all.
        maxWorkers: 2,
        // They start many threads with an HTTP client each, whose parser is WebAssembly. V8 13.6 now and then ends the
        // process where two threads of it compile a wrapper anew (jit_page.has_value()); so none ever does.
        execArgv: ['--wasm-wrapper-tiering-budget=2147483647'],
      }),
      project('e2e', { ...slow, maxWorkers: 2 }),
      project('browser', { ...slow, maxWorkers: 2 }),
    ],
  },
})
