import type { StartupView } from '../../shared/app-snapshot.ts'
import { firstRunText } from '../text/first-run.ts'
import type { AppView } from './app-view.svelte.ts'
import type { Backfill, SourceDrafts } from './source-drafts.svelte.ts'
import type { TrainerDrafts } from './trainer-drafts.svelte.ts'

/** What stood in the way of ending the guide, and where it is told. */
export type Obstacle =
  | { readonly kind: 'sources' }
  | { readonly kind: 'trainers' }
  | { readonly kind: 'startup'; readonly message: string }
  | { readonly kind: 'guide'; readonly message: string }

/**
 * Ends the guide: adds what is chosen and not added yet, sets the start at login, and says that the guide is done.
 * Stops at what goes wrong; asked again, it goes on without what could not be had.
 */
export class Finishing {
  readonly #view: Pick<AppView, 'request' | 'snapshot'>
  readonly #sources: SourceDrafts
  readonly #trainers: TrainerDrafts
  #isBusy = $state(false)
  #obstacle = $state.raw<Obstacle | null>(null)
  #wantsStartup = $state<boolean | null>(null)

  constructor(
    view: Pick<AppView, 'request' | 'snapshot'>,
    sources: SourceDrafts,
    trainers: TrainerDrafts,
    wantsStartup: boolean | null,
  ) {
    this.#view = view
    this.#sources = sources
    this.#trainers = trainers
    this.#wantsStartup = wantsStartup
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  get obstacle(): Obstacle | null {
    return this.#obstacle
  }

  /** Whether Musette is to start at login; null where that is not to be touched. */
  get wantsStartup(): boolean | null {
    return this.#wantsStartup
  }

  wantStartup(isWanted: boolean): void {
    this.#wantsStartup = isWanted
    if (this.#obstacle?.kind === 'startup') this.#obstacle = null
  }

  forget(): void {
    this.#obstacle = null
  }

  /** Adds the chosen folders alone; false when one could not be. */
  async addSources(backfill: Backfill): Promise<boolean> {
    this.#obstacle = null
    if (await this.#sources.add(backfill)) return true
    this.#obstacle = { kind: 'sources' }
    return false
  }

  /** Adds the chosen trainer folders alone; false when one could not be. */
  async addTrainers(): Promise<boolean> {
    this.#obstacle = null
    if (await this.#trainers.add()) return true
    this.#obstacle = { kind: 'trainers' }
    return false
  }

  /** True when the guide is over. `withStartup` is false for who left before being asked about it. */
  async finish(backfill: Backfill, withStartup: boolean): Promise<boolean> {
    if (this.#isBusy) return false
    this.#isBusy = true
    const isDone =
      (await this.addSources(backfill)) &&
      (await this.addTrainers()) &&
      (!withStartup || (await this.#setStartup())) &&
      (await this.#end())
    this.#isBusy = false
    return isDone
  }

  async #setStartup(): Promise<boolean> {
    const startup = this.#view.snapshot?.startup ?? null
    const isWanted = this.#wantsStartup
    if (startup === null || isWanted === null || isWanted === (startup.kind === 'on')) return true
    const result = await this.#view.request('setStartAtLogin', isWanted)
    const why = result.kind === 'failed' ? result.error.message : whyNot(result.value)
    if (why === null) return true
    // Asked again, it ends without.
    this.#wantsStartup = null
    this.#obstacle = { kind: 'startup', message: firstRunText.startupFailed(why) }
    return false
  }

  async #end(): Promise<boolean> {
    const result = await this.#view.request('changePreferences', { isFirstRunDone: true })
    if (result.kind === 'failed') this.#obstacle = { kind: 'guide', message: result.error.message }
    return result.kind === 'ok'
  }
}

function whyNot(startup: StartupView): string | null {
  return startup.kind === 'broken' || startup.kind === 'unavailable' ? startup.why : null
}
