import { join } from 'node:path'
import { AppError } from '../../shared/app-error.ts'
import { changeRecording } from './activities/change-recording.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Clock } from './ports/clock.ts'
import type { Disk } from './ports/disk.ts'

/**
 * Puts right what a killed process left: an upload without an outcome is looked up before it is sent again, and
 * staging copies are swept (their sources, or the archive, still have the bytes).
 */
export async function recover(
  deps: { readonly ledger: Ledger; readonly disk: Disk; readonly clock: Clock },
  stagingFolder: string,
): Promise<void> {
  for (const recording of deps.ledger.recordings.inState('uploading')) {
    changeRecording(deps.ledger, recording.sha256, { kind: 'interrupted' }, deps.clock.now())
  }
  try {
    for (const entry of await deps.disk.list(stagingFolder)) {
      if (entry.kind === 'file') await deps.disk.remove(join(stagingFolder, entry.name))
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}
