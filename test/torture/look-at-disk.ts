import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { printOf } from './arrivals.ts'
import type { FolderPrint } from './oracle.ts'

/** The files of a folder that has no others in it, and what must not change about them. */
export function filesIn(folder: string): FolderPrint {
  return Object.fromEntries(readdirSync(folder).map(name => [name, printOf(join(folder, name))]))
}

export function leftIn(folder: string): readonly string[] {
  return readdirSync(folder).map(name => join(folder, name))
}

/** Files that were begun under a name of their own, anywhere in a folder. */
export function temporaryIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter(name => name.endsWith('.tmp')).map(name => join(folder, name))
}

/** What SQLite finds wrong with a ledger; `ok` for nothing. */
export function integrityOf(file: string): string {
  const ledger = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = ledger.prepare('PRAGMA integrity_check').all()
    return rows.map(row => String(row['integrity_check'])).join('; ')
  } finally {
    ledger.close()
  }
}
