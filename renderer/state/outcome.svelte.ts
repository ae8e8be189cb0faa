import type { RequestError, Result } from '../../shared/ipc-contract.ts'

/** What became of what a button asked for: told beside it until the next press. */
export class Outcome {
  #isBusy = $state(false)
  #text = $state<string | null>(null)
  #isTrouble = $state(false)

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Null while there is nothing to tell. */
  get text(): string | null {
    return this.#text
  }

  get isTrouble(): boolean {
    return this.#isTrouble
  }

  /** Awaits an answer. `words` says what to tell of a good one; null says nothing. */
  async of<T>(answer: Promise<Result<T>>, words: (value: T) => string | null): Promise<void> {
    this.#isBusy = true
    this.#text = null
    const result = await answer
    this.#isBusy = false
    if (result.kind === 'ok') this.tell(words(result.value))
    else this.#fail(result.error)
  }

  tell(text: string | null, isTrouble = false): void {
    this.#text = text
    this.#isTrouble = isTrouble
  }

  #fail(error: RequestError): void {
    this.tell(error.message, true)
  }
}
