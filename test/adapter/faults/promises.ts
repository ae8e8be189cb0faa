import type { LoggedRequest } from '../../fake-intervals/types.ts'
import type { FaultWorld } from './world/fault-world.ts'

/** How many rides are in which state. */
export function ridesText(world: FaultWorld): string {
  const { home } = world
  const counts = Map.groupBy(
    home.files().filter(file => file.path.startsWith(home.folder('rides'))),
    file => `${file.state} ${file.reasonCode}`,
  )
  return [...counts].map(([state, files]) => `${files.length} ${state}`).join(', ')
}

/** How long everything waits, and whether the service asked for it. */
export function pauseText(world: FaultWorld): string {
  const { queue } = world.home.parts
  const now = world.home.clock.now()
  const [askedMs, ownMs] = [queue.askedUntilMs() - now, queue.pausedUntilMs() - now]
  if (askedMs > 0) return `asked, ${askedMs / 1000} s`
  return ownMs > 0 ? `own, ${ownMs / 1000} s` : 'none'
}

/** Requests that left so far. */
export function askedText(world: FaultWorld): string {
  const posts = world.wire.sent.filter(({ what }) => what === 'upload').length
  return `${posts} POST, ${world.wire.sent.length - posts} GET`
}

/** What must hold in every cell: each ride once, in order, inside the limits, and nothing sent uncounted. */
export function brokenPromises(world: FaultWorld, isDetoured: boolean): readonly string[] {
  const { requests } = world.service.state
  const times = requests.map(request => Date.parse(request.at))
  return [
    ...onceEach(world),
    ...order(world),
    ...tooMany(times, 1000, world.limits.perSecond),
    ...tooMany(times, 15 * 60_000, world.limits.per15Min),
    ...tooManyInADay(requests, world.limits.perDay),
    ...(isDetoured || requests.length === world.wire.sent.length
      ? []
      : [`${requests.length} requests came in, ${world.wire.sent.length} were counted`]),
  ]
}

function onceEach(world: FaultWorld): readonly string[] {
  return world.home.files().flatMap(file => {
    const ride = file.path.split('/').at(-1) ?? ''
    if (!world.rides.has(ride)) return []
    const there = world.activitiesOf(ride)
    const isOver = file.state === 'uploaded' || file.state === 'alreadyThere'
    const told = isOver && file.activityIds.length > 0 ? file.activityIds : there
    const isTold = [...told].sort().join() === [...there].sort().join()
    if (isOver && there.length > 0 && isTold && there.length === world.sessions) return []
    if (!isOver && there.length === 0) return []
    return [`${ride} is ${file.state} with ${told.join()} and there as ${there.join()}`]
  })
}

/** New rides oldest first, then backfill newest first. Two are on their way at once, so neighbours may swap. */
function order(world: FaultWorld): readonly string[] {
  const made = world.service.state.activities
    .filter(one => one.fileName !== null)
    .map(one => one.fileName ?? '')
    .filter((name, at, all) => all.indexOf(name) === at)
  const wanted = world.ridesInOrder.filter(name => made.includes(name))
  const isInOrder = made.every((name, at) => Math.abs(wanted.indexOf(name) - at) <= 1)
  return isInOrder ? [] : [`they went up as ${made.join()}`]
}

function tooMany(times: readonly number[], withinMs: number, allowed: number): readonly string[] {
  const most = Math.max(
    0,
    ...times.map(start => times.filter(at => at >= start && at < start + withinMs).length),
  )
  return most <= allowed ? [] : [`${most} requests came within ${withinMs} ms`]
}

/** The service's day is UTC's. */
function tooManyInADay(requests: readonly LoggedRequest[], allowed: number): readonly string[] {
  const days = Map.groupBy(requests, request => request.at.slice(0, 10))
  return [...days].flatMap(([day, asked]) =>
    asked.length <= allowed ? [] : [`${asked.length} requests came on ${day}`],
  )
}
