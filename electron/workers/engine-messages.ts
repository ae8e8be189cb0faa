import type { Trouble } from '../../shared/reports.ts'
import type { WireError } from '../host/app-error-wire.ts'
import type { EngineConfig } from '../host/engine-host.ts'
import type { EngineRequestName } from '../host/engine-requests.ts'

/** What the engine's thread is started with. */
export interface EngineThreadData {
  readonly config: EngineConfig
  readonly proofWorker: string
}

export type ToEngine =
  | { readonly kind: 'ask'; readonly id: number; readonly name: EngineRequestName; readonly args: unknown }
  | { readonly kind: 'run' }
  | { readonly kind: 'close' }

export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'notReady'; readonly error: WireError }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: WireError }
  /** A bug, with its stack, for the log. */
  | { readonly kind: 'broken'; readonly id: number; readonly message: string }
  /** Something new is wrong while it runs. */
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  /** What people see may be another than before. */
  | { readonly kind: 'changed' }
  /** The ledger turned out to be damaged: this engine is of no use any more. */
  | { readonly kind: 'unfit'; readonly error: WireError }
  | { readonly kind: 'closed' }
