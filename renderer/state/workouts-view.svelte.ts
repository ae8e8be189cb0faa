import type { RequestError } from '../../shared/ipc-contract.ts'
import type { WorkoutsView } from '../../shared/window-data.ts'
import type { AppView } from './app-view.svelte.ts'

/** The coming days as last answered. What is shown stays while it is asked for again. */
export class WorkoutsList {
  readonly #view: Pick<AppView, 'request'>
  #value = $state.raw<WorkoutsView | null>(null)
  #failure = $state.raw<RequestError | null>(null)
  #isLoading = false
  #isStale = false

  constructor(view: Pick<AppView, 'request'>) {
    this.#view = view
  }

  /** Null until the first answer. */
  get value(): WorkoutsView | null {
    return this.#value
  }

  /** Why the last answer did not come; null when it did. */
  get failure(): RequestError | null {
    return this.#failure
  }

  /** Asks again. One question at a time: what changes meanwhile is asked for once, afterwards. */
  async load(): Promise<void> {
    this.#isStale = true
    if (this.#isLoading) return
    this.#isLoading = true
    while (this.#isStale) {
      this.#isStale = false
      const result = await this.#view.request('listWorkouts')
      if (result.kind === 'ok') {
        this.#value = result.value
        this.#failure = null
      } else this.#failure = result.error
    }
    this.#isLoading = false
  }
}
