import type { Ledger } from '../ledger/ledger.ts'
import type { RecordingRow } from '../ledger/recordings.ts'
import { verdictText } from './kept-verdict.ts'
import { nextRecording, type RecordingEvent } from './recording-state.ts'

/** The one place where a recording's state is written: intents and outcomes reach the disk before this returns. */
export function changeRecording(
  ledger: Ledger,
  sha256: string,
  event: RecordingEvent,
  nowMs: number,
): RecordingRow {
  return ledger.db.transaction('full', () => {
    const before = ledger.recordings.byHash(sha256)
    if (before === null) throw new TypeError(`no recording ${sha256}`)
    const change = nextRecording(before, event)
    ledger.recordings.change(sha256, change, nowMs)
    const text = verdictText({ ...before, ...change })
    if (text !== verdictText(before)) ledger.verdicts.note({ sha256, text })
    const isNews =
      change.state !== before.state ||
      change.reason.code !== before.reason.code ||
      change.reason.detail !== before.reason.detail
    if (isNews) ledger.history.add({ sha256 }, { atMs: nowMs, state: change.state, reason: change.reason })
    return { ...before, ...change, changedAtMs: nowMs }
  })
}
