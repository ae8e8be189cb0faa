import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Certificate } from './certificates.ts'

/** A server on 127.0.0.1 that a test started, and ends. */
export interface Started {
  readonly port: number
  readonly close: () => Promise<void>
}

async function started(server: Server): Promise<Started> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  const { port } = server.address() as AddressInfo // a TCP server's address is never a string
  return {
    port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** Answers every request as told. */
export function httpServer(listener: RequestListener): Promise<Started> {
  return started(createServer(listener))
}

/** Answers nothing but these bytes, whatever it is asked. */
export function nonsenseServer(bytes: string): Promise<Started> {
  return started(
    createSocketServer(socket => {
      socket.once('data', () => socket.end(bytes))
    }),
  )
}

/** Counts who knocks: any connection at all, before a byte of it is read. */
export async function listeningPost(): Promise<Started & { readonly visits: () => number }> {
  let visits = 0
  const server = createSocketServer(socket => {
    visits += 1
    socket.destroy()
  })
  return { ...(await started(server)), visits: () => visits }
}

/** The same over TLS; `show` changes the certificate for connections to come, and ends those there are. */
export async function tlsServer(
  first: Certificate,
  listener: RequestListener,
): Promise<Started & { readonly show: (next: Certificate) => void; readonly requests: () => number }> {
  let requests = 0
  const server = createTlsServer({ ...first }, (request, response) => {
    requests += 1
    listener(request, response)
  })
  // A client that does not like what it is shown ends the handshake.
  server.on('tlsClientError', () => undefined)
  return {
    ...(await started(server)),
    show: next => {
      server.setSecureContext({ ...next })
      server.closeAllConnections()
    },
    requests: () => requests,
  }
}
