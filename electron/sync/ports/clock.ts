/** Time, as the engine sees it. Wall time may jump; monotonic time never goes back. */
export interface Clock {
  /** Wall time in ms since 1970, UTC. */
  now(): number
  /** Ms since an arbitrary start; for durations. */
  monotonic(): number
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** The computer's time zone, as an IANA name. */
  timeZone(): string
}

/** A number in [0, 1), for jitter. */
export type Random = () => number
