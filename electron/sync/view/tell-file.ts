import { reason, type Reason, type ReasonCode, type ReasonContext } from '../../../shared/reasons.ts'
import { leastFinished, type ActivityState } from '../../../shared/states.ts'
import { unchangedSinceMs } from '../activities/completeness.ts'
import { readTroubles } from '../known-troubles.ts'
import type { ContentRow, FileRow } from '../ledger/files.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RecordingRow } from '../ledger/recordings.ts'

/** A thing with a state: what the ledger knows of one content of a file, its recording's word above its own. */
export interface Told {
  readonly state: ActivityState
  readonly reason: Reason
  readonly content: ContentRow | null
  readonly recording: RecordingRow | null
}

/** Says what a file's state and reason are, as of one moment; the command line and the window both ask here. */
export class FileTeller {
  readonly #nowMs: number
  readonly #pausedUntilMs: number
  readonly #heldUpBy: Reason | null

  constructor(ledger: Ledger, nowMs: number) {
    this.#nowMs = nowMs
    this.#pausedUntilMs = ledger.meta.readNumber('paused-until') ?? 0
    this.#heldUpBy = heldUpBy(ledger)
  }

  /** One a content; for a file without any, or one nobody has looked into since it changed, its own word. */
  contents(
    file: FileRow,
    contents: readonly ContentRow[],
    recordingOf: (sha256: string) => RecordingRow | null,
  ): readonly Told[] {
    // Bytes nobody has looked at yet: what was there before says nothing about them.
    if (!file.isExamined) return [ownWord(file)]
    return contents.map(content => {
      const recording = content.sha256 === null ? null : recordingOf(content.sha256)
      const own = recording ?? content
      // What is wrong with the account or the line is why a queued ride does not go.
      const why = own.state === 'queued' ? (this.#heldUpBy ?? own.reason) : own.reason
      return { state: own.state, reason: why, content, recording }
    })
  }

  /** The whole file in one word: a zip's is that of its least finished ride. `file_shown` in the ledger agrees. */
  whole(file: FileRow, told: readonly Told[]): Told {
    if (!isOpenedArchive(file)) return told[0] ?? ownWord(file)
    const isNothing = told.every(item => item.state === 'notActivity')
    return isNothing ? ownWord(file) : (leastFinished(told) ?? ownWord(file))
  }

  /** A wait that the service asked for holds whatever is unsent, also what is due by itself. */
  nextAttemptMs(recording: RecordingRow | null): number | null {
    if (recording === null) return null
    const { state, nextAttemptAtMs } = recording
    const isPaused = this.#pausedUntilMs > this.#nowMs && (state === 'queued' || state === 'retrying')
    return isPaused ? Math.max(nextAttemptAtMs ?? 0, this.#pausedUntilMs) : nextAttemptAtMs
  }

  /** What a reason's sentence needs to know of the file. */
  reasonContext(file: FileRow, nextMs: number | null): Pick<ReasonContext, 'stillForMs' | 'nextInMs'> {
    const since = unchangedSinceMs({ ...file, nowMs: this.#nowMs, wasSeenChanging: false })
    return {
      stillForMs: Math.max(0, this.#nowMs - since),
      nextInMs: nextMs === null ? null : Math.max(0, nextMs - this.#nowMs),
    }
  }
}

/** True for a zip whose entries are known. */
export function isOpenedArchive(file: FileRow): boolean {
  return file.isArchive && file.isExamined
}

function ownWord(file: FileRow): Told {
  return { state: file.state, reason: file.reason, content: null, recording: null }
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
