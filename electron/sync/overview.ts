import { reasonText } from '../../shared/reasons.ts'
import type { FileEntry, FileStory } from '../../shared/reports.ts'
import { activityStates, statesByFinish, type ActivityState } from '../../shared/states.ts'
import { externalId } from './activities/look-up.ts'
import { numberOf, stateOf } from './ledger/columns.ts'
import type { ContentRow, FileRow } from './ledger/files.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { RecordingRow } from './ledger/recordings.ts'
import { shownPath } from './view/stand-in-names.ts'
import { FileTeller, isOpenedArchive, type Told } from './view/tell-file.ts'

/** Reads the ledger for people: every file with its state and reason. Decides nothing. */
export class Overview {
  readonly #ledger: Ledger
  readonly #teller: FileTeller
  readonly #recordings: Map<string, RecordingRow> | null
  readonly #twins: Map<string, string[]> | null
  readonly #archiveFolder: string

  /** `isWhole` reads all recordings at once, for long lists. Archived copies are named from `archiveFolder` on. */
  constructor(ledger: Ledger, nowMs: number, isWhole: boolean, archiveFolder = 'archive') {
    this.#ledger = ledger
    this.#archiveFolder = archiveFolder
    this.#teller = new FileTeller(ledger, nowMs)
    this.#recordings = isWhole ? new Map(ledger.recordings.all().map(row => [row.sha256, row])) : null
    this.#twins = isWhole ? ledger.files.pathsByRecording() : null
  }

  /** Every file known, by path. */
  files(): readonly FileEntry[] {
    const contents = this.#ledger.files.allContents()
    return this.#ledger.files.all().map(file => this.#entry(file, contents.get(file.id) ?? []))
  }

  story(file: FileRow): FileStory {
    const contents = this.#ledger.files.contents(file.id)
    const hashes = contents.flatMap(content => content.sha256 ?? [])
    const history = this.#ledger.history.of(file.id, hashes).map(line => ({
      at: new Date(line.atMs).toISOString(),
      state: line.state,
      reason: reasonText(line.reason),
    }))
    const earlier = this.#ledger.standIns
      .ofEarlierRides(file.id)
      .map(standIn => this.#entry(standIn, this.#ledger.files.contents(standIn.id)))
    return { ...this.#entry(file, contents), history, earlier }
  }

  #entry(file: FileRow, contents: readonly ContentRow[]): FileEntry {
    const told = this.#teller.contents(file, contents, sha256 => this.#recording(sha256))
    const base = { path: shownPath(file, this.#archiveFolder), source: file.sourceId, bytes: file.size }
    const shown = this.#describe(file, this.#teller.whole(file, told), base)
    if (!isOpenedArchive(file)) return shown
    return {
      ...shown,
      ...{ sha256: null, startTime: null, sport: null, externalId: null },
      activityIds: told.flatMap(item => item.recording?.activityIds ?? []),
      sameAs: [],
      entries: told.map(item =>
        this.#describe(file, item, {
          path: item.content?.entry ?? '',
          source: file.sourceId,
          bytes: item.content?.bytes ?? null,
        }),
      ),
    }
  }

  #recording(sha256: string): RecordingRow | null {
    return this.#recordings === null
      ? this.#ledger.recordings.byHash(sha256)
      : (this.#recordings.get(sha256) ?? null)
  }

  #describe(
    file: FileRow,
    told: Told,
    base: { readonly path: string; readonly source: string; readonly bytes: number | null },
  ): FileEntry {
    const { recording } = told
    const sha256 = recording?.sha256 ?? told.content?.sha256 ?? null
    const next = this.#teller.nextAttemptMs(recording)
    return {
      ...base,
      state: told.state,
      reason: reasonText(told.reason, this.#teller.reasonContext(file, next)),
      reasonCode: told.reason.code,
      sha256,
      startTime: recording?.startTime ?? null,
      sport: recording?.sport ?? null,
      externalId: recording === null ? null : externalId(recording.sha256),
      activityIds: recording?.activityIds ?? [],
      sameAs: sha256 === null ? [] : this.#paths(sha256).filter(path => path !== file.path),
      formerPaths: file.isStandIn && sha256 !== null ? this.#ledger.standIns.pastPaths(sha256) : [],
      entries: null,
      nextAttemptAt: next === null ? null : new Date(next).toISOString(),
    }
  }

  #paths(sha256: string): readonly string[] {
    if (this.#twins !== null) return this.#twins.get(sha256) ?? []
    return this.#ledger.files
      .holding(sha256)
      .filter(file => file.isExamined)
      .map(file => file.path)
  }
}

/**
 * How many files are in each state; a file is counted once, as the least finished of what is in it, or by its own state
 * while nothing was found. The order of states is that of `leastFinished`.
 */
export function countStates(ledger: Ledger): Readonly<Record<ActivityState, number>> {
  const counts = Object.fromEntries(activityStates.map(state => [state, 0])) as Record<ActivityState, number>
  const rows = ledger.db.all(
    `WITH shown AS (
       SELECT f.id, CASE WHEN f.examined = 0 THEN f.state ELSE coalesce(
         (SELECT coalesce(r.state, c.state) FROM contents c LEFT JOIN recordings r ON r.sha256 = c.sha256
          WHERE c.file_id = f.id ORDER BY instr(?, ' ' || coalesce(r.state, c.state) || ' ') LIMIT 1), f.state) END AS state
       FROM files f)
     SELECT state, count(*) AS n FROM shown GROUP BY state`,
    ` ${statesByFinish.join(' ')} `,
  )
  for (const row of rows) counts[stateOf(row)] += numberOf(row, 'n')
  return counts
}
