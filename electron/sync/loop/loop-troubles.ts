import type { Trouble } from '../../../shared/reports.ts'

type Loop = 'intake' | 'upload' | 'pull'

const lineCodes = ['offline', 'service-down']

/** What each loop knows to be wrong, and since when the service has not been reached. */
export class LoopTroubles {
  readonly #byLoop: Record<Loop, readonly Trouble[]> = { intake: [], upload: [], pull: [] }
  #offlineSinceMs: number | null = null

  get all(): readonly Trouble[] {
    return [...this.#byLoop.intake, ...this.#byLoop.upload, ...this.#byLoop.pull]
  }

  /** Wall ms; null while the service answers. */
  get offlineSinceMs(): number | null {
    return this.#offlineSinceMs
  }

  of(loop: Loop): readonly Trouble[] {
    return this.#byLoop[loop]
  }

  set(loop: Loop, troubles: readonly Trouble[], nowMs: number): void {
    this.#byLoop[loop] = troubles
    const isOffline = this.all.some(trouble => lineCodes.includes(trouble.code))
    this.#offlineSinceMs = isOffline ? (this.#offlineSinceMs ?? nowMs) : null
  }
}
