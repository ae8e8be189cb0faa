import type { Db } from '../ports/db.ts'
import { FilesTable } from './files.ts'
import { HistoryTable } from './history.ts'
import { MetaTable } from './meta.ts'
import { RecordingsTable } from './recordings.ts'
import { StandIns } from './stand-ins.ts'
import { VerdictsToKeep } from './verdicts.ts'

/** The ledger: its tables, side by side, over one database. */
export interface Ledger {
  readonly db: Db
  readonly files: FilesTable
  readonly recordings: RecordingsTable
  readonly history: HistoryTable
  readonly meta: MetaTable
  readonly verdicts: VerdictsToKeep
  readonly standIns: StandIns
}

export function openLedger(db: Db): Ledger {
  return {
    db,
    files: new FilesTable(db),
    recordings: new RecordingsTable(db),
    history: new HistoryTable(db),
    meta: new MetaTable(db),
    verdicts: new VerdictsToKeep(db),
    standIns: new StandIns(db),
  }
}
