import { Socket } from 'node:net'
import type { Armed } from './armed.ts'
import { wrapMethod } from './wrap-method.ts'

/** Wraps what is written to connections: of an upload's body its head and half of the ride go out, no more. */
export function pauseAtSocket(armed: Armed): void {
  /** How many pieces of an upload's body each connection has taken. */
  const pieces = new WeakMap<Socket, number>()
  const halfSent = new WeakSet<Socket>()
  wrapMethod(Socket.prototype, 'write', (socket, given, write) => {
    const [data, ...rest] = given
    if (typeof data === 'string') {
      if (data.startsWith('POST ')) pieces.set(socket, 0)
      else pieces.delete(socket)
    }
    const before = pieces.get(socket)
    if (before === undefined || !(data instanceof Uint8Array)) return write(...given)
    pieces.set(socket, before + 1)
    // The second piece is of the ride itself. The client corks around each piece, so the pause is where it uncorks.
    const isHalved = before === 1 && armed.isNow('half of the body sent')
    if (isHalved) halfSent.add(socket)
    return write(isHalved ? data.subarray(0, Math.floor(data.length / 2)) : data, ...rest)
  })
  wrapMethod(Socket.prototype, 'uncork', (socket, given, uncork) => {
    uncork(...given)
    // Only now has the kernel got it.
    if (halfSent.delete(socket)) armed.pause()
  })
}
