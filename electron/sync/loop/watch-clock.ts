import type { EngineParts } from '../engine-parts.ts'
import { forgetImpossibleTimes } from '../impossible-times.ts'
import { localDate } from '../local-date.ts'
import { pollMs } from './loop-times.ts'

/** Wall time that runs away from monotonic time by this much means sleep, or a clock that was set. */
const jumpMs = 30_000

/** Notices sleep, a clock that was set, and a new day until the signal aborts: after each, everything is to be looked at. */
export async function watchClock(
  parts: Pick<EngineParts, 'clock' | 'log' | 'queue' | 'ledger'>,
  onJump: () => void,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = parts
  let wall = clock.now()
  let steady = clock.monotonic()
  let day = localDate(wall, clock.timeZone())
  while (!signal.aborted) {
    await clock.sleep(pollMs, signal)
    const nextWall = clock.now()
    const nextSteady = clock.monotonic()
    const drift = nextWall - wall - (nextSteady - steady)
    const nextDay = localDate(nextWall, clock.timeZone())
    // A steady clock that stood still during sleep shows as drift; one that ran on shows as a late timer.
    const isLate = nextSteady - steady > pollMs + jumpMs
    if (Math.abs(drift) > jumpMs || isLate || nextDay !== day) {
      parts.log('info', 'the clock jumped or a new day began: looking at everything', {
        driftMs: Math.round(drift),
      })
      parts.queue.forgetOwnBackOff()
      forgetImpossibleTimes(parts.ledger, nextWall)
      onJump()
    }
    wall = nextWall
    steady = nextSteady
    day = nextDay
  }
}
