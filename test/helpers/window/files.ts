import type { FileAction } from '../../../shared/app-snapshot.ts'
import { activityStates, type ActivityState } from '../../../shared/states.ts'
import type {
  ActionOutcome,
  FileFilter,
  FilePage,
  FileQuery,
  FileRowView,
  FileSelection,
  FileStoryView,
} from '../../../shared/window-data.ts'

const reasons: Readonly<Record<ActivityState, string>> = {
  waiting: 'Not finished: no change for 40 s.',
  notActivity: 'Not a ride: a settings file.',
  tooOld: 'It was here before this folder was added, and lies outside the backfill you chose.',
  held: 'Damaged: its end is missing. The first 1 h 12 can be read, and a copy is kept in the archive.',
  queued: 'Kept in the archive; will be sent next.',
  uploading: 'On its way to Intervals.icu.',
  uploaded: 'Sent to Intervals.icu.',
  alreadyThere: 'Already there, from Garmin Connect.',
  rejected: 'Intervals.icu refused it: no timed records in it. Kept safe in the archive.',
  retrying: 'No connection. Kept safe in the archive. Next try in 4 min.',
  ignored: 'Ignored, as you asked.',
}

export const someSources = [
  { sourceId: 's1', sourceName: 'Zwift' },
  { sourceId: 's2', sourceName: 'Edge 530' },
  { sourceId: 's3', sourceName: 'Downloads' },
] as const

const names = [
  'Lunch spin',
  'Tempus Fugit',
  'Easy run',
  'Watopia, 2026-11-21 07:02',
  'Big Gear Grinds',
  'Long endurance ride over the hills and back along the river, second attempt',
  'Intervals on the track',
] as const
const sports = ['cycling', 'VirtualRide', 'running', 'swimming', null] as const

function pick<T>(list: readonly T[], index: number): T {
  const picked = list[index % list.length]
  if (picked === undefined) throw new Error('an empty list has nothing to pick')
  return picked
}

/** One row of a made list; the same number is always the same row. */
export function fileRowOf(number: number, some: Partial<FileRowView> = {}): FileRowView {
  const state = number % 9 < 5 ? 'uploaded' : (activityStates[number % activityStates.length] ?? 'uploaded')
  const isRide = state !== 'notActivity' && state !== 'waiting'
  const at = new Date(Date.UTC(2026, 10, 21, 16, 30) - number * 31_400_000).toISOString()
  return {
    fileId: number,
    name: isRide ? pick(names, number * 5) : `2026-11-21-07-02-${number}.fit`,
    ...pick(someSources, number),
    state,
    reasonCode: 'sent',
    reason: reasons[state],
    startTime: isRide ? at : null,
    sport: isRide ? pick(sports, number) : null,
    durationS: isRide ? 1500 + ((number * 977) % 9000) : null,
    distanceM: isRide && number % 5 !== 4 ? 8000 + ((number * 1733) % 90_000) : null,
    activityIds: state === 'uploaded' || state === 'alreadyThere' ? [`i${9000 + number}`] : [],
    bytes: 120_000 + number * 37,
    at,
    isStandIn: false,
    inside: null,
    nextAttemptAt: null,
    ...some,
  }
}

export function fileStoryOf(row: FileRowView, some: Partial<FileStoryView> = {}): FileStoryView {
  return {
    ...row,
    path: `/home/rider/Zwift/Activities/${row.name}.fit`,
    isPresent: true,
    isArchived: true,
    sha256: 'd4f0c6b1a9e85f7722c3b1a0d4f0c6b1a9e85f7722c3b1a0d4f0c6b1a9e85f77',
    externalId: 'musette-d4f0c6b1a9e85f7722c3b1a0d4f0c6b1',
    sameAs: [],
    formerPaths: [],
    earlier: [],
    entries: [],
    history: [
      { at: '2026-11-21T15:02:00.000Z', state: 'waiting', reason: 'Not looked at yet; the next sync will.' },
      { at: '2026-11-21T15:02:10.000Z', state: 'queued', reason: reasons.queued },
      { at: '2026-11-21T15:02:11.000Z', state: 'uploading', reason: reasons.uploading },
      { at: '2026-11-21T15:02:14.000Z', state: row.state, reason: row.reason },
    ],
    actions: ['retry', 'ignore', 'uploadAnyway'],
    ...some,
  }
}

/** A host's list of files that filters and pages as the real one, and can grow. */
export class FakeFiles {
  #rows: readonly FileRowView[]

  constructor(rows: readonly FileRowView[] | number) {
    this.#rows = typeof rows === 'number' ? Array.from({ length: rows }, (_, at) => fileRowOf(at + 1)) : rows
  }

  get rows(): readonly FileRowView[] {
    return this.#rows
  }

  /** A new ride: it comes first. */
  add(row: FileRowView): void {
    this.#rows = [row, ...this.#rows]
  }

  change(fileId: number, some: Partial<FileRowView>): void {
    this.#rows = this.#rows.map(row => (row.fileId === fileId ? { ...row, ...some } : row))
  }

  list(query: FileQuery): FilePage {
    const found = this.#matching(query)
    return {
      total: found.length,
      rows: found.slice(query.offset, query.offset + query.limit),
      sports: sports.filter(sport => sport !== null),
    }
  }

  story(fileId: number): FileStoryView {
    return fileStoryOf(this.#rows.find(row => row.fileId === fileId) ?? fileRowOf(fileId))
  }

  /** Done to what is not sent; what is sent is left, and what was refused fails. */
  act(action: FileAction, selection: FileSelection): ActionOutcome {
    const meant =
      selection.kind === 'matching'
        ? this.#matching(selection.filter)
        : this.#rows.filter(row => selection.ids.includes(row.fileId))
    const isSent = (row: FileRowView): boolean =>
      action !== 'uploadAnyway' && ['uploaded', 'alreadyThere'].includes(row.state)
    const failed = meant.filter(row => row.state === 'rejected')
    const skipped = meant.filter(isSent)
    return {
      done: meant.length - failed.length - skipped.length,
      skipped: skipped.length,
      failedCount: failed.length,
      failed: failed.slice(0, 3).map(row => ({ name: row.name, message: 'It is not there any more.' })),
    }
  }

  #matching(filter: FileFilter): readonly FileRowView[] {
    const text = filter.text.toLowerCase()
    return this.#rows.filter(
      row =>
        row.name.toLowerCase().includes(text) &&
        (filter.states.length === 0 || filter.states.includes(row.state)) &&
        (filter.sourceId === null || row.sourceId === filter.sourceId) &&
        (filter.sport === null || row.sport === filter.sport) &&
        (filter.from === null || row.at.slice(0, 10) >= filter.from) &&
        (filter.to === null || row.at.slice(0, 10) <= filter.to),
    )
  }
}
