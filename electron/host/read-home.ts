import { AppError } from '../../shared/app-error.ts'
import type { FileEntry, FileStory, StatusReport } from '../../shared/reports.ts'
import { readSettings } from '../adapters/settings-file.ts'
import { homeFolders } from './home.ts'
import { openLedgerToRead } from './open-ledger.ts'
import { makeStatus } from './status.ts'
import { findFile } from '../sync/folders/file-requests.ts'
import type { Ledger } from '../sync/ledger/ledger.ts'
import { readTroubles } from '../sync/known-troubles.ts'
import { Overview } from '../sync/overview.ts'
import type { Disk } from '../sync/ports/disk.ts'

/*
 * Reading a home needs no lock and no engine: it works beside a running Musette, and where there is none.
 */

function withLedger<T>(home: string, work: (ledger: Ledger | null) => T): T {
  const ledger = openLedgerToRead(homeFolders(home).ledger)
  try {
    return work(ledger)
  } finally {
    ledger?.db.close()
  }
}

export async function readStatus(home: string, disk: Disk): Promise<StatusReport> {
  const { settings } = readSettings(homeFolders(home).settings)
  const ledger = openLedgerToRead(homeFolders(home).ledger)
  try {
    return await makeStatus({
      home,
      settings,
      ledger,
      disk,
      isWorking: false,
      troubles: ledger === null ? [] : readTroubles(ledger),
      nowMs: Date.now(),
    })
  } finally {
    ledger?.db.close()
  }
}

export function readFiles(home: string, nowMs: number): readonly FileEntry[] {
  return withLedger(home, ledger => (ledger === null ? [] : new Overview(ledger, nowMs, true).files()))
}

/** One file's story. Throws `unknown-item`. */
export function readStory(home: string, name: string, workingFolder: string, nowMs: number): FileStory {
  return withLedger(home, ledger => {
    if (ledger === null) {
      throw new AppError('unknown-item', `Musette knows no file "${name}" yet.`, 'give-up', { file: name })
    }
    return new Overview(ledger, nowMs, false).story(findFile(ledger, name, workingFolder))
  })
}
