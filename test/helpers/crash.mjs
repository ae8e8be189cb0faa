// Loaded before a program (NODE_OPTIONS=--import): makes it crash where MUSETTE_TEST_CRASH says.
import { subscribe } from 'node:diagnostics_channel'
import { setImmediate, setTimeout } from 'node:timers'
import { isMainThread } from 'node:worker_threads'

const where = process.env['MUSETTE_TEST_CRASH']

// As careless libraries do: with all of the request in the error, the key's header too.
if (where === 'engine' && !isMainThread) {
  subscribe('undici:request:create', message => {
    const { request } = /** @type {{ request: object }} */ (message)
    setImmediate(() => {
      throw Object.assign(new Error('forced in the engine'), { request })
    })
  })
}
if (where === 'host' && isMainThread) {
  setTimeout(() => {
    throw new Error('forced in the host')
  }, 1_500)
}
if (where === 'memory' && isMainThread) {
  setTimeout(() => {
    const kept = []
    for (;;) kept.push(new Array(100_000).fill(kept.length + 0.1))
  }, 1_500)
}
