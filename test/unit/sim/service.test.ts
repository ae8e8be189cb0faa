import { describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import type { ServiceOptions } from '../../sim/service/service-options.ts'
import { endOf, fit, range, rideOf, sha256Of, world } from './service-world.ts'

describe('an upload', () => {
  test('arrives byte by byte, is stored once, told whole, listed and known later', async () => {
    const bytes = fit()
    const { clock, service, client, whole } = world()
    const first = await clock.during(client.uploadActivity(rideOf(bytes)))
    const again = await clock.during(client.uploadActivity(rideOf(bytes)))
    expect([first, again]).toEqual([
      { kind: 'created', activityIds: ['i1000'] },
      { kind: 'alreadyThere', activityIds: ['i1000'] },
    ])
    expect(await clock.during(client.listActivities(range))).toMatchObject([
      { id: 'i1000', externalId: rideOf(bytes).externalId, startDate: '2026-11-22T08:00:00Z', elapsedS: 600 },
    ])
    const sha256 = sha256Of(bytes)
    expect(whole).toEqual([sha256, sha256])
    expect(service.record.uploads).toMatchObject([
      { sha256, fileName: 'ride %221%22.fit', bytes: bytes.length, wasKnownBefore: false, requestNo: 1 },
      { sha256, wasKnownBefore: true, requestNo: 2 },
    ])
    expect(service.record.verdictsOf(sha256)).toEqual(['created', 'known'])
    expect(service.record.requests.map(({ name, outcome }) => `${name} ${outcome.kind}`)).toEqual([
      'upload answered',
      'upload answered',
      'list answered',
    ])
  })

  test.each<[Partial<ServiceOptions>, unknown]>([
    [{ known: '409' }, { kind: 'alreadyThere', activityIds: [] }],
    [{ known: '409-with-ids' }, { kind: 'alreadyThere', activityIds: ['i1000'] }],
    [{ known: 'off' }, { kind: 'created', activityIds: ['i1001'] }],
  ])('sent twice to a service with %j', async (options, expected) => {
    const { clock, client } = world({ options })
    await clock.during(client.uploadActivity(rideOf(fit())))
    expect(await clock.during(client.uploadActivity(rideOf(fit())))).toEqual(expected)
  })

  test.each<[ServiceOptions['tombstone'], string]>([
    ['200', 'alreadyThere'],
    ['200-empty', 'nothingMade'],
    ['409', 'alreadyThere'],
    ['422', 'refused-by-service'],
    ['201', 'created'],
  ])('of a deleted ride, answered %s', async (tombstone, expected) => {
    const { clock, client } = world({ options: { tombstone, deletedChance: 1 } })
    await clock.during(client.uploadActivity(rideOf(fit())))
    await clock.advance(86_400_000)
    expect(await clock.during(client.listActivities(range))).toEqual([])
    const again = clock.during(client.uploadActivity(rideOf(fit())))
    const word = again.then(
      reply => reply.kind,
      (error: unknown) => (error instanceof AppError ? error.code : 'a bug'),
    )
    expect(await word).toBe(expected)
  })

  test('may become several activities, in turn', async () => {
    const { clock, client } = world({ options: { severalChance: 1 } })
    const reply = await clock.during(client.uploadActivity(rideOf(fit())))
    const listed = await clock.during(client.listActivities(range))
    expect(listed.length).toBeGreaterThan(1)
    expect(reply).toEqual({ kind: 'created', activityIds: listed.map(each => each.id).reverse() })
  })

  test('comes to nothing while the account is dormant', async () => {
    const { clock, client, service } = world({ options: { dormant: { fromMs: 0, forMs: 10_000 } } })
    expect(await clock.during(client.uploadActivity(rideOf(fit())))).toEqual({ kind: 'nothingMade' })
    expect(service.record.uploads).toEqual([])
    await clock.advance(10_000)
    expect(await clock.during(client.uploadActivity(rideOf(fit())))).toMatchObject({ kind: 'created' })
  })

  test('is listed later where lists lag, but never where nothing is known again', async () => {
    const listedOf = async (known: '200' | 'off') => {
      const { clock, client } = world({ seed: 2, options: { mostListLagMs: 30_000, known } })
      await clock.during(client.uploadActivity(rideOf(fit())))
      const soon = await clock.during(client.listActivities(range))
      await clock.advance(30_000)
      const late = await clock.during(client.listActivities(range))
      return [soon.length, late.length]
    }
    expect(await listedOf('200')).toEqual([0, 1])
    expect(await listedOf('off')).toEqual([1, 1])
  })

  test('of a file that breaks keeps its own error and stores nothing', async () => {
    const { clock, client, service, whole } = world()
    const damaged = new AppError('archive-damaged', 'the archive is damaged', 'give-up')
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    const body = async function* () {
      yield fit().subarray(0, 100)
      throw damaged
    }
    await expect(clock.during(client.uploadActivity({ ...rideOf(fit()), body }))).rejects.toBe(damaged)
    expect([service.record.uploads, whole]).toEqual([[], []])
  })
})

describe('a process that is killed', () => {
  /** Kills it at each step of one upload in turn; answers what was stored and what it was told. */
  async function killAtStep(step: number, seed: number) {
    const { clock, service, client, life, onTask, tasks } = world({ seed })
    let isSettled = false
    const settled = () => {
      isSettled = true
    }
    onTask.run = () => {
      if (tasks.length === step) life.isAlive = false
    }
    client.uploadActivity(rideOf(fit())).then(settled, settled)
    await clock.advance(60_000)
    const { uploads, replies } = service.record
    return {
      ...{ isSettled, isAlive: life.isAlive, stored: uploads.length, told: replies.length },
      last: tasks[step - 1]?.replace(/^\d+ /, '') ?? 'the end',
    }
  }

  test('is told nothing more; what was whole is stored once, what was not is not', async () => {
    const seen = new Map<string, Set<number>>()
    for (let seed = 1; seed <= 10; seed += 1) {
      for (let step = 1; step <= 8; step += 1) {
        const { isSettled, isAlive, stored, told, last } = await killAtStep(step, seed)
        expect({ isSettled, told }).toEqual(
          isAlive ? { isSettled: true, told: 1 } : { isSettled: false, told: 0 },
        )
        const label = last.replace(/piece \d+/, 'piece')
        seen.set(label, (seen.get(label) ?? new Set()).add(stored))
      }
    }
    expect(Object.fromEntries([...seen].map(([label, stored]) => [label, [...stored].sort()]))).toEqual({
      'upload 1 connects': [0],
      'upload 1 sent piece': [0],
      'upload 1 arrives': [0, 1],
      'upload 1 was served': [1],
      'upload 1 ends': [1],
      'the end': [1],
    })
  })

  test('leaves the next one a service that knows the ride', async () => {
    const { clock, client, clientOf, life, onTask, tasks } = world()
    onTask.run = () => {
      if (tasks.at(-1)?.endsWith('was served') === true) life.isAlive = false
    }
    void client.uploadActivity(rideOf(fit()))
    await clock.advance(60_000)
    const next = clientOf({ isAlive: true })
    expect(await clock.during(next.uploadActivity(rideOf(fit())))).toMatchObject({ kind: 'alreadyThere' })
  })
})

describe('a request that is given up', () => {
  test('ends with the signal’s own reason, and the service goes on alone', async () => {
    const { clock, client, service, onTask, tasks } = world()
    const stop = new AbortController()
    onTask.run = () => {
      if (tasks.at(-1)?.endsWith('was served') === true) stop.abort(new Error('stop now'))
    }
    await expect(clock.during(client.uploadActivity(rideOf(fit()), stop.signal))).rejects.toEqual(
      new Error('stop now'),
    )
    expect(service.record.uploads).toHaveLength(1)
    expect(service.record.requests[0]?.outcome.kind).toBe('given-up')
    expect(service.record.replies).toEqual([])
  })

  test('by closing is lost, as is every later one', async () => {
    const { clock, client, service } = world()
    const asked = endOf(client.profile())
    await clock.settle()
    await client.close()
    expect([await clock.during(asked), await clock.during(endOf(client.profile()))]).toEqual([
      'offline -',
      'offline -',
    ])
    expect(service.record.requests.map(each => each.outcome.kind)).toEqual(['given-up', 'given-up'])
  })
})
