import { defineConfig } from 'vite'

/** The command line and its three workers: one file an entry, Node built-ins and the native keychain left outside. */
export default defineConfig({
  ssr: { noExternal: true, external: ['keytar'] },
  build: {
    ssr: true,
    outDir: 'dist/headless',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        headless: 'electron/headless.ts',
        'engine-worker': 'electron/workers/engine-worker.ts',
        'proof-worker': 'electron/workers/proof-worker.ts',
        'help-worker': 'electron/workers/help-worker.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
})
