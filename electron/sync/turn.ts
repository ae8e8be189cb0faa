/** Lets one piece of work go at a time, in the order they came. */
export class Turn {
  #last: Promise<unknown> = Promise.resolve()

  async take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work)
    // The next one waits for the end of this, not for its success.
    this.#last = mine.catch(() => undefined)
    return mine
  }
}
