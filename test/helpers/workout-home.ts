import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeDisk } from '../../electron/adapters/node-disk.ts'
import { openSqliteDb } from '../../electron/adapters/sqlite-db.ts'
import type { Clock } from '../../electron/sync/ports/clock.ts'
import type { Db } from '../../electron/sync/ports/db.ts'
import type { Disk } from '../../electron/sync/ports/disk.ts'
import type {
  IntervalsService,
  PlannedEvent,
  WorkoutFormat,
} from '../../electron/sync/ports/intervals-service.ts'
import {
  pullWorkouts,
  type PullInput,
  type PullReport,
  type TrainerTarget,
} from '../../electron/sync/workouts/pull-workouts.ts'
import { workoutTables } from '../../electron/sync/workouts/workout-schema.ts'

/** Noon in UTC of the day that the tests call today. */
export const noon = Date.UTC(2026, 10, 22, 12)
export const today = '2026-11-22'

type EventQuery = Parameters<IntervalsService['listEvents']>[0]

/** A calendar that a test writes; it remembers what it was asked, and fails with what a test puts in `failures`. */
export class FakeCalendar {
  events: readonly PlannedEvent[] = []
  readonly asked: EventQuery[] = []
  readonly failures = new Map<WorkoutFormat, Error>()

  listEvents(query: EventQuery): Promise<readonly PlannedEvent[]> {
    this.asked.push(query)
    const failure = this.failures.get(query.format)
    return failure === undefined ? Promise.resolve(this.events) : Promise.reject(failure)
  }
}

/** An event of today, a ride with a file that asks for `power` (a fraction of FTP) for a minute. */
export function ride(id: string, power: number, other: Partial<PlannedEvent> = {}): PlannedEvent {
  const name = other.name ?? 'Ride'
  return {
    id,
    category: 'WORKOUT',
    date: today,
    time: null,
    name,
    type: 'Ride',
    updatedAt: null,
    durationS: 60,
    load: null,
    profile: null,
    file: { name: `${name}.zwo`, content: new TextEncoder().encode(zwo(power, name)) },
    ...other,
  }
}

/** A Zwift workout of one step. */
export function zwo(power: number, name = 'Ride'): string {
  return (
    `<?xml version="1.0"?><workout_file><name>${name}</name><workout>` +
    `<SteadyState Power="${power}" Duration="60"/></workout></workout_file>`
  )
}

/** Real folders and a real ledger, with a calendar and a clock of the test's own. */
export class WorkoutHome {
  readonly root = mkdtempSync(join(tmpdir(), 'musette-workouts-'))
  readonly calendar = new FakeCalendar()
  readonly disk: Disk = nodeDisk()
  readonly db: Db = openSqliteDb(':memory:')
  nowMs = noon

  constructor() {
    // Of the ledger only what workouts need: many of these homes are made.
    this.db.script(`CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;${workoutTables}`)
  }

  folder(name = ''): string {
    return join(this.root, name)
  }

  trainer(other: Partial<TrainerTarget> = {}): TrainerTarget {
    return {
      id: 't1',
      folder: this.root,
      format: 'zwo',
      days: 7,
      sports: null,
      kind: 'library',
      isPaused: false,
      ...other,
    }
  }

  /** One pull; `ports` stand in for the real ones. */
  pull(
    input: Partial<PullInput> = {},
    ports: { readonly disk?: Disk; readonly db?: Db } = {},
  ): Promise<PullReport> {
    const clock: Clock = {
      now: () => this.nowMs,
      monotonic: () => this.nowMs,
      sleep: () => Promise.resolve(),
      timeZone: () => 'UTC',
    }
    return pullWorkouts(
      { disk: this.disk, db: this.db, clock, service: this.calendar, ...ports },
      { athleteId: 'i1', athleteTimeZone: null, trainers: [this.trainer()], ...input },
    )
  }

  /** Names and texts of a folder's files. */
  files(name = ''): Readonly<Record<string, string>> {
    const entries = readdirSync(this.folder(name), { withFileTypes: true }).filter(entry => entry.isFile())
    return Object.fromEntries(
      entries.map(entry => [entry.name, readFileSync(join(this.folder(name), entry.name), 'utf8')]),
    )
  }

  put(name: string, text: string): void {
    writeFileSync(this.folder(name), text)
  }

  close(): void {
    this.db.close()
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** Counts of a report, without its lists. */
export function counts(report: PullReport): readonly [written: number, removed: number, unchanged: number] {
  return [report.written, report.removed, report.unchanged]
}
