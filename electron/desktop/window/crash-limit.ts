/** A page that crashes this often within a minute will crash again: it stays closed. */
const mostCrashes = 3
const withinMs = 60_000

/** What is left to remember of crashes, and whether to build the window again. */
export interface CrashVerdict {
  readonly crashes: readonly number[]
  readonly isWorthAnotherTry: boolean
}

/** Counts a crash at `nowMs` (monotonic) with those before it. */
export function countCrash(before: readonly number[], nowMs: number): CrashVerdict {
  const crashes = [...before.filter(at => nowMs - at < withinMs), nowMs]
  return { crashes, isWorthAnotherTry: crashes.length < mostCrashes }
}
