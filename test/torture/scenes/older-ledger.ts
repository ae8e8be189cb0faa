import { renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tablesOfVersion1 } from '../../helpers/ledger-version-1.ts'

/** Makes of a ledger that nobody has open what version 1 would have made of the same life. */
export function makeLedgerOlder(ledger: string): void {
  const older = new DatabaseSync(`${ledger}.older`)
  try {
    older.exec(tablesOfVersion1)
    older.prepare('ATTACH ? AS today').run(ledger)
    const tables = older.prepare("SELECT name FROM main.sqlite_master WHERE type = 'table'").all()
    for (const table of tables) {
      const name = String(table['name'])
      const columns = older
        .prepare('SELECT name FROM pragma_table_info(?)')
        .all(name)
        .map(column => String(column['name']))
        .join(', ')
      older.exec(`INSERT INTO main.${name} (${columns}) SELECT ${columns} FROM today.${name}`)
    }
    older.exec('DETACH today; PRAGMA journal_mode = WAL; PRAGMA user_version = 1')
  } finally {
    older.close()
  }
  for (const ending of ['', '-wal', '-shm']) rmSync(`${ledger}${ending}`, { force: true })
  renameSync(`${ledger}.older`, ledger)
}
