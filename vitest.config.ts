import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

const project = (name: string, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], ...extra },
})

// Two at a time: each starts processes of its own, and mostly waits for them.
const slow = { testTimeout: 240_000, hookTimeout: 120_000, maxWorkers: 2 }

export default defineConfig({
  test: {
    projects: [
      project('unit'),
      {
        plugins: [svelte({ configFile: false }), svelteTesting()],
        ...project('component', { environment: 'jsdom', setupFiles: ['test/component/setup.ts'] }),
      },
      project('adapter', { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('e2e', slow),
      project('browser', slow),
    ],
  },
})
