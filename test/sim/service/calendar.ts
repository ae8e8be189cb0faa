import { createHash } from 'node:crypto'
import { addDays, timestamp } from '../../fake-intervals/clock.ts'
import type { SimpleStep, WorkoutStep } from '../../fake-intervals/workout-writers/steps.ts'
import { writeWorkout, type WorkoutFormat } from '../../fake-intervals/workout-writers/write-workout.ts'
import type { SimRandom } from '../random.ts'

/** One event of the plan. `steps` null: a note. `version` counts its changes. */
export interface SimEvent {
  readonly id: number
  readonly date: string
  readonly name: string
  readonly type: string | null
  readonly steps: readonly WorkoutStep[] | null
  readonly updatedMs: number
  readonly version: number
}

interface WorkoutFile {
  readonly fileName: string
  readonly base64: string
  /** The same for two files that ask for the same. */
  readonly version: string
}

const names = ['Threshold 3x8', 'Endurance', 'Endurance', '../../etc/passwd: <Ü> "100%"?*', '🚴 Openers 🏁']
const dayMs = 86_400_000

/** The plan: each date's events are drawn from the date alone, and stay until the athlete changes one. */
export class SimCalendar {
  readonly #random: SimRandom
  readonly #changes: SimRandom
  readonly #changesPerDay: number
  readonly #startMs: number
  readonly #byDate = new Map<string, readonly SimEvent[]>()
  readonly #files = new Map<string, WorkoutFile>()
  /** Of each file that was ever given out, by its bytes. */
  readonly #versions = new Map<string, string>()
  #nextChangeAtMs: number

  constructor(random: SimRandom, startMs: number, changesPerDay: number) {
    this.#random = random
    this.#changes = random.fork('changes')
    this.#changesPerDay = changesPerDay
    this.#startMs = startMs
    this.#nextChangeAtMs = startMs + this.#drawGapMs()
  }

  /** The athlete leaves the plan alone from now on. */
  freeze(): void {
    this.#nextChangeAtMs = Number.POSITIVE_INFINITY
  }

  /** What an event asks for in this format, as one word; null where it has no workout. */
  versionOf(event: SimEvent, format: WorkoutFormat): string | null {
    return event.steps === null ? null : this.#fileOf(event, event.steps, format, event.updatedMs).version
  }

  /** The version that these bytes are a file of; themselves where they are none of the service's. */
  versionBehind(sha256: string): string {
    return this.#versions.get(sha256) ?? sha256
  }

  /** Local dates, both inclusive. */
  between(oldest: string, newest: string, nowMs: number): readonly SimEvent[] {
    this.#catchUp(nowMs)
    const found: SimEvent[] = []
    for (let date = oldest; date <= newest; date = addDays(date, 1)) found.push(...this.#on(date))
    return found
  }

  /** One event as the service shows it, its workout in this format. */
  json(event: SimEvent, format: WorkoutFormat, nowMs: number): object {
    const shown = {
      id: event.id,
      ...{ start_date_local: `${event.date}T00:00:00`, name: event.name, type: event.type },
      ...{ category: event.steps === null ? 'NOTE' : 'WORKOUT', updated: timestamp(event.updatedMs) },
    }
    if (event.steps === null) return shown
    const file = this.#fileOf(event, event.steps, format, nowMs)
    return { ...shown, workout_filename: file.fileName, workout_file_base64: file.base64 }
  }

  /** The athlete changes the plan of the days from `date` on: a workout is altered, renamed or taken out, or a new one comes. */
  change(date: string, nowMs: number): void {
    const random = this.#changes
    const day = addDays(date, random.int(0, 5))
    const events = this.#on(day)
    const at = random.int(0, events.length)
    const event = events[at]
    const version = (event?.version ?? 0) + 1
    const kind = random.pick(['alter', 'rename', 'remove'] as const)
    const changed =
      event === undefined
        ? this.#draw(day, 50 + version + events.length, random, nowMs)
        : {
            ...event,
            ...{ updatedMs: nowMs, version },
            ...(kind === 'rename' ? { name: `${event.name} ${version}` } : {}),
            ...(kind === 'alter' && event.steps !== null ? { steps: drawSteps(random) } : {}),
          }
    const rest = events.toSpliced(at, 1)
    const isRemoved = event !== undefined && kind === 'remove'
    this.#byDate.set(day, isRemoved ? rest : [...rest, changed])
  }

  #catchUp(nowMs: number): void {
    while (this.#nextChangeAtMs <= nowMs) {
      this.change(new Date(this.#nextChangeAtMs).toISOString().slice(0, 10), this.#nextChangeAtMs)
      this.#nextChangeAtMs += this.#drawGapMs()
    }
  }

  #drawGapMs(): number {
    if (this.#changesPerDay === 0) return Number.POSITIVE_INFINITY
    return this.#changes.int(1, Math.round((2 * dayMs) / this.#changesPerDay))
  }

  #on(date: string): readonly SimEvent[] {
    const known = this.#byDate.get(date)
    if (known !== undefined) return known
    const random = this.#random.fork(date)
    const events = Array.from({ length: random.int(0, 2) }, (_, at) =>
      this.#draw(date, at, random, this.#startMs),
    )
    this.#byDate.set(date, events)
    return events
  }

  #draw(date: string, at: number, random: SimRandom, updatedMs: number): SimEvent {
    const isNote = random.chance(0.15)
    return {
      id: Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs) * 1000 + at,
      ...{ date, updatedMs, version: 0, name: isNote ? 'Rest well' : random.pick(names) },
      type: isNote ? null : random.pick(['Ride', 'VirtualRide', 'VirtualRide', 'Run']),
      steps: isNote ? null : drawSteps(random),
    }
  }

  /** A FIT says when it was made, which is anew for each request. */
  #fileOf(event: SimEvent, steps: readonly WorkoutStep[], format: WorkoutFormat, nowMs: number): WorkoutFile {
    const madeMs = format === 'fit' ? nowMs : event.updatedMs
    const key = `${event.id} ${event.version} ${format} ${madeMs}`
    const made = this.#files.get(key)
    if (made !== undefined) return made
    const { name, type } = event
    const workout = { name, description: '', author: 'Sim', sport: type ?? 'Ride', ftp: 250, steps }
    const { fileName, content } = writeWorkout(workout, format, madeMs)
    const version = hashOf(writeWorkout(workout, format, 0).content)
    const file = { fileName, base64: content.toString('base64'), version }
    this.#files.set(key, file)
    this.#versions.set(hashOf(content), version)
    return file
  }
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function drawSteps(random: SimRandom): readonly WorkoutStep[] {
  const main: readonly SimpleStep[] = Array.from({ length: random.int(1, 3) }, () => ({
    kind: 'steady',
    seconds: random.int(1, 20) * 60,
    at: random.int(50, 120) / 100,
  }))
  return [{ kind: 'ramp', seconds: 600, from: 0.4, to: 0.7, part: 'warmup' }, ...main]
}
