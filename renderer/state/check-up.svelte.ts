import type { RequestError } from '../../shared/ipc-contract.ts'
import type { Finding } from '../../shared/window-data.ts'
import type { AppView } from './app-view.svelte.ts'

const order: Readonly<Record<Finding['kind'], number>> = { wrong: 0, hint: 1, fine: 2 }

/** What the host found when it last examined itself. */
export class CheckUp {
  readonly #host: Pick<AppView, 'request'>
  #findings = $state.raw<readonly Finding[] | null>(null)
  #failure = $state.raw<RequestError | null>(null)
  #isBusy = $state(false)

  constructor(host: Pick<AppView, 'request'>) {
    this.#host = host
  }

  /** What is wrong comes first; null before the first answer. */
  get findings(): readonly Finding[] | null {
    return this.#findings
  }

  get failure(): RequestError | null {
    return this.#failure
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  async run(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    const result = await this.#host.request('examine')
    this.#isBusy = false
    this.#failure = result.kind === 'failed' ? result.error : null
    if (result.kind === 'ok') {
      this.#findings = result.value.toSorted((one, other) => order[one.kind] - order[other.kind])
    }
  }
}
