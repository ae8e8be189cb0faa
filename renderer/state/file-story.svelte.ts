import type { RequestError } from '../../shared/ipc-contract.ts'
import type { FileStoryView } from '../../shared/window-data.ts'
import type { AppView } from './app-view.svelte.ts'

/** The story of the file that is open. The old one stays while it is asked for again; another file's never shows. */
export class FileStory {
  readonly #host: Pick<AppView, 'request'>
  #fileId: number | null = null
  #story = $state.raw<FileStoryView | null>(null)
  #failure = $state.raw<RequestError | null>(null)
  #turn = 0

  constructor(host: Pick<AppView, 'request'>) {
    this.#host = host
  }

  /** Null while it loads. */
  get story(): FileStoryView | null {
    return this.#story
  }

  get failure(): RequestError | null {
    return this.#failure
  }

  async open(fileId: number): Promise<void> {
    if (fileId !== this.#fileId) {
      this.#fileId = fileId
      this.#story = null
      this.#failure = null
    }
    const turn = ++this.#turn
    const result = await this.#host.request('getFileStory', fileId)
    if (turn !== this.#turn) return
    if (result.kind === 'ok') {
      this.#story = result.value
      this.#failure = null
    } else {
      this.#failure = result.error
    }
  }
}
