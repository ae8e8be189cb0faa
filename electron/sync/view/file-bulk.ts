import { AppError } from '../../../shared/app-error.ts'
import type { FileAction } from '../../../shared/app-snapshot.ts'
import { errorText } from '../../../shared/error-text.ts'
import type { ActionOutcome, FileSelection } from '../../../shared/window-data.ts'
import type { EngineParts } from '../engine-parts.ts'
import { ignoreFile, retryFile, uploadAnyway, type AskedOutcome } from '../folders/file-requests.ts'
import type { FileRow } from '../ledger/files.ts'
import { isLedgerTrouble } from '../ledger/ledger-trouble.ts'
import { actionsFor } from './file-actions.ts'
import { lastFileId, matchingIds } from './file-list.ts'
import { fileRows, unknownFile } from './file-pages.ts'
import { shownName } from './stand-in-names.ts'

/** So many files are changed in one commit; then others get their turn. */
const filesAtOnce = 20
/** So many ids are looked through at once. */
const idsAtOnce = 5000
/** So many failures are told by name. */
const namedFailures = 20

/**
 * Does one thing to many files. A file for which it makes no sense (any more) is skipped, and one that fails never stops
 * the others. Throws the signal's reason when it aborts; what was done by then stays done.
 */
export async function actOnFiles(
  parts: EngineParts,
  action: FileAction,
  selection: FileSelection,
  signal: AbortSignal,
): Promise<ActionOutcome> {
  const ids =
    selection.kind === 'ids' ? [...new Set(selection.ids)] : await collect(parts, selection.filter, signal)
  const tally = new Tally(parts)
  for (let at = 0; at < ids.length; at += filesAtOnce) {
    await breathe(parts, signal)
    const some = ids.slice(at, at + filesAtOnce)
    if (action === 'uploadAnyway') await eachAnyway(parts, some, tally, signal)
    else changeTogether(parts, action, some, tally)
  }
  return tally.outcome()
}

async function collect(
  parts: EngineParts,
  filter: Extract<FileSelection, { kind: 'matching' }>['filter'],
  signal: AbortSignal,
): Promise<readonly number[]> {
  const { db } = parts.ledger
  const timeZone = parts.clock.timeZone()
  const last = lastFileId(db)
  // Archived copies are few, and far apart.
  const ids = [...matchingIds(db, filter, timeZone, { above: Number.MIN_SAFE_INTEGER, upTo: 0 })]
  for (let above = 0; above < last; above += idsAtOnce) {
    ids.push(...matchingIds(db, filter, timeZone, { above, upTo: Math.min(above + idsAtOnce, last) }))
    await breathe(parts, signal)
  }
  return ids
}

/** Lets scans, uploads and other requests have their turn. */
async function breathe(parts: EngineParts, signal: AbortSignal): Promise<void> {
  await parts.clock.sleep(0, signal)
  signal.throwIfAborted()
}

/** One commit for all of them: a flush of the disk for each would take minutes. */
function changeTogether(
  parts: EngineParts,
  action: Exclude<FileAction, 'uploadAnyway'>,
  ids: readonly number[],
  tally: Tally,
): void {
  const before = tally.mark()
  try {
    parts.ledger.db.transaction('full', () => {
      for (const id of ids) {
        const file = wanted(parts, action, id, tally)
        if (file === null) continue
        try {
          tally.note(action === 'retry' ? retryFile(parts, file) : ignoreFile(parts, file))
        } catch (error) {
          if (isLedgerTrouble(error)) throw error
          tally.fail(file, error)
        }
      }
    })
  } catch (error) {
    if (isLedgerTrouble(error)) throw error
    // The commit itself failed, so nothing of it was done.
    tally.backTo(before)
    for (const id of ids) tally.fail(parts.ledger.files.byId(id), error)
  }
}

async function eachAnyway(
  parts: EngineParts,
  ids: readonly number[],
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  for (const id of ids) {
    signal.throwIfAborted()
    const file = wanted(parts, 'uploadAnyway', id, tally)
    if (file === null) continue
    try {
      await uploadAnyway(parts, file)
      tally.note('done')
    } catch (error) {
      if (isLedgerTrouble(error)) throw error
      tally.fail(file, error)
    }
  }
}

/** The file, if the action makes sense for it as it is now. */
function wanted(parts: EngineParts, action: FileAction, id: number, tally: Tally): FileRow | null {
  const told = fileRows(parts).tell(id)
  if (told === null) {
    tally.fail(null, unknownFile())
    return null
  }
  if (actionsFor(told.whole.state, told.whole.reason.code, told.facts).includes(action)) return told.file
  tally.skip()
  return null
}

type Counts = Pick<ActionOutcome, 'done' | 'skipped' | 'failedCount'>

class Tally {
  readonly #parts: EngineParts
  #counts: Counts = { done: 0, skipped: 0, failedCount: 0 }
  #failed: ActionOutcome['failed'] = []

  constructor(parts: EngineParts) {
    this.#parts = parts
  }

  note(outcome: AskedOutcome): void {
    if (outcome === 'sentAlready') this.skip()
    else this.#counts = { ...this.#counts, done: this.#counts.done + 1 }
  }

  skip(): void {
    this.#counts = { ...this.#counts, skipped: this.#counts.skipped + 1 }
  }

  fail(file: FileRow | null, error: unknown): void {
    this.#counts = { ...this.#counts, failedCount: this.#counts.failedCount + 1 }
    const entry = {
      name: this.#nameOf(file),
      message: this.#wordsFor(file, error),
    }
    if (this.#failed.length < namedFailures) this.#failed = [...this.#failed, entry]
  }

  #nameOf(file: FileRow | null): string {
    const told = file?.isStandIn === true ? fileRows(this.#parts).tell(file.id) : null
    return file === null ? 'A file' : shownName(file, told?.whole.recording ?? null)
  }

  mark(): ActionOutcome {
    return this.outcome()
  }

  backTo(mark: ActionOutcome): void {
    const { failed, ...counts } = mark
    this.#counts = counts
    this.#failed = failed
  }

  outcome(): ActionOutcome {
    return { ...this.#counts, failed: this.#failed }
  }

  #wordsFor(file: FileRow | null, error: unknown): string {
    if (!(error instanceof AppError)) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.#parts.log('error', 'an action on a file failed', { file: file?.path ?? null, error: what })
      return 'Something unexpected happened; nothing was changed. The log has the details.'
    }
    // The folder may be read well enough: it is what is in the file that cannot.
    if (error.code === 'unreadable' && error.recovery === 'give-up') {
      return 'Nothing in it can be read as a ride. The file is left as it is.'
    }
    return errorText(error, 'window')
  }
}
