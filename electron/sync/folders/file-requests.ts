import { isAbsolute, resolve } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import { reason, type ReasonCode } from '../../../shared/reasons.ts'
import { changeRecording } from '../activities/change-recording.ts'
import { archiveSourceId } from '../activities/upload-queue.ts'
import { takeInFile } from '../activities/intake.ts'
import { setFileState } from '../activities/set-file-state.ts'
import type { EngineParts } from '../engine-parts.ts'
import { archivedHash, shownName } from '../view/stand-in-names.ts'
import type { FileRow } from '../ledger/files.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RecordingRow } from '../ledger/recordings.ts'

const unknown = (name: string): AppError =>
  new AppError('unknown-item', `Musette knows no file "${name}". See: musette files`, 'give-up', {
    file: name,
  })

/**
 * The file a person means: a path, that of an archived copy too, or 8 or more digits of a recording's hash. Throws
 * `unknown-item`.
 */
export function findFile(ledger: Ledger, name: string, workingFolder: string): FileRow {
  const path = isAbsolute(name) ? name : resolve(workingFolder, name)
  const file = ledger.files.byPath(path) ?? ledger.files.byPath(name)
  if (file !== null) return file
  const digits = archivedHash(name) ?? (/^[0-9a-f]{8,64}$/i.test(name) ? name.toLowerCase() : null)
  if (digits !== null) {
    const matches = ledger.recordings.byHashStart(digits)
    const only = matches.length === 1 ? matches[0] : undefined
    const holder = only === undefined ? null : holderOf(ledger, only.sha256)
    if (holder !== null) return holder
  }
  throw unknown(name)
}

/** The file that stands for a recording now; the one that last did, while it is looked at again. */
function holderOf(ledger: Ledger, sha256: string): FileRow | null {
  return ledger.standIns.of(sha256) ?? ledger.files.holding(sha256)[0] ?? null
}

function recordingsIn(ledger: Ledger, file: FileRow): readonly RecordingRow[] {
  if (!file.isExamined) return []
  return ledger.files
    .contents(file.id)
    .flatMap(content => (content.sha256 === null ? [] : (ledger.recordings.byHash(content.sha256) ?? [])))
}

const finished = ['uploaded', 'alreadyThere']

/** What was asked was done, or there was nothing to do because it had been sent. */
export type AskedOutcome = 'done' | 'sentAlready'

function isSent(recordings: readonly RecordingRow[]): boolean {
  return recordings.length > 0 && recordings.every(recording => finished.includes(recording.state))
}

/** What would be sent beside something that is there: only "upload anyway" says that. */
const needsAnyway: ReadonlySet<ReasonCode> = new Set(['longer-version', 'same-ride'])

/**
 * "Try again": what is not sent yet is due at once, and a file that holds no recording is looked at anew.
 * What was sent is not touched; use upload --anyway. Throws `bad-usage` for what is gone and was never kept.
 */
export function retryFile(parts: EngineParts, file: FileRow): AskedOutcome {
  const { ledger } = parts
  const recordings = recordingsIn(ledger, file)
  let isGone = recordings.length === 0 && !file.isPresent
  let isDone = false
  for (const recording of recordings) {
    if (finished.includes(recording.state) || recording.state === 'uploading') continue
    if (recording.state === 'held' && needsAnyway.has(recording.reason.code)) continue
    if (!recording.isArchived) {
      const holder = [file, ...ledger.files.holding(recording.sha256)].find(each => each.isPresent)
      if (holder === undefined) {
        isGone = true
        continue
      }
      lookAgain(parts, holder)
    }
    want(parts, file, recording)
    isDone = true
  }
  if (isGone && !isDone) throw goneError(file, recordings)
  if (recordings.length > 0) return isSent(recordings) ? 'sentAlready' : 'done'
  lookAgain(parts, file)
  return 'done'
}

