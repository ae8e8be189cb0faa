import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TrainerFormat } from '../../shared/settings.ts'
import { put, sha256 } from '../e2e/helpers/rides.ts'
import { addDays } from '../fake-intervals/clock.ts'
import { eventJson } from '../fake-intervals/event-json.ts'
import type { FakeState } from '../fake-intervals/state.ts'
import type { FakeAthlete, FakeEvent } from '../fake-intervals/types.ts'
import type { SimRandom } from '../sim/random.ts'
import { printOf } from './arrivals.ts'
import type { Compared, FolderPrint } from './oracle.ts'

/** One folder that workouts are written into. */
export interface TrainerFolder {
  readonly folder: string
  readonly format: TrainerFormat
}

const ours = / (\d+)\.\w+$/

/** A calendar that changes, the folders that follow it, and files in them that are nobody's but the rider's. */
export class Calendar {
  readonly #state: FakeState
  readonly #athlete: FakeAthlete
  readonly #random: SimRandom
  readonly #folders: readonly TrainerFolder[]
  readonly #foreign: FolderPrint
  #count = 0

  constructor(state: FakeState, athlete: FakeAthlete, random: SimRandom, folders: readonly TrainerFolder[]) {
    this.#state = state
    this.#athlete = athlete
    this.#random = random
    this.#folders = folders
    for (const { folder, format } of folders) {
      put(folder, `My own.${format}`, '<workout_file/>')
      put(folder, `2026-11-22 As if it were ours.${format}`, 'mine')
    }
    this.#foreign = this.#foreignFiles()
    for (let day = 1; day <= 4; day += 1) this.add()
  }

  /** Not today nor the last of the seven days, so that midnight changes nothing. */
  add(): void {
    this.#count += 1
    const date = addDays(this.#state.today(this.#athlete), this.#random.int(1, 4))
    const fields = {
      ...{ start_date_local: `${date}T00:00:00`, category: 'WORKOUT', type: 'Ride' },
      name: `Workout ${this.#count}`,
    }
    this.#state.addEvent(this.#athlete.id, fields, [this.#step()])
  }

  /** Something is new or another than before. */
  change(): void {
    const event = this.#some()
    if (event === null || this.#random.chance(0.5)) {
      this.add()
      return
    }
    event.fields = { ...event.fields, updated: this.#state.stamp() }
    event.steps = [this.#step(), this.#step()]
  }

  /** A workout whose file is in every folder is taken off; false where there is none. */
  remove(): boolean {
    const written = this.#folders.map(({ folder }) =>
      readdirSync(folder).map(name => ours.exec(name)?.[1] ?? ''),
    )
    const everywhere = this.#state.events.filter(event =>
      written.every(ids => ids.includes(String(event.id))),
    )
    if (everywhere.length === 0) return false
    const gone = this.#random.pick(everywhere)
    this.#state.removeEvents(event => event === gone)
    return true
  }

  /** The files of workouts: by folder and event, the hash of what the service exports. Temporary files count as found. */
  workouts(): Compared {
    const expected: Record<string, string> = {}
    const found: Record<string, string> = {}
    for (const { folder, format } of this.#folders) {
      for (const event of this.#state.events) {
        const view = { ext: format, resolve: false, powerRange: 2.5 } as const
        const text = String(eventJson(event, this.#athlete, this.#state, view)['workout_file_base64'])
        expected[`${format} ${event.id}`] = sha256(Buffer.from(text, 'base64'))
      }
      for (const name of readdirSync(folder).filter(isNotForeign)) {
        const id = ours.exec(name)?.[1] ?? name
        found[`${format} ${id}`] = sha256(readFileSync(join(folder, name)))
      }
    }
    return { expected, found }
  }

  foreign(): Compared {
    return { expected: this.#foreign, found: this.#foreignFiles() }
  }

  #foreignFiles(): FolderPrint {
    return Object.fromEntries(
      this.#folders.flatMap(({ folder }) =>
        readdirSync(folder)
          .filter(name => !isNotForeign(name))
          .map(name => [join(folder, name), printOf(join(folder, name))]),
      ),
    )
  }

  #step() {
    return { kind: 'steady', seconds: 60 * this.#random.int(5, 60), at: 0.75 } as const
  }

  #some(): FakeEvent | null {
    return this.#state.events.length === 0 ? null : this.#random.pick(this.#state.events)
  }
}

function isNotForeign(name: string): boolean {
  return ours.test(name) || name.startsWith('.')
}
