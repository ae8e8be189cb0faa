import { AppError } from '../../shared/app-error.ts'
import { errorText } from '../../shared/error-text.ts'
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
  const folders = homeFolders(home)
  const { settings } = readSettings(folders.settings)
  const look = { home, settings, disk, isWorking: false, nowMs: Date.now() }
  try {
    const ledger = openLedgerToRead(folders.ledger)
    try {
      return await makeStatus({ ...look, ledger, troubles: ledger === null ? [] : readTroubles(ledger) })
    } finally {
      ledger?.db.close()
    }
  } catch (error) {
    // What can be said without a ledger is said, and why the rest cannot.
    if (!(error instanceof AppError)) throw error
    const trouble = { code: error.code, message: errorText(error), file: folders.ledger }
    return makeStatus({ ...look, ledger: null, troubles: [trouble] })
  }
}

export function readFiles(home: string, nowMs: number): readonly FileEntry[] {
  const { archive } = homeFolders(home)
  return withLedger(home, ledger =>
    ledger === null ? [] : new Overview(ledger, nowMs, true, archive).files(),
  )
}

/** One file's story. Throws `unknown-item`. */
export function readStory(home: string, name: string, workingFolder: string, nowMs: number): FileStory {
  return withLedger(home, ledger => {
    if (ledger === null) {
      throw new AppError('unknown-item', `Musette knows no file "${name}" yet.`, 'give-up', { file: name })
    }
    const { archive } = homeFolders(home)
    return new Overview(ledger, nowMs, false, archive).story(findFile(ledger, name, workingFolder))
  })
}
