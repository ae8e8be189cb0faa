import { processIo } from './headless/io.ts'
import { main } from './headless/main.ts'
import { workerFiles } from './workers/worker-files.ts'

/** The composition root of `musette`: the command line over the engine, without a window. */
const io = processIo()
process.exitCode = await main(process.argv.slice(2), io, workerFiles(import.meta.url))
await io.flush()
// Every part has been closed; a library's idle timer must not keep the command from ending.
process.exit()
