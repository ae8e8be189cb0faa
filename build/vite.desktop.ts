import { defineConfig } from 'vite'

/** Electron's main process and its three workers: one file an entry; Electron and the native keychain left outside. */
export default defineConfig({
  ssr: { noExternal: true, external: ['electron', 'keytar'] },
  build: {
    ssr: true,
    outDir: 'dist/desktop',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: 'electron/main.ts',
        'engine-worker': 'electron/workers/engine-worker.ts',
        'proof-worker': 'electron/workers/proof-worker.ts',
        'help-worker': 'electron/workers/help-worker.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
})
