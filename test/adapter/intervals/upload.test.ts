import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { clientOf, failureOf, json, outcomeOf, rideOf, startService, startSockets } from './loopback.ts'

const bytes = new Uint8Array(300_000).map((_, at) => at % 251)
const created = {
  icu_athlete_id: 'i1',
  id: 'i7',
  activities: [{ icu_athlete_id: 'i1', id: 'i7' }, { id: 'i8' }],
}

describe('an upload', () => {
  test('is one form part with the file, its name and its exact length', async () => {
    const service = await startService(json(201, created))
    const { client, spent } = clientOf(service.origin)
    const reply = await client.uploadActivity(rideOf(bytes, { fileName: 'a "b"\r\nö.fit' }))

    const [seen] = service.seen
    const boundary = /boundary=(\S+)/.exec(seen?.headers['content-type'] ?? '')?.[1] ?? ''
    const head =
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22%0D%0Aö.fit"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n'
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
    expect(reply).toEqual({ kind: 'created', activityIds: ['i7', 'i8'] })
    expect(spent).toEqual(['upload'])
    expect({
      method: seen?.method,
      url: seen?.url,
      isWhole: seen?.isWhole,
      bodyHash: seen?.bodyHash,
      length: seen?.headers['content-length'],
      coding: seen?.headers['transfer-encoding'],
      agent: seen?.headers['user-agent'],
      authorization: seen?.headers.authorization,
    }).toEqual({
      method: 'POST',
      url: '/api/v1/athlete/i1/activities?external_id=musette-0123',
      isWhole: true,
      bodyHash: createHash('sha256').update(body).digest('hex'),
      length: String(body.length),
      coding: undefined,
      agent: 'Musette/9.9.9 (+https://github.com/musette-app/musette)',
      authorization: `Basic ${Buffer.from('API_KEY:canary7key1never2shown').toString('base64')}`,
    })
  })

  test('of an old ride is counted as backfill', async () => {
    const service = await startService(json(201, created))
    const { client, spent } = clientOf(service.origin)
    await client.uploadActivity(rideOf(bytes, { isBackfill: true }))
    expect(spent).toEqual(['backfill'])
  })

  test.each([
    ['200 with the known id', json(200, { id: 'i7', activities: [{ id: 'i7' }] }), ['i7']],
    ['200 with numbers as ids', json(200, { id: 7, activities: [{ id: 7 }] }), ['7']],
    ['409 with ids', json(409, { id: 'i7', activities: [{ id: 'i7' }] }), ['i7']],
    ['409 with an error', json(409, { status: 409, error: 'Already there' }), []],
  ])('that is answered %s is already there', async (_, respond, activityIds) => {
    const service = await startService(respond)
    expect(await clientOf(service.origin).client.uploadActivity(rideOf(bytes))).toEqual({
      kind: 'alreadyThere',
      activityIds,
    })
  })

  test('that is answered 200 with an empty list came to nothing', async () => {
    const service = await startService(json(200, { activities: [] }))
    expect(await clientOf(service.origin).client.uploadActivity(rideOf(bytes))).toEqual({
      kind: 'nothingMade',
    })
  })

  test('that is answered 201 without naming what was made is not called done', async () => {
    const service = await startService(json(201, { activities: [] }))
    const error = await failureOf(clientOf(service.origin).client.uploadActivity(rideOf(bytes)))
    expect(outcomeOf(error)).toMatchObject({ code: 'outcome-unknown', bodySent: true })
  })

  test('keeps the file’s own error and never lets the service have a whole body', async () => {
    const service = await startService(json(201, created))
    const damaged = new AppError('archive-damaged', 'the archive is damaged', 'give-up')
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    const body = async function* () {
      yield bytes.subarray(0, 200_000)
      throw damaged
    }
    const { client } = clientOf(service.origin)
    expect(await failureOf(client.uploadActivity(rideOf(bytes, { body })))).toBe(damaged)
    await expect.poll(() => service.seen.map(one => one.isWhole)).toEqual([false])
  })

  test.each([
    ['longer', bytes.length - 1],
    ['shorter', bytes.length + 1],
  ])('of a file that is %s than promised is cut', async (_, promised) => {
    const service = await startService(json(201, created))
    const { client } = clientOf(service.origin)
    const error = await failureOf(client.uploadActivity(rideOf(bytes, { bytes: promised })))
    expect(outcomeOf(error)).toEqual({
      code: 'changed-while-reading',
      recovery: 'retry',
      status: null,
      retryAfterMs: null,
      bodySent: false,
    })
    await expect.poll(() => service.seen.map(one => one.isWhole)).toEqual([false])
  })

  test('leaves the connection usable for the next request after a cut one', async () => {
    const service = await startService(json(201, created))
    const { client } = clientOf(service.origin)
    await failureOf(client.uploadActivity(rideOf(bytes, { bytes: bytes.length + 1 })))
    expect(await client.uploadActivity(rideOf(bytes))).toEqual({ kind: 'created', activityIds: ['i7', 'i8'] })
  })

  test('never opens the file when no connection can be made', async () => {
    let opened = 0
    const { client } = clientOf('http://127.0.0.1:1')
    const body = () => {
      opened += 1
      return rideOf(bytes).body()
    }
    expect(outcomeOf(await failureOf(client.uploadActivity(rideOf(bytes, { body }))))).toMatchObject({
      code: 'offline',
      bodySent: false,
    })
    expect(opened).toBe(0)
  })

  test('closes the file when the line is lost half-way', async () => {
    const origin = await startSockets(socket => socket.once('data', () => socket.destroy()))
    let isClosed = false
    const body = async function* () {
      try {
        for (;;) {
          yield bytes
          await new Promise(resolve => setTimeout(resolve, 1))
        }
      } finally {
        isClosed = true
      }
    }
    const { client } = clientOf(origin)
    const error = await failureOf(client.uploadActivity(rideOf(bytes, { bytes: 1e9, body })))
    expect(outcomeOf(error)).toMatchObject({ code: 'outcome-unknown', bodySent: true })
    await expect.poll(() => isClosed).toBe(true)
  })

  test.each(['201 Created', '409 Conflict'])(
    'is not done when %s comes before the whole file went out',
    async line => {
      const text = JSON.stringify(created)
      const origin = await startSockets(socket =>
        socket.once('data', () =>
          socket.write(
            `HTTP/1.1 ${line}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
          ),
        ),
      )
      const body = async function* () {
        yield bytes
        await new Promise(() => undefined)
      }
      const { client } = clientOf(origin)
      const error = await failureOf(client.uploadActivity(rideOf(bytes, { bytes: 1e9, body })))
      expect(outcomeOf(error)).toMatchObject({ code: 'outcome-unknown', status: Number.parseInt(line) })
    },
  )

  test('reads a refusal that comes before the whole file went out', async () => {
    const text = JSON.stringify({ status: 413, error: 'Too large' })
    const origin = await startSockets(socket =>
      socket.once('data', () =>
        socket.write(
          `HTTP/1.1 413 Too Large\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
        ),
      ),
    )
    const body = async function* () {
      yield bytes
      await new Promise(() => undefined)
    }
    const { client } = clientOf(origin)
    const error = await failureOf(client.uploadActivity(rideOf(bytes, { bytes: 1e9, body })))
    expect(outcomeOf(error)).toMatchObject({ code: 'refused-by-service', status: 413, bodySent: false })
  })

  test('ends with the signal’s own reason when it is aborted', async () => {
    const stop = new AbortController()
    const origin = await startSockets(socket => socket.once('data', () => stop.abort(new Error('stop now'))))
    const { client } = clientOf(origin)
    expect(await failureOf(client.uploadActivity(rideOf(bytes), stop.signal))).toEqual(new Error('stop now'))
  })

  test('of 60 MB is read no faster than the service takes it, and arrives whole', async () => {
    const megabyte = 1024 * 1024
    const total = 60 * megabyte
    const reading = Promise.withResolvers<undefined>()
    let arrived = 0
    let promised = Number.POSITIVE_INFINITY
    const text = JSON.stringify(created)
    const origin = await startSockets(socket => {
      socket.pause()
      void reading.promise.then(() => socket.resume())
      socket.on('data', chunk => {
        if (arrived === 0) {
          const length = /content-length: (\d+)/i.exec(chunk.toString('latin1'))?.[1]
          promised = chunk.indexOf('\r\n\r\n') + 4 + Number(length)
        }
        arrived += chunk.length
        if (arrived < promised) return
        socket.end(
          `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
        )
      })
    })
    let asked = 0
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    const body = async function* () {
      for (; asked < 60; asked += 1) yield new Uint8Array(megabyte).fill(asked)
    }
    const { client } = clientOf(origin)
    const upload = client.uploadActivity(rideOf(new Uint8Array(0), { bytes: total, body }))

    let before = -1
    // The line takes what fits into the system's buffers, then the reading stands still.
    await expect
      .poll(
        () => {
          const isStill = asked > 0 && asked === before
          before = asked
          return isStill
        },
        { interval: 300, timeout: 20_000 },
      )
      .toBe(true)
    expect(asked).toBeLessThan(30)
    reading.resolve(undefined)
    expect(await upload).toEqual({ kind: 'created', activityIds: ['i7', 'i8'] })
    expect(asked).toBe(60)
    expect(arrived).toBe(promised)
    expect(promised).toBeGreaterThan(total)
  })
})
