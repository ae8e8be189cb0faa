import { defineConfig } from 'vitest/config'

const project = (name: string, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], ...extra },
})

export default defineConfig({
  test: {
    projects: [
      project('unit'),
      project('adapter', { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('e2e', { testTimeout: 240_000, hookTimeout: 120_000, fileParallelism: false }),
    ],
  },
})
