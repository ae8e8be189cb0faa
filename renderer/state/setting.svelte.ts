import type { Result } from '../../shared/ipc-contract.ts'

export type SettingStatus =
  | { readonly kind: 'still' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly message: string }

/** How long "Saved" stands beside a control. */
const savedForMs = 5000

/**
 * One control's value: saved at once, shown as wanted until the snapshot says the same, and put back when it could not
 * be saved. Made while a component starts.
 */
export class Setting<T> {
  readonly #current: () => T
  readonly #save: (value: T) => Promise<Result<unknown>>
  #wanted = $state.raw<{ readonly value: T; readonly before: string } | null>(null)
  #status = $state.raw<SettingStatus>({ kind: 'still' })
  #turn = 0

  constructor(current: () => T, save: (value: T) => Promise<Result<unknown>>) {
    this.#current = current
    this.#save = save
    // The snapshot's word is the truth from the moment it changes.
    $effect(() => {
      const now = JSON.stringify(current())
      if (this.#wanted !== null && this.#wanted.before !== now) this.#wanted = null
    })
    $effect(() => {
      if (this.#status.kind !== 'saved') return
      const timer = setTimeout(() => (this.#status = { kind: 'still' }), savedForMs)
      return () => {
        clearTimeout(timer)
      }
    })
  }

  get value(): T {
    return this.#wanted === null ? this.#current() : this.#wanted.value
  }

  get status(): SettingStatus {
    return this.#status
  }

  async set(value: T): Promise<void> {
    if (JSON.stringify(value) === JSON.stringify(this.value)) return
    const turn = ++this.#turn
    this.#wanted = { value, before: JSON.stringify(this.#current()) }
    this.#status = { kind: 'saving' }
    const result = await this.#save(value)
    if (turn !== this.#turn) return
    if (result.kind === 'ok') {
      this.#status = { kind: 'saved' }
    } else {
      this.fail(result.error.message)
    }
  }

  /** Puts the old value back and says why. */
  fail(message: string): void {
    this.#turn++
    this.#wanted = null
    this.#status = { kind: 'failed', message }
  }

  /** Takes back what was said against a value; anything else that is said stays. */
  forgive(): void {
    if (this.#status.kind === 'failed') this.#status = { kind: 'still' }
  }
}