/** The user's word: it is to be sent. A ride whose folder was removed goes with the folder its file is in now, or alone. */
function want(parts: EngineParts, file: FileRow, recording: RecordingRow): void {
  const { ledger, clock } = parts
  const { sources } = parts.settings.current()
  ledger.db.transaction('full', () => {
    if (!sources.some(source => source.id === recording.sourceId)) {
      const owner = sources.find(source => source.id === file.sourceId)?.id ?? archiveSourceId
      ledger.recordings.setOrigin(recording.sha256, 'new', owner)
    }
    changeRecording(ledger, recording.sha256, { kind: 'wanted', why: reason('asked-again') }, clock.now())
  })
}

function goneError(file: FileRow, recordings: readonly RecordingRow[] = []): AppError {
  return new AppError(
    'bad-usage',
    `${file.isStandIn ? shownName(file, recordings[0] ?? null) : file.path} is not there any more, and nothing of it was kept.`,
    'give-up',
    {
      file: file.path,
    },
  )
}

function lookAgain(parts: EngineParts, file: FileRow): void {
  const why = reason('not-looked-at')
  setFileState(parts.ledger, file, 'waiting', why, parts.clock.now(), { checkAtMs: 0, isExamined: false })
}

/** "Leave it": unsent recordings of the file, or the file itself, are ignored. */
export function ignoreFile(parts: EngineParts, file: FileRow): AskedOutcome {
  const { ledger, clock } = parts
  const recordings = recordingsIn(ledger, file)
  if (isSent(recordings)) return 'sentAlready'
  // Their word, so on the disk before it is answered, whatever it is about.
  ledger.db.transaction('full', () => {
    for (const recording of recordings) {
      if (finished.includes(recording.state)) continue
      changeRecording(ledger, recording.sha256, { kind: 'userIgnored' }, clock.now())
    }
    if (recordings.length > 0) return
    setFileState(ledger, file, 'ignored', reason('ignored-by-you'), clock.now(), {
      checkAtMs: null,
      isExamined: true,
    })
    ledger.files.setContents(file.id, [])
  })
  return 'done'
}

/**
 * "Upload anyway": sends what can be read of a damaged file, a longer version, an old ride, or one that was sent
 * before, once more. Throws `unreadable` when nothing in it can be read as a ride, `bad-usage` when it is gone.
 */
export async function uploadAnyway(parts: EngineParts, file: FileRow): Promise<void> {
  const { ledger, clock, settings } = parts
  for (const recording of recordingsIn(ledger, file)) if (recording.isArchived) want(parts, file, recording)
  const isDone = recordingsIn(ledger, file).every(recording => recording.isArchived)
  if (isDone && recordingsIn(ledger, file).length > 0) return
  if (file.isStandIn) throw goneError(file, recordingsIn(ledger, file))
  const source = settings.current().sources.find(candidate => candidate.id === file.sourceId)
  if (source === undefined) {
    throw new AppError('unknown-item', `The folder of ${file.path} is no source any more.`, 'give-up', {
      file: file.path,
    })
  }
  // As a backfill of everything: that is what "anyway" means for a ride left alone as too old.
  const anyway = { ...source, backfill: { kind: 'all' } as const }
  await takeInFile(parts.intake, anyway, { ...file, origin: 'backfill' }, true)
  const after = ledger.files.byId(file.id)
  const taken = after === null ? [] : recordingsIn(ledger, after)
  if (taken.some(recording => !recording.isArchived)) throw goneError(file)
  if (taken.length === 0) {
    if ((await parts.disk.stat(file.path)) === null) throw goneError(file)
    throw new AppError('unreadable', `nothing in ${file.path} can be read as a ride`, 'give-up', {
      file: file.path,
    })
  }
  for (const recording of taken) {
    ledger.recordings.setOrigin(recording.sha256, 'new', source.id)
    if (recording.state === 'held') {
      changeRecording(ledger, recording.sha256, { kind: 'wanted', why: reason('asked-again') }, clock.now())
    }
  }
}
