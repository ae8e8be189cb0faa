import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Another site on this computer: a page that knows nothing, and a count of who came by. */
export interface Elsewhere {
  readonly origin: string
  /** Paths asked for, with the headers that came along. */
  readonly asked: readonly { readonly path: string; readonly headers: string }[]
  close(): Promise<void>
}

/** Starts it on a port of its own. It answers everybody, whatever they ask for. */
export async function startElsewhere(): Promise<Elsewhere> {
  const asked: { path: string; headers: string }[] = []
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: JSON.stringify(request.headers) })
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' })
    response.end('<!doctype html><title>elsewhere</title><p>elsewhere</p>')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address is never a string
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
