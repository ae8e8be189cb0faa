import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type {
  RequestError,
  RequestName,
  Requests,
  Result,
  WindowEvent,
} from '../../../shared/ipc-contract.ts'
import type { Bridge, Heard } from '../../../renderer/bridge/bridge.ts'

type Answers = {
  readonly [K in RequestName]?: (...args: Parameters<Requests[K]>) => ReturnType<Requests[K]> | RequestError
}

/** A host for window tests: answers what it was told to, notes what it was asked, and says what a test wants said. */
export class FakeBridge implements Bridge {
  readonly asked: { readonly name: RequestName; readonly args: readonly unknown[] }[] = []
  readonly #answers: Answers
  readonly #listeners = new Set<(heard: Heard) => void>()
  #snapshot: AppSnapshot

  constructor(snapshot: AppSnapshot, answers: Answers = {}) {
    this.#snapshot = snapshot
    this.#answers = answers
  }

  async request<K extends RequestName>(
    name: K,
    ...args: Parameters<Requests[K]>
  ): Promise<Result<ReturnType<Requests[K]>>> {
    this.asked.push({ name, args })
    // A host never answers within the same turn.
    await Promise.resolve()
    if (name === 'getSnapshot') return { kind: 'ok', value: this.#snapshot as ReturnType<Requests[K]> }
    const answer = this.#answers[name]
    if (answer === undefined) return { kind: 'ok', value: null as ReturnType<Requests[K]> }
    const value = answer(...args)
    return isError(value) ? { kind: 'failed', error: value } : { kind: 'ok', value }
  }

  listen(listener: (heard: Heard) => void): () => void {
    this.#listeners.add(listener)
    listener({ kind: 'link', isOpen: true })
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** The host has something new to show. */
  show(some: Partial<AppSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...some, revision: this.#snapshot.revision + 1 }
    this.say({ kind: 'snapshot', snapshot: this.#snapshot })
  }

  say(event: WindowEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  loseHost(): void {
    for (const listener of this.#listeners) listener({ kind: 'link', isOpen: false })
  }
}

function isError(value: unknown): value is RequestError {
  return typeof value === 'object' && value !== null && 'recovery' in value
}
