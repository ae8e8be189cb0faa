import { httpPaths, type Result, type WindowEvent } from '../../shared/ipc-contract.ts'
import { lost, unknown, type Bridge, type Heard } from './bridge.ts'
import { readEvents } from './read-events.ts'

/** How soon a lost event stream is opened again, doubled up to the longest. */
const firstWaitMs = 500
const longestWaitMs = 10_000
const unauthorized = 401

/** The bridge over loopback HTTP. Every request carries the page's token; there are no cookies. */
export function httpBridge(token: string): Bridge {
  const headers = { Authorization: `Bearer ${token}` }
  return {
    request: async (name, ...args) => {
      try {
        const reply = await fetch(`${httpPaths.request}/${name}`, {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: JSON.stringify(args),
        })
        if (reply.status === unauthorized) return unknown()
        // The host answers by the contract; both come from one build.
        return (await reply.json()) as Result<never>
      } catch {
        return lost()
      }
    },
    listen: listener => {
      const stop = new AbortController()
      void keepListening(headers, listener, stop.signal)
      return () => {
        stop.abort()
      }
    },
  }
}

/** Asked through a function: it changes while one waits. */
const isStopped = (signal: AbortSignal): boolean => signal.aborted

async function keepListening(
  headers: Readonly<Record<string, string>>,
  listener: (heard: Heard) => void,
  signal: AbortSignal,
): Promise<void> {
  let waitMs = firstWaitMs
  while (!isStopped(signal)) {
    try {
      const reply = await fetch(httpPaths.events, { headers, signal, cache: 'no-store' })
      if (reply.status === unauthorized) {
        // A token that is wrong now stays wrong: nothing is gained by asking on.
        listener({ kind: 'unknown' })
        return
      }
      if (reply.ok && reply.body !== null) {
        waitMs = firstWaitMs
        listener({ kind: 'link', isOpen: true })
        await readEvents(reply.body, text => listener(JSON.parse(text) as WindowEvent)) // by the contract
      }
    } catch {
      // A host that went away, or a broken line: told below, and tried again.
    }
    if (isStopped(signal)) return
    listener({ kind: 'link', isOpen: false })
    await pause(waitMs, signal)
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

const tokenKey = 'musette-token'

/**
 * Takes the token out of the address (where the fragment never reaches a server) and keeps it for this tab, so that a
 * reload works and the address bar does not show it. Null when there is none.
 */
export function takeToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given !== null) {
    sessionStorage.setItem(tokenKey, given)
    history.replaceState(null, '', location.pathname)
  }
  return sessionStorage.getItem(tokenKey)
}
