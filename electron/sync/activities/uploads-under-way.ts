/** An upload in flight, and how much of it has been handed to the connection. */
export interface UploadUnderWay {
  readonly sha256: string
  readonly name: string
  readonly sourceId: string
  readonly sentBytes: number
  readonly totalBytes: number
}

type Begun = Omit<UploadUnderWay, 'sentBytes'>

/** Counts the bytes of what is going up, and the uploads ended since the queue was last empty. */
export class UploadsUnderWay {
  readonly #uploads = new Map<string, { readonly begun: Begun; sentBytes: number }>()
  #done = 0
  #onChange: () => void = () => undefined

  /** Called with each piece sent, and at each begin and end. */
  onChange(listener: () => void): void {
    this.#onChange = listener
  }

  /** Oldest first. */
  get list(): readonly UploadUnderWay[] {
    return [...this.#uploads.values()].map(({ begun, sentBytes }) => ({ ...begun, sentBytes }))
  }

  get done(): number {
    return this.#done
  }

  begin(upload: Begun): void {
    this.#uploads.set(upload.sha256, { begun: upload, sentBytes: 0 })
    this.#onChange()
  }

  /** `isOver`: nothing more is to be sent of it, whatever became of it. */
  end(sha256: string, isOver: boolean): void {
    if (this.#uploads.delete(sha256) && isOver) this.#done += 1
    this.#onChange()
  }

  /** The queue is empty: what comes next is counted anew. */
  endBatch(): void {
    this.#done = 0
    this.#onChange()
  }

  /** The same pieces; each is counted when the one after it is asked for, since only then it has been taken. */
  async *counted(sha256: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    const upload = this.#uploads.get(sha256)
    if (upload !== undefined) upload.sentBytes = 0
    for await (const piece of body) {
      yield piece
      if (upload === undefined) continue
      upload.sentBytes = Math.min(upload.sentBytes + piece.length, upload.begun.totalBytes)
      this.#onChange()
    }
  }
}
