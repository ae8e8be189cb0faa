import type { FoundFolder } from '../../shared/window-data.ts'
import type { AppView } from './app-view.svelte.ts'

/** The folders of known programs and devices that were found on this computer. */
export class FoundFolders {
  readonly #view: Pick<AppView, 'request'>
  #all = $state.raw<readonly FoundFolder[] | null>(null)
  #trouble = $state<string | null>(null)
  #isLooking = $state(false)

  constructor(view: Pick<AppView, 'request'>) {
    this.#view = view
  }

  /** Null until the first look has ended. */
  of(kind: FoundFolder['kind']): readonly FoundFolder[] | null {
    return this.#all?.filter(found => found.kind === kind) ?? null
  }

  /** Why nothing could be found, in words; null when the look went well. */
  get trouble(): string | null {
    return this.#trouble
  }

  get isLooking(): boolean {
    return this.#isLooking
  }

  async look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    const result = await this.#view.request('discoverFolders')
    this.#isLooking = false
    this.#trouble = result.kind === 'failed' ? result.error.message : null
    if (result.kind === 'ok') this.#all = result.value
  }
}
