import { reason, reasonText, type Reason, type ReasonCode, type ReasonContext } from '../../shared/reasons.ts'
import type { FileEntry, FileStory } from '../../shared/reports.ts'
import { activityStates, leastFinished, type ActivityState } from '../../shared/states.ts'
import { unchangedSinceMs } from './activities/completeness.ts'
import { externalId } from './activities/look-up.ts'
import { readTroubles } from './known-troubles.ts'
import type { ContentRow, FileRow } from './ledger/files.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { RecordingRow } from './ledger/recordings.ts'

/** A thing with a state: what the ledger knows of one content of a file, its recording's word above its own. */
interface Told {
  readonly state: ActivityState
  readonly reason: Reason
  readonly content: ContentRow | null
  readonly recording: RecordingRow | null
}

/** Reads the ledger for people: every file with its state and reason. Decides nothing. */
export class Overview {
  readonly #ledger: Ledger
  readonly #nowMs: number
  readonly #recordings: Map<string, RecordingRow> | null
  readonly #twins: Map<string, string[]> | null
  readonly #pausedUntilMs: number
  readonly #heldUpBy: Reason | null

  /** `isWhole` reads all recordings at once, for long lists. */
  constructor(ledger: Ledger, nowMs: number, isWhole: boolean) {
    this.#ledger = ledger
    this.#nowMs = nowMs
    this.#recordings = isWhole ? new Map(ledger.recordings.all().map(row => [row.sha256, row])) : null
    this.#twins = isWhole ? ledger.files.pathsByRecording() : null
    this.#heldUpBy = heldUpBy(ledger)
    this.#pausedUntilMs = ledger.meta.readNumber('paused-until') ?? 0
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
    const told = this.#tell(file, contents)
    const base = { path: file.path, source: file.sourceId, bytes: file.size }
    if (!file.isArchive || !file.isExamined) return this.#describe(file, told[0] ?? ownWord(file), base)
    const worst = leastFinished(told) ?? ownWord(file)
    const isNothing = told.every(item => item.state === 'notActivity')
    const shown = this.#describe(file, isNothing ? ownWord(file) : worst, base)
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

  #tell(file: FileRow, contents: readonly ContentRow[]): readonly Told[] {
    // Bytes nobody has looked at yet: what was there before says nothing about them.
    if (!file.isExamined) return [ownWord(file)]
    return contents.map(content => {
      const recording = content.sha256 === null ? null : this.#recording(content.sha256)
      const own = recording ?? content
      // What is wrong with the account or the line is why a queued ride does not go.
      const why = own.state === 'queued' ? (this.#heldUpBy ?? own.reason) : own.reason
      return { state: own.state, reason: why, content, recording }
    })
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
    const next = recording === null ? null : this.#nextAttempt(recording)
    return {
      ...base,
      state: told.state,
      reason: reasonText(told.reason, this.#context(file, next)),
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

  /** A wait that the service asked for holds whatever is unsent, also what is due by itself. */
  #nextAttempt({ state, nextAttemptAtMs }: RecordingRow): number | null {
    const isPaused = this.#pausedUntilMs > this.#nowMs && (state === 'queued' || state === 'retrying')
    return isPaused ? Math.max(nextAttemptAtMs ?? 0, this.#pausedUntilMs) : nextAttemptAtMs
  }

  #paths(sha256: string): readonly string[] {
    return this.#twins?.get(sha256) ?? this.#ledger.files.holding(sha256).map(file => file.path)
  }

  #context(file: FileRow, nextMs: number | null): ReasonContext {
    const since = unchangedSinceMs({ ...file, nowMs: this.#nowMs, wasSeenChanging: false })
    return {
      stillForMs: Math.max(0, this.#nowMs - since),
      nextInMs: nextMs === null ? null : Math.max(0, nextMs - this.#nowMs),
    }
  }
}

const holdUps: Readonly<Record<string, ReasonCode>> = {
  'signed-out': 'signed-out',
  'keychain-locked': 'signed-out',
  'keychain-missing': 'signed-out',
  forbidden: 'no-permission',
  offline: 'offline',
  'service-down': 'service-down',
  'rate-limited': 'rate-limited',
  'disk-full': 'disk-low',
}

/** What keeps all uploads back, as of the last look; null when nothing does. */
function heldUpBy(ledger: Ledger): Reason | null {
  const code = readTroubles(ledger).flatMap(trouble => holdUps[trouble.code] ?? [])[0]
  return code === undefined ? null : reason(code)
}

function ownWord(file: FileRow): Told {
  return { state: file.state, reason: file.reason, content: null, recording: null }
}

/** How many files are in each state; a file is counted once. */
export function countStates(ledger: Ledger): Readonly<Record<ActivityState, number>> {
  const counts = Object.fromEntries(activityStates.map(state => [state, 0])) as Record<ActivityState, number>
  for (const { state, count } of ledger.files.countByState()) counts[state] += count
  return counts
}
