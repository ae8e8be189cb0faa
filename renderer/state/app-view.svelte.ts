import type { AppSnapshot } from '../../shared/app-snapshot.ts'
import type { PageName, RequestError, RequestName, Requests, Result } from '../../shared/ipc-contract.ts'
import type { Bridge } from '../bridge/bridge.ts'
import type { Router } from './router.svelte.ts'

/** The snapshot, kept up to date, and the way to ask for something. Decides nothing. */
export class AppView {
  readonly #bridge: Bridge
  readonly #router: Router
  #snapshot = $state.raw<AppSnapshot | null>(null)
  #isConnected = $state(true)
  #isUnknown = $state(false)
  #failure = $state.raw<RequestError | null>(null)

  constructor(bridge: Bridge, router: Router) {
    this.#bridge = bridge
    this.#router = router
  }

  /** Null until the first one has come. */
  get snapshot(): AppSnapshot | null {
    return this.#snapshot
  }

  /** False while the host cannot be heard; what is shown is then the last that was known. */
  get isConnected(): boolean {
    return this.#isConnected
  }

  /** True when the host answers, but does not know this window. It stays so. */
  get isUnknown(): boolean {
    return this.#isUnknown
  }

  /** Why even the first snapshot did not come. */
  get failure(): RequestError | null {
    return this.#failure
  }

  /** Listens first, then asks: whatever changes in between is not missed. Answers a function that stops. */
  start(): () => void {
    const stop = this.#bridge.listen(heard => {
      switch (heard.kind) {
        case 'snapshot':
          this.#take(heard.snapshot)
          return
        case 'show':
          this.#router.go(heard.page, heard.fileId)
          return
        case 'unknown':
          this.#isConnected = false
          this.#isUnknown = true
          return
        case 'link':
          this.#isConnected = heard.isOpen
          if (heard.isOpen) void this.refresh()
      }
    })
    return stop
  }

  async refresh(): Promise<void> {
    const result = await this.#bridge.request('getSnapshot')
    if (result.kind === 'ok') this.#take(result.value)
    else this.#failure = result.error
  }

  request<K extends RequestName>(
    name: K,
    ...args: Parameters<Requests[K]>
  ): Promise<Result<ReturnType<Requests[K]>>> {
    return this.#bridge.request(name, ...args)
  }

  go(page: PageName): void {
    this.#router.go(page, null)
  }

  #take(snapshot: AppSnapshot): void {
    const known = this.#snapshot
    if (known !== null && known.run === snapshot.run && known.revision > snapshot.revision) return
    this.#snapshot = snapshot
    this.#failure = null
  }
}
