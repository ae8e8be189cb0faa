import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { handleRequest } from './http/request-handler.ts'
import { FakeState } from './state.ts'
import { applySwitches } from './switches.ts'
import type { Switches } from './switches.ts'
import type { FakeAthlete } from './types.ts'

/** Who has an account, with their API keys. */
export interface AthleteWithKeys extends Partial<FakeAthlete> {
  readonly id: string
  readonly keys: readonly string[]
}

export interface FakeOptions {
  /** 0 or left out: any free port. */
  readonly port?: number
  readonly athletes?: readonly AthleteWithKeys[]
  readonly switches?: Partial<Switches>
  /** Server time at the start, ISO; the computer's when left out. It runs on from there. */
  readonly now?: string
  /** The state of a server that was closed: the service comes back with what it had. */
  readonly state?: FakeState
}

export interface FakeIntervals {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string
  readonly port: number
  readonly state: FakeState
  /** Stops listening and ends every open connection. */
  close(): Promise<void>
}

/** The accounts that are there unless others are given. */
export const defaultAthletes: readonly AthleteWithKeys[] = [
  { id: 'i200001', name: 'Sample Athlete', keys: ['key-of-i200001'] },
  { id: 'i200002', name: 'Other Athlete', keys: ['key-of-i200002'] },
]

/** Starts the stand-in on loopback. Rejects when the port is taken. */
export async function startFakeIntervals(options: FakeOptions = {}): Promise<FakeIntervals> {
  const state = options.state ?? new FakeState()
  if (options.state === undefined) {
    for (const { keys, ...athlete } of options.athletes ?? defaultAthletes) state.addAthlete(athlete, keys)
  }
  applySwitches(state.faults.switches, { ...options.switches })
  if (options.now !== undefined) state.clock.set(Date.parse(options.now))
  const server = createServer((request, response) => {
    handleRequest(state, request, response).catch((error: unknown) => {
      // A bug in the stand-in must be seen: as a crash in its log, and as a 500 by whoever asked.
      console.error(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    state,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
