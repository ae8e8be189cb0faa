import type { Environment } from '../host/environment.ts'
import type { WorkerFiles } from '../workers/worker-files.ts'
import type { Io } from './io.ts'

/** What every command is given. */
export interface Context {
  readonly environment: Environment
  readonly io: Io
  readonly files: WorkerFiles
  /** Aborts on SIGINT, SIGTERM and SIGHUP. */
  readonly stop: AbortSignal
  readonly workingFolder: string
  /** Where the built window lies, whether or not it is there. */
  readonly windowFolder: string
}
