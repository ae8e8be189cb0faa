import type { FileAction } from '../../shared/app-snapshot.ts'
import type { FileSelection } from '../../shared/window-data.ts'
import { outcomeText } from '../text/activities.ts'
import type { AppView } from './app-view.svelte.ts'

export interface ActionNews {
  readonly tone: 'ok' | 'bad'
  readonly text: string
}

/** Does something to files and keeps what became of it, in words. */
export class FileActions {
  readonly #host: Pick<AppView, 'request'>
  #running = $state<FileAction | null>(null)
  #news = $state.raw<ActionNews | null>(null)

  constructor(host: Pick<AppView, 'request'>) {
    this.#host = host
  }

  /** What is being done now; null for nothing. */
  get running(): FileAction | null {
    return this.#running
  }

  get news(): ActionNews | null {
    return this.#news
  }

  forget(): void {
    this.#news = null
  }

  /** Answers true when nothing failed. */
  async act(action: FileAction, selection: FileSelection): Promise<boolean> {
    if (this.#running !== null) return false
    this.#running = action
    this.#news = null
    const result = await this.#host.request('actOnFiles', action, selection)
    this.#running = null
    if (result.kind === 'failed') {
      this.#news = { tone: 'bad', text: result.error.message }
      return false
    }
    const isWhole = result.value.failedCount === 0
    this.#news = { tone: isWhole ? 'ok' : 'bad', text: outcomeText(action, result.value) }
    return isWhole
  }

  /** Shows the file in the system's file browser. */
  async show(fileId: number): Promise<void> {
    const result = await this.#host.request('showFile', fileId)
    this.#news = result.kind === 'failed' ? { tone: 'bad', text: result.error.message } : null
  }
}
