import { AppError } from '../../../shared/app-error.ts'
import { reasonText } from '../../../shared/reasons.ts'
import type { FilePage, FileQuery, FileStoryView } from '../../../shared/window-data.ts'
import { externalId } from '../activities/look-up.ts'
import type { EngineParts } from '../engine-parts.ts'
import { actionsFor } from './file-actions.ts'
import { findFiles, sportsInList } from './file-list.ts'
import { FileRows, type ToldFile } from './file-rows.ts'
import { shownPath } from './stand-in-names.ts'
import { isOpenedArchive } from './tell-file.ts'

export type FilesToRead = Pick<EngineParts, 'ledger' | 'settings' | 'clock' | 'folders'>

/** Reads files for the window as of now. */
export function fileRows({ ledger, settings, clock }: FilesToRead): FileRows {
  return new FileRows(ledger, settings.current().sources, clock.now())
}

/** One page of the list of files, newest first. */
export function listFiles(parts: FilesToRead, query: FileQuery): FilePage {
  const { db } = parts.ledger
  const { total, ids } = findFiles(db, query, parts.clock.timeZone(), query)
  return { total, rows: fileRows(parts).rows(ids), sports: sportsInList(db) }
}

/** One file's whole story. Throws `unknown-item`. */
export function fileStory(parts: FilesToRead, fileId: number): FileStoryView {
  const { ledger } = parts
  const rows = fileRows(parts)
  const told = rows.tell(fileId)
  if (told === null) throw unknownFile()
  const { file, whole, contents, facts } = told
  const isZip = isOpenedArchive(file)
  const sha256 = isZip ? null : (whole.recording?.sha256 ?? whole.content?.sha256 ?? null)
  const twins =
    sha256 === null
      ? []
      : ledger.files
          .holding(sha256)
          .filter(twin => twin.isExamined)
          .map(twin => twin.path)
  const hashes = contents.flatMap(item => item.content?.sha256 ?? [])
  return {
    ...rows.row(told),
    path: shownPath(file, parts.folders.archive),
    isPresent: file.isPresent,
    isArchived: facts.isKept,
    sha256,
    externalId: isZip || whole.recording === null ? null : externalId(whole.recording.sha256),
    sameAs: twins.filter(path => path !== file.path),
    formerPaths: file.isStandIn && sha256 !== null ? ledger.standIns.pastPaths(sha256) : [],
    earlier: rows.rows(ledger.standIns.ofEarlierRides(file.id).map(standIn => standIn.id)),
    entries: isZip
      ? contents.map(item => ({
          name: item.content?.entry ?? '',
          state: item.state,
          reason: rows.reasonOf(file, item),
        }))
      : [],
    history: ledger.history.of(file.id, hashes).map(line => ({
      at: new Date(line.atMs).toISOString(),
      state: line.state,
      reason: named(
        isZip ? entryOf(contents, line.sha256) : null,
        reasonText(line.reason, { stillForMs: null, nextInMs: null, voice: 'window' }),
      ),
    })),
    actions: actionsFor(whole.state, whole.reason.code, facts),
  }
}

/** The name of the recording in the zip; null for what is told of the zip itself. */
function entryOf(contents: ToldFile['contents'], sha256: string | null): string | null {
  if (sha256 === null) return null
  return contents.find(item => item.content?.sha256 === sha256)?.content?.entry ?? null
}

/** Several rides of a zip take the same steps: each says which one it is. */
function named(entry: string | null, sentence: string): string {
  return entry === null ? sentence : `${entry}: ${sentence}`
}

/** For an id that the ledger does not have. */
export function unknownFile(): AppError {
  return new AppError('unknown-item', 'Musette does not know this file any more.', 'give-up')
}
