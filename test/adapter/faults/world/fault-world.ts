import { readdirSync } from 'node:fs'
import { ledgerBudget } from '../../../../electron/sync/ledger/request-counts.ts'
import { addTrainer } from '../../../../electron/sync/folders/manage-trainers.ts'
import type { Random } from '../../../../electron/sync/ports/clock.ts'
import type { RequestLimits } from '../../../../shared/preferences.ts'
import type { SyncReport } from '../../../../shared/reports.ts'
import { seedWeek } from '../../../fake-intervals/seed-week.ts'
import { startFakeIntervals, type FakeIntervals } from '../../../fake-intervals/server.ts'
import { EngineHome, hourMs } from '../../../helpers/engine-home.ts'
import { buildFit } from '../../../helpers/fit-builder.ts'
import { sha256Of } from '../../../helpers/rides.ts'
import { WireService, type Asked } from './wire-service.ts'

export const athleteId = 'i200001'
/** A key that no other text contains. */
export const key = 'canary7key1never2shown'
/** As many as ship: requests a second, in 15 minutes, in a day. */
const shippedLimits: RequestLimits = { perSecond: 10, per15Min: 2500, perDay: 5000 }

/** Two rides from before the folder was added and two of later, in the order in which they are to go up. */
const fourRides: Readonly<Record<string, string>> = {
  'new-1.fit': '2026-11-19T08:00:00Z',
  'new-2.fit': '2026-11-20T08:00:00Z',
  'old-2.fit': '2026-03-01T08:00:00Z',
  'old-1.fit': '2026-02-01T08:00:00Z',
}

export interface Ride {
  readonly sha256: string
  readonly startMs: number
}

export interface WorldOptions {
  /** Sports in one file: each is an activity of its own on the service. */
  readonly sessions?: number
  /** Has a trainer's folder as well, and a week of workouts to fill it. */
  readonly withTrainer?: boolean
  /** What the folder's policy is for rides that another app has sent. */
  readonly sameRide?: 'upload' | 'ask'
  /** Starts by name, in the order in which they are to go up; names that begin with `old` are of before. */
  readonly rides?: Readonly<Record<string, string>>
  readonly limits?: RequestLimits
  readonly random?: Random
}

/**
 * The real engine over a real disk and ledger, the real client over real sockets, and the stand-in for the service.
 * All three go by one clock, which the test moves.
 */
export class FaultWorld {
  readonly home: EngineHome
  readonly service: FakeIntervals
  readonly wire: WireService
  /** Where requests of each kind go while a fault leads them elsewhere. */
  readonly detours = new Map<Asked, string>()
  /** Activities that the service makes of one ride. */
  readonly sessions: number
  readonly limits: RequestLimits
  readonly #options: WorldOptions
  readonly #rides = new Map<string, Ride>()
  readonly #closers: (() => Promise<void>)[] = []

  private constructor(home: EngineHome, service: FakeIntervals, options: WorldOptions) {
    this.sessions = options.sessions ?? 1
    this.limits = options.limits ?? shippedLimits
    this.#options = options
    this.home = home
    this.service = service
    this.wire = new WireService({
      clock: home.clock,
      budget: () => ledgerBudget(home.parts.ledger.db, home.clock, this.limits),
      road: what => this.detours.get(what) ?? service.url,
      key,
      perSecond: this.limits.perSecond,
    })
    home.clock.settle = async () => {
      do {
        await this.wire.quiet()
        await home.busy.settled()
      } while (!this.wire.isQuiet)
    }
    service.state.clock.now = home.clock.now
  }

  static async open(options: WorldOptions = {}): Promise<FaultWorld> {
    const athletes = [{ id: athleteId, name: 'Sample Athlete', timeZone: 'UTC', keys: [key] }]
    // Requests a second are counted by the computer's clock there, and by the test's in what follows.
    const service = await startFakeIntervals({ athletes, switches: { perSecond: 0 } })
    const home = await EngineHome.open()
    const world = new FaultWorld(home, service, options)
    await world.restart()
    await world.#fill()
    return world
  }

  get rides(): ReadonlyMap<string, Ride> {
    return this.#rides
  }

  /** Their names in the order in which they are to go up. */
  get ridesInOrder(): readonly string[] {
    return Object.keys(this.#starts)
  }

  get #starts(): Readonly<Record<string, string>> {
    return this.#options.rides ?? fourRides
  }

  sync(): Promise<SyncReport> {
    return this.home.sync()
  }

  /** The process ends, and another begins. */
  async restart(): Promise<void> {
    await this.wire.renew()
    const { random } = this.#options
    await this.home.restart({ service: this.wire, ...(random === undefined ? {} : { random }) })
  }

  /** Ends with the world. */
  onClose(close: () => Promise<void>): void {
    this.#closers.push(close)
  }

  async close(): Promise<void> {
    await this.wire.close()
    for (const close of this.#closers) await close()
    await this.service.close()
    this.home.close()
  }

  /** Activities that the service has of a ride's bytes. */
  activitiesOf(ride: string): readonly string[] {
    const sha256 = this.#rides.get(ride)?.sha256
    const { activities } = this.service.state
    return activities.filter(one => one.sha256 === sha256 && !one.deleted).map(one => one.id)
  }

  async #fill(): Promise<void> {
    const options = this.#options
    const names = Object.keys(this.#starts)
    for (const name of names.filter(one => one.startsWith('old'))) this.#put(name)
    const source = await this.home.addSource('rides', 'all')
    for (const name of names.filter(one => !one.startsWith('old'))) this.#put(name)
    const { settings } = this.home.parts
    const sameRide = options.sameRide ?? 'upload'
    await settings.update(before => ({ ...before, sources: [{ ...source, sameRide }] }))
    if (options.withTrainer === true) await this.#addTrainer()
    if (options.sameRide === 'ask') this.#addOthers()
  }

  /** Another app has sent a ride of each of these days, hours before. */
  #addOthers(): void {
    for (const startTime of Object.values(this.#starts)) {
      const startMs = Date.parse(startTime) - 5 * hourMs
      this.service.state.seedActivity({ athleteId, startMs, externalId: 'garmin-1' })
    }
  }

  #put(name: string): void {
    const startTime = this.#starts[name]
    if (startTime === undefined) throw new Error(`no ride is called ${name}`)
    const bytes = buildFit({ startTime, recordEveryS: 20, sessions: this.sessions })
    this.home.put(`rides/${name}`, bytes)
    this.#rides.set(name, { sha256: sha256Of(bytes), startMs: Date.parse(startTime) })
  }

  /** Workout files in the trainer's folder. */
  get workouts(): number {
    return readdirSync(this.home.folder('workouts')).filter(name => name.endsWith('.zwo')).length
  }

  async #addTrainer(): Promise<void> {
    seedWeek(this.service.state, '2026-11-21', athleteId)
    this.home.put('workouts/readme.txt', 'a folder of its own')
    const folder = this.home.folder('workouts')
    await addTrainer(this.home.parts, { folder, format: 'zwo', days: 7, sports: null, name: null })
  }
}
