import type { FaultAction } from '../../fake-intervals/faults.ts'
import type { Certificates } from './world/certificates.ts'
import { faults, type Fault } from './world/faults.ts'
import { askedText, brokenPromises, pauseText, ridesText } from './promises.ts'
import { FaultWorld, type WorldOptions } from './world/fault-world.ts'
import { layRoad, type Detour } from './world/roads.ts'
import type { Asked } from './world/wire-service.ts'

/** Whose requests the fault befalls. */
export type Kind = 'profile' | 'upload' | 'look-up' | 'same ride' | 'events'

/** What came of a cell, in the words of its table. */
export interface Outcome {
  /** The rides after one `sync` with the fault. */
  readonly rides: string
  /** Codes of the troubles that people are told. */
  readonly told: string
  /** How long everything waits after it, and at whose word. */
  readonly pause: string
  readonly asked: string
  /** The same once the fault is over and nothing is left to do. */
  readonly end: string
  readonly askedInAll: string
  /** What was not as it must be, whatever the cell; empty when all is well. */
  readonly broken: readonly string[]
}

const asked: Readonly<Record<Kind, Asked>> = {
  profile: 'profile',
  upload: 'upload',
  'look-up': 'list',
  'same ride': 'list',
  events: 'events',
}
const paths: Readonly<Record<Asked, { readonly method: string; readonly path: string }>> = {
  profile: { method: 'GET', path: '/profile' },
  upload: { method: 'POST', path: '/activities' },
  list: { method: 'GET', path: '/activities' },
  events: { method: 'GET', path: '/events' },
}

/** Plays one fault on one kind of request, ends it, lets everything drain, and tells what came of it. */
export async function runCell(kind: Kind, name: string, certificates: Certificates | null): Promise<Outcome> {
  const fault = faults[name]
  if (fault === undefined) throw new Error(`no fault is called ${name}`)
  const world = await FaultWorld.open(optionsOf(kind, name))
  try {
    return await play(world, kind, fault, certificates)
  } finally {
    await world.close()
  }
}

function optionsOf(kind: Kind, name: string): WorldOptions {
  return {
    sessions: name === '201, several activities' ? 3 : 1,
    withTrainer: kind === 'events',
    sameRide: kind === 'same ride' ? 'ask' : 'upload',
  }
}

async function play(
  world: FaultWorld,
  kind: Kind,
  fault: Fault,
  certificates: Certificates | null,
): Promise<Outcome> {
  const { state } = world.service
  const lost: FaultAction = { kind: 'cut', at: 'afterStore' }
  // A look-up follows an answer that was lost: the first ride's.
  if (kind === 'look-up') state.faults.add({ match: paths.upload, action: lost })
  const detour = await begin(world, kind, fault, certificates)
  const report = await world.sync()
  const during = {
    rides: whatIsText(world, kind),
    told: report.errors.map(error => error.code).join(', ') || 'nothing',
    pause: pauseText(world),
    asked: askedText(world),
  }
  await end(world, kind, fault, detour)
  await drain(world)
  const strays = detour?.strays() ?? 0
  return {
    ...during,
    end: whatIsText(world, kind),
    askedInAll: askedText(world),
    broken: [
      ...(strays === 0 ? [] : [`${strays} requests went where none may go`]),
      ...brokenPromises(world, detour !== null),
    ],
  }
}

async function begin(
  world: FaultWorld,
  kind: Kind,
  fault: Fault,
  certificates: Certificates | null,
): Promise<Detour | null> {
  const { state } = world.service
  const what = asked[kind]
  switch (fault.kind) {
    case 'played':
      state.faults.add({ match: paths[what], times: fault.times ?? -1, action: fault.action })
      if (fault.alsoProfile === true) {
        state.faults.add({ match: paths.profile, after: 1, times: -1, action: fault.action })
      }
      if (fault.timeouts !== undefined) world.wire.hurry(what, fault.timeouts, fault.times ?? Infinity)
      return null
    case 'road': {
      const detour = await layRoad(world, fault.to, certificates)
      world.detours.set(what, detour.origin)
      return detour
    }
    case 'known':
      Object.assign(state.faults.switches, fault.switches)
      fault.begin?.(world)
      return null
  }
}

async function end(world: FaultWorld, kind: Kind, fault: Fault, detour: Detour | null): Promise<void> {
  world.service.state.faults.clearRules()
  detour?.end()
  if (detour?.isMended === false) world.detours.delete(asked[kind])
  if (fault.kind === 'known') fault.end?.(world)
  // Long enough for a lost answer to be looked up, and for new clients, which know nothing of the last second.
  await world.home.clock.advance(10_000)
  if (fault.kind === 'played' && fault.timeouts !== undefined) await world.wire.renew()
}

/** Syncs again each time something falls due or a wait ends, until nothing is left. */
async function drain(world: FaultWorld): Promise<void> {
  const { clock, parts } = world.home
  for (let passes = 0; passes < 5; passes += 1) {
    await world.sync()
    const next = parts.queue.nextAtMs(parts.settings.current().sources) ?? 0
    const waitMs = Math.max(next, parts.queue.askedUntilMs()) - clock.now()
    if (next === 0 && waitMs <= 0) return
    await clock.advance(Math.max(0, waitMs))
  }
}

function whatIsText(world: FaultWorld, kind: Kind): string {
  return kind === 'events' ? `${ridesText(world)}; ${world.workouts} workouts` : ridesText(world)
}
