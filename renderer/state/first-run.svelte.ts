/** The guide's steps, in order. */
export const firstRunSteps = ['connect', 'folders', 'backfill', 'trainers', 'startup'] as const

export type FirstRunStep = (typeof firstRunSteps)[number]

/** Which step of the guide is shown. Each can be skipped and gone back to. */
export class FirstRun {
  #place = $state(0)

  get place(): number {
    return this.#place
  }

  get step(): FirstRunStep {
    return firstRunSteps[this.#place] ?? 'startup'
  }

  get isLast(): boolean {
    return this.#place === firstRunSteps.length - 1
  }

  next(): void {
    this.#place = Math.min(this.#place + 1, firstRunSteps.length - 1)
  }

  back(): void {
    this.#place = Math.max(this.#place - 1, 0)
  }

  go(step: FirstRunStep): void {
    this.#place = firstRunSteps.indexOf(step)
  }
}
