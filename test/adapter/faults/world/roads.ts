import type { IncomingMessage, ServerResponse } from 'node:http'
import { handleRequest } from '../../../fake-intervals/http/request-handler.ts'
import { FakeResolver } from './fake-resolver.ts'
import type { Certificates } from './certificates.ts'
import type { FaultWorld } from './fault-world.ts'
import type { Road } from './faults.ts'
import { httpServer, listeningPost, nonsenseServer, tlsServer } from './servers.ts'

/** A road that was taken, and how it becomes good again. */
export interface Detour {
  readonly origin: string
  /** True where the same road is good afterwards; else requests go to the service again. */
  readonly isMended: boolean
  end(): void
  /** How many got where none may. */
  readonly strays: () => number
}

const none = (): number => 0

/** Lays a road of the kind and ends it with the world. */
export async function layRoad(
  world: FaultWorld,
  to: Road,
  certificates: Certificates | null,
): Promise<Detour> {
  const { state } = world.service
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    void handleRequest(state, request, response)
  }
  switch (to) {
    case 'refused':
      // Nobody listens on port 1.
      return { origin: 'http://127.0.0.1:1', isMended: false, end: () => undefined, strays: none }
    case 'unknown-name': {
      const resolver = new FakeResolver('localhost')
      resolver.isDown = true
      world.onClose(() => {
        resolver.close()
        return Promise.resolve()
      })
      const end = (): void => {
        resolver.isDown = false
      }
      return { origin: `http://localhost:${world.service.port}`, isMended: true, end, strays: none }
    }
    case 'nonsense': {
      const server = await nonsenseServer('220 mail.example ESMTP ready\r\n')
      world.onClose(server.close)
      return {
        origin: `http://127.0.0.1:${server.port}`,
        isMended: false,
        end: () => undefined,
        strays: none,
      }
    }
    case 'lost-unstored': {
      const server = await httpServer(request => {
        request.resume().on('end', () => request.socket.resetAndDestroy())
      })
      world.onClose(server.close)
      return {
        origin: `http://127.0.0.1:${server.port}`,
        isMended: false,
        end: () => undefined,
        strays: none,
      }
    }
    case 'other-host': {
      const other = await listeningPost()
      const server = await httpServer((request, response) => {
        const location = `http://127.0.0.1:${other.port}${request.url ?? '/'}`
        request.resume().on('end', () => response.writeHead(307, { location }).end())
      })
      world.onClose(other.close)
      world.onClose(server.close)
      const origin = `http://127.0.0.1:${server.port}`
      return { origin, isMended: false, end: () => undefined, strays: other.visits }
    }
    case 'expired':
    case 'wrongHost':
    case 'unknownCa': {
      if (certificates === null) throw new Error('no certificates to show')
      const server = await tlsServer(certificates[to], serve)
      world.onClose(server.close)
      let before = 0
      const end = (): void => {
        before = server.requests()
        server.show(certificates.good)
      }
      const strays = (): number => before
      return { origin: `https://localhost:${server.port}`, isMended: true, end, strays }
    }
  }
}
