import { RunLoop } from '../../../electron/sync/run-loop.ts'
import type { FaultAction } from '../../fake-intervals/faults.ts'
import { hourMs, minuteMs, type EngineHome } from '../../helpers/engine-home.ts'
import { askedText, brokenPromises, pauseText, ridesText } from './promises.ts'
import { FaultWorld } from './world/fault-world.ts'
import type { Asked } from './world/wire-service.ts'
import { layRoad } from './world/roads.ts'

/** What came of trouble that lasts for hours. */
export interface StormOutcome {
  /** What was asked while it lasted, and the rides at its end. */
  readonly asked: string
  readonly rides: string
  readonly pause: string
  /** What was asked in all, and the rides at the very end. */
  readonly askedInAll: string
  readonly end: string
  /** How long after the storm the last ride was up. */
  readonly drainedAfter: string
  readonly broken: readonly string[]
}

const everyRequest: readonly Asked[] = ['profile', 'upload', 'list', 'events']
const dayMs = 24 * hourMs

/** Lets Musette run for so long, then ends it as a signal does. */
async function runFor(home: EngineHome, ms: number): Promise<void> {
  const stop = new AbortController()
  const running = new RunLoop(home.parts).run(stop.signal)
  await home.clock.advance(ms)
  stop.abort()
  await home.clock.during(running)
}

function isDrained(world: FaultWorld): boolean {
  const { parts } = world.home
  return parts.queue.nextAtMs(parts.settings.current().sources) === null
}

/** Takes steps until all is up, and tells how long that took. */
async function untilDrained(world: FaultWorld, step: () => Promise<void>): Promise<string> {
  const startMs = world.home.clock.now()
  for (let steps = 0; steps < 200 && !isDrained(world); steps += 1) await step()
  return `${Math.ceil((world.home.clock.now() - startMs) / minuteMs)} min`
}

async function told(
  world: FaultWorld,
  end: () => void,
  step: () => Promise<void>,
  isDetoured = false,
): Promise<StormOutcome> {
  const during = { asked: askedText(world), rides: ridesText(world), pause: pauseText(world) }
  end()
  const drainedAfter = await untilDrained(world, step)
  return {
    ...during,
    askedInAll: askedText(world),
    end: ridesText(world),
    drainedAfter,
    broken: brokenPromises(world, isDetoured),
  }
}

/** A quarter of each back-off is left to chance: a small generator with a fixed start. */
function someRandom(): () => number {
  let state = 42
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

async function nameUnknownForADay(): Promise<StormOutcome> {
  const world = await FaultWorld.open({ random: someRandom() })
  try {
    const road = await layRoad(world, 'unknown-name', null)
    for (const what of everyRequest) world.detours.set(what, road.origin)
    await runFor(world.home, dayMs)
    return await told(
      world,
      () => road.end(),
      () => runFor(world.home, minuteMs),
      true,
    )
  } finally {
    await world.close()
  }
}

/** Every request is answered so for an hour, while Musette is started anew each minute. */
async function restartedEachMinute(action: FaultAction): Promise<StormOutcome> {
  const world = await FaultWorld.open()
  const { faults } = world.service.state
  try {
    faults.add({ match: {}, times: -1, action })
    for (let minute = 0; minute < 60; minute += 1) {
      await runFor(world.home, minuteMs)
      await world.restart()
    }
    return await told(
      world,
      () => faults.clearRules(),
      () => runFor(world.home, minuteMs),
    )
  } finally {
    await world.close()
  }
}

/** The same with `musette sync` started by a timer, each time a process of its own. */
async function syncedEachMinute(action: FaultAction): Promise<StormOutcome> {
  const world = await FaultWorld.open()
  const { faults } = world.service.state
  const sync = async (): Promise<void> => {
    const startMs = world.home.clock.now()
    await world.sync()
    await world.restart()
    await world.home.clock.advance(Math.max(0, startMs + minuteMs - world.home.clock.now()))
  }
  try {
    faults.add({ match: {}, times: -1, action })
    for (let minute = 0; minute < 60; minute += 1) await sync()
    return await told(world, () => faults.clearRules(), sync)
  } finally {
    await world.close()
  }
}

/** Weeks of rides at once, where few requests are allowed: synced once an hour. */
async function manyRidesFewRequests(): Promise<StormOutcome> {
  const start = (month: number, day: number): string => new Date(Date.UTC(2026, month, day, 8)).toISOString()
  const names = (what: string, count: number): readonly number[] =>
    Array.from({ length: count }, (_, at) => (what === 'new' ? at + 1 : count - at))
  const rides = Object.fromEntries([
    ...names('new', 20).map(day => [`new-${day}.fit`, start(10, day)]),
    ...names('old', 40).map(day => [`old-${day}.fit`, start(0, day)]),
  ]) as Readonly<Record<string, string>> // every entry is a name and a start
  const limits = { perSecond: 3, per15Min: 20, perDay: 60 }
  const world = await FaultWorld.open({ rides, limits })
  try {
    world.detours.set('profile', 'http://127.0.0.1:1')
    await world.sync()
    return await told(
      world,
      () => world.detours.clear(),
      async () => {
        await world.sync()
        await world.home.clock.advance(hourMs)
      },
      true,
    )
  } finally {
    await world.close()
  }
}

const slowDown = (retryAfter?: string): FaultAction => ({
  ...{ kind: 'status', status: 429, body: { status: 429, error: 'Too many requests' } },
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

/** Trouble that lasts, by name. */
export const storms: Readonly<Record<string, () => Promise<StormOutcome>>> = {
  'name unknown for 24 h, running': nameUnknownForADay,
  '429, Retry-After 600, started anew each minute for an hour': () => restartedEachMinute(slowDown('600')),
  '429, no Retry-After, started anew each minute for an hour': () => restartedEachMinute(slowDown()),
  '429, Retry-After 600, sync each minute for an hour': () => syncedEachMinute(slowDown('600')),
  '429, no Retry-After, sync each minute for an hour': () => syncedEachMinute(slowDown()),
  '60 rides after an outage, 3 requests a second, 20 in 15 min, 60 a day, sync each hour':
    manyRidesFewRequests,
}
