import type { WorkoutView } from '../../../shared/app-snapshot.ts'
import type { Settings } from '../../../shared/settings.ts'
import { MetaTable } from '../ledger/meta.ts'
import { dateThere } from '../local-date.ts'
import type { Db } from '../ports/db.ts'
import { readWorkouts } from '../workouts/calendar-view.ts'

const shownWorkouts = 5
/** Enough for a small picture, and little enough for a snapshot. */
const drawnSteps = 60

/** The next workouts; the whole calendar is read again only when it, or what was written of it, is another. */
export class NextWorkouts {
  readonly #db: Db
  #known: { readonly key: string; readonly trainers: Settings['trainers'] } | null = null
  #workouts: readonly WorkoutView[] = []

  constructor(db: Db) {
    this.#db = db
  }

  /** Soonest first. */
  read(settings: Settings, nowMs: number, timeZone: string): readonly WorkoutView[] {
    const { trainers } = settings
    const key = `${dateThere(nowMs, timeZone, 'UTC')} ${this.#signature()}`
    if (this.#known?.key !== key || this.#known.trainers !== trainers) {
      const view = readWorkouts({ db: this.#db, settings, nowMs, timeZone, mostSteps: drawnSteps })
      this.#workouts = view.workouts.slice(0, shownWorkouts)
      this.#known = { key, trainers }
    }
    return this.#workouts
  }

  /** Another text whenever another answer is possible. */
  #signature(): string {
    const rows = [
      ...this.#db.all('SELECT id, state, version, file_name, event_date, wanted_name FROM workout_files'),
      ...this.#db.all('SELECT trainer_id, event_id, event_date, reason_code FROM workout_skips'),
    ]
    const readAt = new MetaTable(this.#db).read('calendar-read-at') ?? ''
    return `${readAt} ${JSON.stringify(rows.map(row => Object.values(row)))}`
  }
}
