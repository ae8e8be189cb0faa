import type { ServerResponse } from 'node:http'
import type { WindowEvent } from '../../shared/ipc-contract.ts'

export interface EventStreamsOptions {
  /** Streams open at once. */
  readonly most: number
  readonly heartbeatMs: number
  /** A reader that takes nothing for so long is let go; it connects again when it wakes. */
  readonly stalledMs: number
}

/** The open event streams. Each gets every event, but a slow reader only the newest snapshot. */
export class EventStreams {
  readonly #options: EventStreamsOptions
  readonly #open = new Set<EventStream>()
  readonly #timer: NodeJS.Timeout

  constructor(options: EventStreamsOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#beat(), options.heartbeatMs)
    this.#timer.unref()
  }

  get isFull(): boolean {
    return this.#open.size >= this.#options.most
  }

  /** Begins a stream on a reply whose headers have not been sent. */
  add(response: ServerResponse, headers: Readonly<Record<string, string>>, first: WindowEvent): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' })
    const stream = new EventStream(response)
    this.#open.add(stream)
    response.on('close', () => this.#open.delete(stream))
    stream.send(first)
  }

  tell(event: WindowEvent): void {
    for (const stream of this.#open) stream.send(event)
  }

  close(): void {
    clearInterval(this.#timer)
    for (const stream of this.#open) stream.end()
  }

  #beat(): void {
    for (const stream of this.#open) stream.beat(this.#options.stalledMs)
  }
}

class EventStream {
  readonly #response: ServerResponse
  /** Null while the reader keeps up. */
  #blockedSinceMs: number | null = null
  /** What a slow reader is still to get: of each kind the newest. */
  readonly #waiting = new Map<WindowEvent['kind'], WindowEvent>()

  constructor(response: ServerResponse) {
    this.#response = response
    response.on('drain', () => this.#drained())
    // A reader that is gone is noticed by `close`.
    response.on('error', () => undefined)
  }

  send(event: WindowEvent): void {
    if (this.#blockedSinceMs === null) this.#write(`data: ${JSON.stringify(event)}\n\n`)
    else this.#waiting.set(event.kind, event)
  }

  /** A comment, so that both sides notice a dead connection. */
  beat(stalledMs: number): void {
    if (this.#blockedSinceMs === null) this.#write(': still here\n\n')
    else if (performance.now() - this.#blockedSinceMs > stalledMs) this.#response.destroy()
  }

  end(): void {
    this.#response.end()
  }

  #write(text: string): void {
    if (this.#response.destroyed) return
    if (!this.#response.write(text)) this.#blockedSinceMs = performance.now()
  }

  #drained(): void {
    this.#blockedSinceMs = null
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const event of waiting) this.send(event)
  }
}
