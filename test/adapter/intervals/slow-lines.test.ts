import { describe, expect, test } from 'vitest'
import { clientOf, failureOf, outcomeOf, rideOf, startSockets } from './loopback.ts'

const megabyte = 1024 * 1024
const ride = rideOf(new Uint8Array(0), {
  bytes: 24 * megabyte,
  // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
  body: async function* () {
    for (let at = 0; at < 3; at += 1) yield new Uint8Array(8 * megabyte)
  },
})
const created =
  'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"id":"i7"}'

describe('an upload over a slow line', () => {
  test('may take many times the longest stall while it moves', async () => {
    const headersMs = 400
    let pauses = 0
    const origin = await startSockets(socket => {
      let arrived = 0
      let isDue = megabyte
      socket.on('data', chunk => {
        arrived += chunk.length
        if (arrived > 24 * megabyte) return void setTimeout(() => socket.end(created), 50)
        if (arrived < isDue) return
        isDue += megabyte
        pauses += 1
        socket.pause()
        setTimeout(() => socket.resume(), 60)
      })
    })
    const { client } = clientOf(origin, { timeouts: { headersMs } })
    expect(await client.uploadActivity(ride)).toEqual({ kind: 'created', activityIds: ['i7'] })
    expect(pauses * 60).toBeGreaterThan(3 * headersMs)
  })

  test('ends when the line stands still', async () => {
    const origin = await startSockets(socket => socket.pause())
    const { client } = clientOf(origin, { timeouts: { headersMs: 400 } })
    expect(outcomeOf(await failureOf(client.uploadActivity(ride)))).toMatchObject({
      code: 'outcome-unknown',
      bodySent: true,
    })
  })
})
