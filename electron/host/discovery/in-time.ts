import type { Clock } from '../../sync/ports/clock.ts'

/** What the work answers, or `instead` once it has taken too long. */
export async function inTime<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  instead: T,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const tooLong = new AbortController()
  const done = new AbortController()
  const over = clock.sleep(ms, done.signal).then(() => {
    tooLong.abort()
    return instead
  })
  try {
    return await Promise.race([work(AbortSignal.any([signal, tooLong.signal])), over])
  } catch (error) {
    if (tooLong.signal.aborted && !signal.aborted) return instead
    throw error
  } finally {
    done.abort()
  }
}
