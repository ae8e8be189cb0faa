/** One promise that was not kept. */
export interface Breach {
  /** The promise and the way in which it was broken, as it reads in a table. */
  readonly promise: string
  readonly detail: string
  /** Ms since the start of the run. */
  readonly atMs: number
}

/** Gathers what was broken in a run. */
export class Verdict {
  readonly breaches: Breach[] = []
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  broken(promise: string, detail: string): void {
    this.breaches.push({ promise, detail, atMs: this.#nowMs() })
  }
}
