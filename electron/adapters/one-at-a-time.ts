import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Hands each connection's requests on one by one. A browser asks again on a connection when it has its answer; what
 * somebody piles up before that would all be answered into memory, from a few connections gigabytes of it. So such a
 * connection is cut.
 */
export function oneAtATime(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  const answering = new WeakSet<Socket>()
  return (request, response) => {
    const { socket } = request
    if (answering.has(socket)) {
      socket.destroy()
      return
    }
    answering.add(socket)
    response.once('close', () => answering.delete(socket))
    handle(request, response)
  }
}
