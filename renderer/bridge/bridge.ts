import type { MusetteBridge, RequestName, Requests, Result, WindowEvent } from '../../shared/ipc-contract.ts'

/** What the window hears: the host's events, and whether the host can be heard at all. */
export type Heard =
  | WindowEvent
  | { readonly kind: 'link'; readonly isOpen: boolean }
  /** The host answers, but not to this window: its token is missing, or of an earlier start. */
  | { readonly kind: 'unknown' }

/** The one way from the window to its host, whatever carries it. */
export interface Bridge {
  /** Never rejects: what goes wrong comes back as a failed result. */
  request<K extends RequestName>(
    name: K,
    ...args: Parameters<Requests[K]>
  ): Promise<Result<ReturnType<Requests[K]>>>
  /** Listens until the function answered is called. */
  listen(listener: (heard: Heard) => void): () => void
}

/** The bridge over Electron's preload script. */
export function preloadBridge(preload: MusetteBridge): Bridge {
  return {
    request: async (name, ...args) => {
      try {
        // The host answers by the contract; both come from one build.
        return (await preload.request(name, args)) as Result<never>
      } catch {
        return lost()
      }
    },
    listen: listener => {
      const stop = preload.onEvent(event => listener(event as WindowEvent)) // as above
      listener({ kind: 'link', isOpen: true })
      return stop
    },
  }
}

/** The answer when the host cannot be heard. */
export function lost(): Result<never> {
  return failed('Musette itself is not answering. Its work is kept; start it again if this stays.')
}

/** The answer when the host does not know this window. */
export function unknown(): Result<never> {
  return failed('Musette was started anew since this window was opened. Open the address it printed then.')
}

function failed(message: string): Result<never> {
  return { kind: 'failed', error: { code: 'internal', message, recovery: 'retry', file: null } }
}
