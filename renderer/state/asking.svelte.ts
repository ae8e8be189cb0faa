import type { RequestName, Requests, Result } from '../../shared/ipc-contract.ts'
import type { AppView } from './app-view.svelte.ts'

/** One request at a time of one control: whether it is under way, and what went wrong with the last. */
export class Asking {
  readonly #view: Pick<AppView, 'request'>
  #isBusy = $state(false)
  #trouble = $state<string | null>(null)

  constructor(view: Pick<AppView, 'request'>) {
    this.#view = view
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** In words; null when the last one went well, or there was none. */
  get trouble(): string | null {
    return this.#trouble
  }

  forget(): void {
    this.#trouble = null
  }

  /** Answers whether it was done, and what came of it. */
  async ask<K extends RequestName>(
    name: K,
    ...args: Parameters<Requests[K]>
  ): Promise<Result<ReturnType<Requests[K]>>> {
    this.#isBusy = true
    this.#trouble = null
    const result = await this.#view.request(name, ...args)
    this.#isBusy = false
    if (result.kind === 'failed') this.#trouble = result.error.message
    return result
  }
}
