import { join } from 'node:path'
import { openSqliteDb } from '../../electron/adapters/sqlite-db.ts'
import { openLedger } from '../../electron/sync/ledger/ledger.ts'
import { prepareLedger } from '../../electron/sync/ledger/schema.ts'
import { countShown } from '../../electron/sync/view/file-list.ts'
import { listFiles } from '../../electron/sync/view/file-pages.ts'
import { newSettings } from '../../shared/settings.ts'
import type { FileQuery } from '../../shared/window-data.ts'
import { FakeClock } from '../helpers/fake-clock.ts'
import { seedManyFiles } from '../helpers/many-files.ts'
import { medianMs, printRow } from './measure.ts'

const files = 100_000
const everything: FileQuery = {
  ...{ text: '', states: [], sourceId: null, sport: null, from: null, to: null, offset: 0, limit: 100 },
}

/** Pages of a list of 100,000 files, as the window asks for them, against reading every row of the files table once. */
export async function benchFileList(folder: string): Promise<void> {
  const db = openSqliteDb(join(folder, 'many-files.sqlite'))
  prepareLedger(db)
  const ledger = openLedger(db)
  seedManyFiles(ledger, files)
  const settings = newSettings('bench')
  const parts = {
    ledger,
    clock: new FakeClock(Date.UTC(2026, 10, 21, 10)),
    folders: { home: '/home', staging: '/home/staging', archive: '/home/archive' },
    settings: { current: () => settings, update: () => Promise.reject(new Error('nothing is changed')) },
  }
  const baselineMs = await medianMs(5, async () => Promise.resolve(void db.all('SELECT * FROM files')))
  const pages: Readonly<Record<string, Partial<FileQuery>>> = {
    'first page': {},
    'page 900': { offset: 90_000 },
    'search "2024-11-2"': { text: '2024-11-2' },
    'search "WÄLDER", 1 in 3': { text: 'WÄLDER' },
    'search that finds nothing': { text: 'nothing like it' },
    'state held, 1 in 1000': { states: ['held'] },
    'source, sport and a year': { sourceId: 's1', sport: 'running', from: '2025-01-01', to: '2025-12-31' },
  }
  for (const [name, query] of Object.entries(pages)) {
    const oursMs = await medianMs(9, async () => {
      listFiles(parts, { ...everything, ...query })
      return Promise.resolve()
    })
    printRow({ name: `list of ${files} files: ${name}`, oursMs, baseline: 'reading every row', baselineMs })
  }
  const countMs = await medianMs(9, async () => Promise.resolve(void countShown(db)))
  printRow({
    name: `counting ${files} files by state`,
    oursMs: countMs,
    baseline: 'reading every row',
    baselineMs,
  })
  db.close()
}
