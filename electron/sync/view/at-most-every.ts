import type { Clock } from '../ports/clock.ts'

/**
 * Calls `act` at most once in `ms`: at once when it has been quiet, else when the time is over. However often it is
 * asked for, `act` is called once more after the last time. Nothing more comes once the signal aborts.
 */
export function atMostEvery(
  clock: Pick<Clock, 'sleep'>,
  ms: number,
  signal: AbortSignal,
  act: () => void,
): () => void {
  let isResting = false
  let isWanted = false
  const rest = async (): Promise<void> => {
    await clock.sleep(ms, signal)
    isResting = false
    if (isWanted && !signal.aborted) begin()
  }
  const begin = (): void => {
    isWanted = false
    isResting = true
    void rest()
    act()
  }
  return () => {
    if (signal.aborted) return
    if (isResting) isWanted = true
    else begin()
  }
}
