import type { PageName } from '../../shared/ipc-contract.ts'
import type { ActivityState } from '../../shared/states.ts'

/** Which page is shown, which file's story is open beside it, and what its list was asked to show. */
export class Router {
  #page = $state<PageName>('today')
  #fileId = $state<number | null>(null)
  #wantedStates = $state.raw<readonly ActivityState[] | null>(null)
  #wantedSourceId = $state<string | null>(null)

  get page(): PageName {
    return this.#page
  }

  get fileId(): number | null {
    return this.#fileId
  }

  /** The states whose files were asked for with the page; null where none were named. A new list each time. */
  get wantedStates(): readonly ActivityState[] | null {
    return this.#wantedStates
  }

  /** The source whose files were asked for with the states; null for every source. */
  get wantedSourceId(): string | null {
    return this.#wantedSourceId
  }

  go(page: PageName, fileId: number | null = null): void {
    this.#page = page
    this.#fileId = fileId
    this.#wantedStates = null
    this.#wantedSourceId = null
  }

  /** Shows the files in these states, of one source or of all, whatever the list showed before. */
  goToFiles(states: readonly ActivityState[], sourceId: string | null = null): void {
    this.#page = 'activities'
    this.#fileId = null
    this.#wantedSourceId = sourceId
    this.#wantedStates = [...states]
  }

  closeFile(): void {
    this.#fileId = null
  }
}
