import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { CliEnd } from '../../e2e/helpers/cli.ts'
import { athlete, makeWorld, type World } from '../../e2e/helpers/home.ts'
import { put, ride, sha256 } from '../../e2e/helpers/rides.ts'
import { addDays } from '../../fake-intervals/clock.ts'
import type { FakeState } from '../../fake-intervals/state.ts'
import type { FakeActivity, FakeEvent } from '../../fake-intervals/types.ts'
import type { Tree } from '../trace/acts.ts'
import { layOut, readTree } from '../trace/trees.ts'

/** All that lies there at one moment: what Musette may write, what it may only read, and what the service has. */
export interface Moment {
  readonly ours: Tree
  readonly rides: ReadonlyMap<string, Uint8Array>
  readonly activities: readonly FakeActivity[]
  readonly events: readonly FakeEvent[]
  readonly refusesUploads: boolean
}

const hourMs = 3_600_000

/** A computer on which one scene is played again and again: a home, a folder of rides, a trainer's folder, the service. */
export class Stage {
  readonly world: World
  readonly launcher: string
  /** The folder that workouts are written into. */
  readonly trainer: string
  readonly root: string
  /** Files of rides that were taken off: the hash of their bytes by name. */
  readonly takenOff = new Map<string, string>()
  #refusesUploads = false

  private constructor(world: World, launcher: string) {
    this.world = world
    this.launcher = launcher
    this.root = realpathSync(world.root)
    this.trainer = join(this.root, 'Zwift')
    mkdirSync(this.trainer)
  }

  /** `deduplicate` false: the service takes the same bytes for another ride. */
  static async make(launcher: string, deduplicate: boolean): Promise<Stage> {
    return new Stage(await makeWorld({ service: { switches: { deduplicate } } }), launcher)
  }

  get state(): FakeState {
    return this.world.service.state
  }

  /** The folders that Musette may change. */
  get ours(): readonly string[] {
    return [this.world.home, this.trainer]
  }

  get profile(): string {
    return join(this.world.home, 'profiles', 'default')
  }

  get ledger(): string {
    return join(this.profile, 'ledger.sqlite')
  }

  get musette() {
    return this.world.with({ launcher: this.launcher })
  }

  /** Runs a command that must succeed. */
  async run(...words: readonly string[]): Promise<CliEnd> {
    const end = await this.musette.musette(...words)
    if (end.code !== 0) throw new Error(`musette ${words.join(' ')} ended with ${end.code}: ${end.stderr}`)
    return end
  }

  putRide(name: string, number: number): void {
    put(this.world.source, name, ride(number))
  }

  /** A workout on the `day`th day from today. */
  addWorkout(day: number, minutes: number): FakeEvent {
    const rider = this.state.athletes.get(athlete.id)
    if (rider === undefined) throw new Error('no athlete')
    const fields = {
      start_date_local: `${addDays(this.state.today(rider), day)}T00:00:00`,
      ...{ category: 'WORKOUT', type: 'Ride', name: `Workout of ${minutes} minutes` },
    }
    return this.state.addEvent(athlete.id, fields, [{ kind: 'steady', seconds: 60 * minutes, at: 0.75 }])
  }

  /** Whether the service breaks off each upload before it has read it. */
  refuseUploads(isSo: boolean): void {
    this.#refusesUploads = isSo
    this.state.faults.clearRules()
    const action = { kind: 'cut', at: 'beforeBody' } as const
    if (isSo) this.state.faults.add({ match: { method: 'POST' }, times: -1, action })
  }

  takeOff(name: string): void {
    const path = join(this.world.source, name)
    this.takenOff.set(name, sha256(readFileSync(path)))
    rmSync(path)
  }

  now(): Moment {
    return {
      ours: readTree(this.ours),
      rides: new Map(
        readdirSync(this.world.source).map(name => [name, readFileSync(join(this.world.source, name))]),
      ),
      activities: this.state.activities.map(activity => ({ ...activity })),
      events: this.state.events.map(event => ({ ...event })),
      refusesUploads: this.#refusesUploads,
    }
  }

  /** Makes everything as it was at a moment. A ride's file that is as it was stays the same file. */
  goTo(moment: Moment): void {
    this.takenOff.clear()
    layOut(this.ours, moment.ours)
    mkdirSync(this.trainer, { recursive: true })
    for (const name of readdirSync(this.world.source)) {
      if (!moment.rides.has(name)) rmSync(join(this.world.source, name))
    }
    for (const [name, bytes] of moment.rides) this.#putBack(join(this.world.source, name), bytes)
    this.state.reset()
    this.state.activities = moment.activities.map(activity => ({ ...activity }))
    this.state.events = moment.events.map(event => ({ ...event }))
    this.refuseUploads(moment.refusesUploads)
  }

  #putBack(path: string, bytes: Uint8Array): void {
    if (isSame(path, bytes)) return
    writeFileSync(path, bytes)
    const at = new Date(Date.now() - hourMs)
    utimesSync(path, at, at)
  }
}

function isSame(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}
