import { reasonText } from '../../shared/reasons.ts'
import type { FileEntry, FileStory } from '../../shared/reports.ts'
import { activityStates, type ActivityState } from '../../shared/states.ts'
import { externalId } from './activities/look-up.ts'
import type { ContentRow, FileRow } from './ledger/files.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { RecordingRow } from './ledger/recordings.ts'
import { FileTeller, isOpenedArchive, type Told } from './view/tell-file.ts'

/** Reads the ledger for people: every file with its state and reason. Decides nothing. */
export class Overview {
  readonly #ledger: Ledger
  readonly #teller: FileTeller
  readonly #recordings: Map<string, RecordingRow> | null
  readonly #twins: Map<string, string[]> | null

  /** `isWhole` reads all recordings at once, for long lists. */
  constructor(ledger: Ledger, nowMs: number, isWhole: boolean) {
    this.#ledger = ledger
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
    return { ...this.#entry(file, contents), history }
  }

  #entry(file: FileRow, contents: readonly ContentRow[]): FileEntry {
    const told = this.#teller.contents(file, contents, sha256 => this.#recording(sha256))
    const base = { path: file.path, source: file.sourceId, bytes: file.size }
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
      entries: null,
      nextAttemptAt: next === null ? null : new Date(next).toISOString(),
    }
  }

  #paths(sha256: string): readonly string[] {
    return this.#twins?.get(sha256) ?? this.#ledger.files.holding(sha256).map(file => file.path)
  }
}

/** How many files are in each state; a file is counted once. */
export function countStates(ledger: Ledger): Readonly<Record<ActivityState, number>> {
  const counts = Object.fromEntries(activityStates.map(state => [state, 0])) as Record<ActivityState, number>
  for (const { state, count } of ledger.files.countByState()) counts[state] += count
  return counts
}
