import type { Reason } from '../../../shared/reasons.ts'
import type { ActivityState } from '../../../shared/states.ts'
import type { FileRow } from '../ledger/files.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** Writes a file's own state, and a line of its history when it is news. */
export function setFileState(
  ledger: Ledger,
  file: FileRow,
  state: ActivityState,
  why: Reason,
  nowMs: number,
  next: {
    readonly checkAtMs: number | null
    readonly isExamined: boolean
    readonly isArchive?: boolean
    /** True when the file's recordings tell the story themselves. */
    readonly isToldElsewhere?: boolean
  },
): void {
  ledger.db.transaction('normal', () => {
    ledger.files.setState(file.id, {
      ...{ state, reason: why, checkAtMs: next.checkAtMs, isExamined: next.isExamined },
      isArchive: next.isArchive ?? file.isArchive,
    })
    if (next.isToldElsewhere === true) return
    // A file that is being written has a new detail at every look; its story has one line for all of them.
    const last = ledger.history.lastOf(file.id)
    if (last?.state !== state || last.reason.code !== why.code) {
      ledger.history.add({ fileId: file.id }, { atMs: nowMs, state, reason: why })
    }
  })
}
