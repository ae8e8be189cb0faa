import type { AppError } from '../../../shared/app-error.ts'
import { errorText } from '../../../shared/error-text.ts'
import type { Trouble } from '../../../shared/reports.ts'
import type { WorkoutProfile } from '../../../shared/workout-profile.ts'
import { flagOf, numberOrNull, textOf, textOrNull } from '../ledger/columns.ts'
import { MetaTable } from '../ledger/meta.ts'
import type { Db, Row } from '../ports/db.ts'
import type { PlannedEvent } from '../ports/intervals-service.ts'
import type { CalendarReading } from './pull-workouts.ts'
import { parseProfile } from './stored-profile.ts'

/** How many days of the calendar the window shows, today among them. */
export const shownDays = 14

/** More events than anybody plans for two weeks are not kept. */
const mostEvents = 500
const longestName = 300

/** An event of the calendar as last read; `hasFile` when the service has a workout file for it. */
export interface StoredEvent extends Omit<PlannedEvent, 'file'> {
  readonly hasFile: boolean
}

/** The calendar as last read. */
export interface StoredCalendar {
  /** By date, time and name; those of a whole day first. */
  readonly events: readonly StoredEvent[]
  /** Null for never. */
  readonly readAtMs: number | null
  /** Why it could not be read the last time; null when it could. */
  readonly trouble: Trouble | null
}

/** Keeps what was read; where it could not be read, what was kept before stays, and why is noted. */
export function noteReading(db: Db, reading: CalendarReading, nowMs: number): void {
  switch (reading.kind) {
    case 'notRead':
      return
    case 'read':
      keepCalendar(db, reading, nowMs)
      return
    case 'failed':
      noteFailed(db, reading.error)
      return
  }
}

/** In place of what was kept before. It can be read again, so it need not reach the disk at once. */
function keepCalendar(db: Db, read: Extract<CalendarReading, { kind: 'read' }>, nowMs: number): void {
  const meta = new MetaTable(db)
  const kept = read.events
    .filter(event => event.date >= read.first && event.date <= read.last)
    .slice(0, mostEvents)
  db.transaction('normal', () => {
    db.run('DELETE FROM calendar_events')
    for (const event of kept) {
      db.run(
        `INSERT OR IGNORE INTO calendar_events
           (event_id, date, time, name, sport, category, has_file, duration_s, load, profile, updated)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[event.id, event.date, event.time, event.name.slice(0, longestName), event.type, event.category],
        ...[event.file === null || event.file.content.length === 0 ? 0 : 1, event.durationS, event.load],
        ...[event.profile === null ? null : JSON.stringify(event.profile), event.updatedAt],
      )
    }
    meta.write('calendar-read-at', String(nowMs))
    meta.write('calendar-trouble', null)
  })
}

function noteFailed(db: Db, error: AppError): void {
  const trouble: Trouble = { code: error.code, message: errorText(error), file: error.file }
  new MetaTable(db).write('calendar-trouble', JSON.stringify(trouble))
}

/** The calendar as last read. */
export function readCalendar(db: Db): StoredCalendar {
  const meta = new MetaTable(db)
  const events = db.all('SELECT * FROM calendar_events ORDER BY date, coalesce(time, ?), name, event_id', '')
  return {
    events: events.map(storedEvent),
    readAtMs: meta.readNumber('calendar-read-at'),
    trouble: parseTrouble(meta.read('calendar-trouble')),
  }
}

function storedEvent(row: Row): StoredEvent {
  return {
    id: textOf(row, 'event_id'),
    date: textOf(row, 'date'),
    time: textOrNull(row, 'time'),
    name: textOf(row, 'name'),
    type: textOrNull(row, 'sport'),
    category: textOf(row, 'category'),
    hasFile: flagOf(row, 'has_file'),
    durationS: numberOrNull(row, 'duration_s'),
    load: numberOrNull(row, 'load'),
    profile: profileOf(row),
    updatedAt: textOrNull(row, 'updated'),
  }
}

function profileOf(row: Row): WorkoutProfile | null {
  const text = textOrNull(row, 'profile')
  return text === null ? null : parseProfile(text)
}

function parseTrouble(text: string | null): Trouble | null {
  if (text === null) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || !('code' in value) || !('message' in value)) return null
  return { code: String(value.code), message: String(value.message), file: null }
}
