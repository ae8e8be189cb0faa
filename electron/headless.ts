import { processIo } from './headless/io.ts'
import { main } from './headless/main.ts'
import { workerFiles } from './workers/worker-files.ts'

/** The composition root of `musette`: the command line over the engine, without a window. */
process.exitCode = await main(process.argv.slice(2), processIo(), workerFiles(import.meta.url))
// Every part has been closed; a library's idle timer must not keep the command from ending.
process.exit()
