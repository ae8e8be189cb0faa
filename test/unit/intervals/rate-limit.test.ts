import { describe, expect, test } from 'vitest'
import { RateLimiter } from '../../../electron/intervals/rate-limit.ts'
import type { RequestKind } from '../../../electron/sync/ports/request-budget.ts'
import { AppError } from '../../../shared/app-error.ts'

/** A clock on which a sleep is over at once and has taken exactly as long as asked. */
class LeapingClock {
  at = 0
  readonly slept: number[] = []
  monotonic(): number {
    return this.at
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve()
    this.at += ms
    this.slept.push(ms)
    return Promise.resolve()
  }
}

function limiterOf(perSecond: number, waits: (number | null)[] = []) {
  const clock = new LeapingClock()
  const spent: RequestKind[] = []
  const asked: RequestKind[] = []
  const budget = {
    waitMs: (kind: RequestKind) => {
      asked.push(kind)
      return waits.shift() ?? null
    },
    spend: (kind: RequestKind) => void spent.push(kind),
  }
  return { limiter: new RateLimiter({ clock, budget, perSecond }), clock, budget, spent, asked }
}

const caught = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise
  } catch (error) {
    return error
  }
}

describe('the limit per second', () => {
  test('lets no more through in any window of 1.25 s, in the order asked', async () => {
    const { limiter, clock } = limiterOf(3)
    const passed: [number, number][] = []
    await Promise.all(
      Array.from({ length: 8 }, (_, at) => limiter.pass('other').then(() => passed.push([at, clock.at]))),
    )
    expect(passed).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 1250],
      [4, 1250],
      [5, 1250],
      [6, 2500],
      [7, 2500],
    ])
  })

  test('looks at a sliding window', async () => {
    const { limiter, clock } = limiterOf(2)
    const passed: number[] = []
    for (const at of [0, 900, 1000, 1050]) {
      clock.at = Math.max(clock.at, at)
      await limiter.pass('other')
      passed.push(clock.at)
    }
    expect(passed).toEqual([0, 900, 1250, 2150])
  })

  test('of 0 is none', async () => {
    const { limiter, clock } = limiterOf(0)
    await Promise.all(Array.from({ length: 100 }, () => limiter.pass('other')))
    expect(clock.slept).toEqual([])
  })
})

describe('the budget', () => {
  test('is asked before each request and then counted, by kind', async () => {
    const { limiter, asked, spent } = limiterOf(10)
    for (const kind of ['upload', 'backfill', 'other'] as const) await limiter.pass(kind)
    expect({ asked, spent }).toEqual({
      asked: ['upload', 'backfill', 'other'],
      spent: ['upload', 'backfill', 'other'],
    })
  })

  test('is waited for up to a minute', async () => {
    const { limiter, clock, spent } = limiterOf(10, [60_000, null])
    await limiter.pass('upload')
    expect({ at: clock.at, spent }).toEqual({ at: 60_000, spent: ['upload'] })
  })

  test.each([
    ['a wait over a minute', [60_001], 0],
    ['waits that add up to more than a minute', [40_000, 30_000], 40_000],
  ])('that needs %s is an error that says how long', async (_, waits, at) => {
    const { limiter, clock, spent } = limiterOf(10, [...waits])
    const error = await caught(limiter.pass('upload'))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'budget-spent', recovery: 'retry', retryAfterMs: waits.at(-1) })
    expect({ at: clock.at, spent }).toEqual({ at, spent: [] })
  })

  test('that answers 0 for ever does not spin for ever', async () => {
    const { limiter } = limiterOf(
      10,
      Array.from({ length: 70_000 }, () => 0),
    )
    expect(await caught(limiter.pass('upload'))).toMatchObject({ code: 'budget-spent' })
  })
})

describe('the pause the service asked for', () => {
  test('that the ledger knows of from before a restart holds as well', async () => {
    const { clock, budget, spent } = limiterOf(10)
    const limiter = new RateLimiter({
      clock,
      perSecond: 10,
      budget: { ...budget, heldMs: () => 5000 - clock.at },
    })
    expect(await caught(limiter.pass('other'))).toMatchObject({ code: 'rate-limited', retryAfterMs: 5000 })
    expect(spent).toEqual([])
    clock.at = 5000
    await limiter.pass('other')
    expect(spent).toEqual(['other'])
  })

  test('lets the one through that may pass, by the budget and the second all the same', async () => {
    const { limiter, clock, spent } = limiterOf(1)
    limiter.hold(5000)
    await limiter.pass('other', undefined, { evenInWait: true })
    await limiter.pass('other', undefined, { evenInWait: true })
    expect([spent, clock.at]).toEqual([['other', 'other'], 1250])
    expect(await caught(limiter.pass('other'))).toMatchObject({ code: 'rate-limited', retryAfterMs: 3750 })
  })

  test('stops everything until it is over, and no longer', async () => {
    const { limiter, clock, spent } = limiterOf(10)
    limiter.hold(5000)
    limiter.hold(1000)
    clock.at = 4000
    expect(await caught(limiter.pass('other'))).toMatchObject({
      code: 'rate-limited',
      recovery: 'retry',
      retryAfterMs: 1000,
    })
    expect(spent).toEqual([])
    clock.at = 5000
    await limiter.pass('other')
    expect(spent).toEqual(['other'])
  })

  test('stops those who already queue', async () => {
    const { limiter } = limiterOf(1)
    await limiter.pass('other')
    const queued = [limiter.pass('other'), limiter.pass('other')].map(caught)
    limiter.hold(60_000)
    expect(await Promise.all(queued)).toMatchObject([{ code: 'rate-limited' }, { code: 'rate-limited' }])
  })
})

describe('an abort', () => {
  test('takes one out of the queue and leaves the others in order', async () => {
    const { limiter, spent } = limiterOf(1)
    const stop = new AbortController()
    const passed: string[] = []
    const note = (name: string) => () => void passed.push(name)
    const first = limiter.pass('upload').then(note('first'))
    const second = caught(limiter.pass('backfill', stop.signal))
    const third = limiter.pass('other').then(note('third'))
    stop.abort(new Error('stop now'))
    expect(await second).toEqual(new Error('stop now'))
    await Promise.all([first, third])
    expect({ passed, spent }).toEqual({ passed: ['first', 'third'], spent: ['upload', 'other'] })
  })

  test('before asking costs nothing', async () => {
    const { limiter, spent } = limiterOf(1)
    expect(await caught(limiter.pass('other', AbortSignal.abort(new Error('stop now'))))).toEqual(
      new Error('stop now'),
    )
    expect(spent).toEqual([])
  })
})
