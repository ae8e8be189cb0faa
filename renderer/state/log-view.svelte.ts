import type { RequestError } from '../../shared/ipc-contract.ts'
import type { LogLine } from '../../shared/window-data.ts'
import type { AppView } from './app-view.svelte.ts'

const linesAsked = 2000
const linesAtOnce = 100

const weight: Readonly<Record<LogLine['level'], number>> = { info: 0, warn: 1, error: 2 }

/** The newest lines of the log, and which of them are shown. */
export class LogView {
  readonly #host: Pick<AppView, 'request'>
  #lines = $state.raw<readonly LogLine[] | null>(null)
  #failure = $state.raw<RequestError | null>(null)
  #isBusy = $state(false)
  #most = $state(linesAtOnce)
  #level = $state<LogLine['level']>('info')
  #search = $state('')
  readonly #matching = $derived.by(() => {
    const wanted = this.#search.trim().toLowerCase()
    return (this.#lines ?? []).filter(
      line =>
        weight[line.level] >= weight[this.#level] &&
        `${line.message}\n${line.details}`.toLowerCase().includes(wanted),
    )
  })

  constructor(host: Pick<AppView, 'request'>) {
    this.#host = host
  }

  /** How many lines there are; null before the first answer. */
  get total(): number | null {
    return this.#lines?.length ?? null
  }

  /** Every line that matches, newest first. */
  get matching(): readonly LogLine[] {
    return this.#matching
  }

  /** As many of them as are in the page. */
  get shown(): readonly LogLine[] {
    return this.#matching.slice(0, this.#most)
  }

  get failure(): RequestError | null {
    return this.#failure
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  get level(): LogLine['level'] {
    return this.#level
  }

  get search(): string {
    return this.#search
  }

  show(level: LogLine['level']): void {
    this.#level = level
    this.#most = linesAtOnce
  }

  find(text: string): void {
    this.#search = text
    this.#most = linesAtOnce
  }

  showMore(): void {
    this.#most += linesAtOnce
  }

  async read(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    const result = await this.#host.request('readLog', linesAsked)
    this.#isBusy = false
    this.#failure = result.kind === 'failed' ? result.error : null
    if (result.kind === 'ok') this.#lines = result.value
  }
}
