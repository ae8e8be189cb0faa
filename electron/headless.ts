import { fileURLToPath } from 'node:url'
import { processIo } from './headless/io.ts'
import { main } from './headless/main.ts'
import { workerFiles } from './workers/worker-files.ts'

/** The composition root of `musette`: the command line over the engine, without a window. */
const io = processIo()
// Built, this file lies in dist/headless; unbuilt, beside dist.
const renderer = import.meta.url.endsWith('.js') ? '../renderer' : '../dist/renderer'
process.exitCode = await main(process.argv.slice(2), io, {
  workers: workerFiles(import.meta.url),
  windowFolder: fileURLToPath(new URL(renderer, import.meta.url)),
})
await io.flush()
// Every part has been closed; a library's idle timer must not keep the command from ending.
process.exit()
