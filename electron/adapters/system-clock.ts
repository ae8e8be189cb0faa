import type { Clock } from '../sync/ports/clock.ts'

/** The computer's own clock. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) =>
      new Promise(resolve => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const done = (): void => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        // setTimeout takes 31 bits: longer sleeps end early, and every caller looks at the clock again.
        const timer = setTimeout(done, Math.min(Math.max(ms, 0), 2 ** 31 - 1))
        signal?.addEventListener('abort', done, { once: true })
      }),
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}
