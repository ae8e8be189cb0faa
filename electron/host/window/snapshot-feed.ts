import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type { Clock } from '../../sync/ports/clock.ts'
import type { Log } from '../../sync/ports/log.ts'
import { fitSnapshot } from './fit-snapshot.ts'

/** Everything in a snapshot that the feed does not add itself. */
export type SnapshotContent = Omit<AppSnapshot, 'run' | 'revision'>

export interface SnapshotFeedDeps {
  readonly run: string
  readonly make: () => Promise<SnapshotContent>
  readonly onSnapshot: (snapshot: AppSnapshot) => void
  readonly clock: Clock
  readonly log: Log
}

/** At most four a second. */
const leastGapMs = 250
/** A snapshot that takes long is made seldom: this many times its own cost apart. */
const costFactor = 5
/** A cost that was only waiting for a busy engine must not leave a window stale for long. */
const largestGapMs = 5_000
const retryMs = 5_000

/** Keeps the newest snapshot. A change asks for a new one; the revision grows only when something in it differs. */
export class SnapshotFeed {
  readonly #deps: SnapshotFeedDeps
  readonly #stop = new AbortController()
  readonly #first = Promise.withResolvers<AppSnapshot>()
  #current: AppSnapshot | null = null
  #content = ''
  #isDirty = false
  #isStarted = false
  #isFollowing = false
  #isFailing = false
  #notBeforeMs = Number.NEGATIVE_INFINITY

  constructor(deps: SnapshotFeedDeps) {
    this.#deps = deps
    // Whoever does not wait for it must not be ended by it.
    this.#first.promise.catch(() => undefined)
  }

  /** The first snapshot, once there is one. */
  get first(): Promise<AppSnapshot> {
    return this.#first.promise
  }

  /** The newest snapshot; to be asked for once `start` has ended. */
  get current(): AppSnapshot {
    if (this.#current === null) throw new TypeError('the feed has not started')
    return this.#current
  }

  /** Makes the first snapshot. Rejects when it can't. */
  async start(): Promise<void> {
    try {
      await this.#make()
    } catch (error) {
      this.#first.reject(error)
      throw error
    }
    this.#isStarted = true
    this.#follow()
  }

  /** Something people see may have changed. */
  noteChange(): void {
    this.#isDirty = true
    if (this.#isStarted) this.#follow()
  }

  /** Makes no more snapshots. */
  close(): void {
    this.#stop.abort()
  }

  #follow(): void {
    if (this.#isFollowing) return
    this.#isFollowing = true
    void this.#whileDirty()
  }

  /** Never rejects. */
  async #whileDirty(): Promise<void> {
    const { clock, log } = this.#deps
    const { signal } = this.#stop
    while (this.#isDirty && !signal.aborted) {
      const waitMs = this.#notBeforeMs - clock.monotonic()
      if (waitMs > 0) {
        await clock.sleep(waitMs, signal)
        continue
      }
      this.#isDirty = false
      try {
        await this.#make()
        this.#isFailing = false
      } catch (error) {
        if (this.#stop.signal.aborted) break
        // The old one stays up. Once in the log is enough for as long as it fails.
        if (!this.#isFailing) log('error', 'no snapshot', { why: String(error) })
        this.#isFailing = true
        this.#isDirty = true
        this.#notBeforeMs = clock.monotonic() + retryMs
      }
    }
    // In the same turn as the last look at `#isDirty`, so that no change falls between.
    this.#isFollowing = false
  }

  async #make(): Promise<void> {
    const { clock, make, onSnapshot, run } = this.#deps
    const startMs = clock.monotonic()
    const content = await make()
    const next = fitSnapshot({ ...content, run, revision: 0 })
    const json = JSON.stringify(next)
    const costMs = clock.monotonic() - startMs
    this.#notBeforeMs = startMs + Math.min(Math.max(leastGapMs, costFactor * costMs), largestGapMs)
    if (json === this.#content || this.#stop.signal.aborted) return
    this.#content = json
    this.#current = { ...next, revision: (this.#current?.revision ?? 0) + 1 }
    this.#first.resolve(this.#current)
    onSnapshot(this.#current)
  }
}
