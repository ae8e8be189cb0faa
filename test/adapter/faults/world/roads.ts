import { handleRequest } from '../../../fake-intervals/http/request-handler.ts'
import { FakeResolver } from './fake-resolver.ts'
import type { Certificate, Certificates } from './certificates.ts'
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

/** Leads to a port of this computer for as long as the fault lasts. */
function toPort(port: number, strays = (): number => 0): Detour {
  return { origin: `http://127.0.0.1:${port}`, isMended: false, end: () => undefined, strays }
}

/** Lays a road of the kind and ends it with the world. */
export async function layRoad(
  world: FaultWorld,
  to: Road,
  certificates: Certificates | null,
): Promise<Detour> {
  switch (to) {
    case 'refused':
      // Nobody listens on port 1.
      return toPort(1)
    case 'unknown-name':
      return nameThatFails(world)
    case 'nonsense': {
      const server = await nonsenseServer('220 mail.example ESMTP ready\r\n')
      world.onClose(server.close)
      return toPort(server.port)
    }
    case 'other-host': {
      const other = await listeningPost()
      const server = await httpServer((request, response) => {
        const location = `http://127.0.0.1:${other.port}${request.url ?? '/'}`
        request.resume().on('end', () => response.writeHead(307, { location }).end())
      })
      world.onClose(other.close)
      world.onClose(server.close)
      return toPort(server.port, other.visits)
    }
    case 'expired':
    case 'wrongHost':
    case 'unknownCa':
      if (certificates === null) throw new Error('no certificates to show')
      return badCertificate(world, certificates[to], certificates.good)
  }
}

function nameThatFails(world: FaultWorld): Detour {
  const resolver = new FakeResolver('localhost')
  resolver.isDown = true
  world.onClose(() => {
    resolver.close()
    return Promise.resolve()
  })
  return {
    origin: `http://localhost:${world.service.port}`,
    isMended: true,
    end: () => {
      resolver.isDown = false
    },
    strays: () => 0,
  }
}

/** The service behind a certificate that must not be trusted; any request that reaches it meanwhile is astray. */
async function badCertificate(world: FaultWorld, bad: Certificate, good: Certificate): Promise<Detour> {
  const { state } = world.service
  const server = await tlsServer(bad, (request, response) => {
    void handleRequest(state, request, response)
  })
  world.onClose(server.close)
  let strays = 0
  return {
    origin: `https://localhost:${server.port}`,
    isMended: true,
    end: () => {
      strays = server.requests()
      server.show(good)
    },
    strays: () => strays,
  }
}
