import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeDisk } from '../../electron/adapters/node-disk.ts'
import { openSqliteDb } from '../../electron/adapters/sqlite-db.ts'
import { systemClock } from '../../electron/adapters/system-clock.ts'
import { findChanges } from '../../electron/sync/activities/find-changes.ts'
import type { IntakeDeps } from '../../electron/sync/activities/intake-deps.ts'
import { openLedger } from '../../electron/sync/ledger/ledger.ts'
import { prepareLedger } from '../../electron/sync/ledger/schema.ts'
import type { Source } from '../../shared/settings.ts'
import { reason } from '../../shared/reasons.ts'
import { medianMs, printRow } from './measure.ts'

const folders = 20
const filesEach = 500

/** A scan of 10,000 known files with nothing new, against one stat of each. */
export async function benchRescan(folder: string): Promise<void> {
  const root = join(folder, 'rides')
  for (let sub = 0; sub < folders; sub += 1) {
    const path = join(root, String(sub))
    mkdirSync(path, { recursive: true })
    for (let file = 0; file < filesEach; file += 1) writeFileSync(join(path, `${file}.fit`), 'x')
  }
  const db = openSqliteDb(join(folder, 'ledger.sqlite'))
  prepareLedger(db)
  const ledger = openLedger(db)
  const source: Source = {
    ...{
      id: 's1',
      name: 'rides',
      folder: root,
      backfill: { kind: 'none' },
      sameRide: 'upload',
      isPaused: false,
    },
    baselineAt: new Date().toISOString(),
  }
  const deps: IntakeDeps = {
    ...{ ledger, disk: nodeDisk(), clock: systemClock(), log: () => undefined, isOwnWorkout: () => false },
    folders: { staging: folder, archive: folder },
    examiner: {
      width: 1,
      examine: () => Promise.reject(new Error('nothing is new')),
      archive: () => Promise.resolve(),
    },
  }
  const { signal } = new AbortController()
  for (const row of (await findChanges(deps, source, [], signal)).toExamine) {
    ledger.files.setState(row.id, {
      ...{
        state: 'tooOld',
        reason: reason('before-baseline'),
        checkAtMs: null,
        isExamined: true,
        isArchive: false,
      },
    })
  }
  const oursMs = await medianMs(5, async () => {
    const { toExamine } = await findChanges(deps, source, [], signal)
    if (toExamine.length > 0) throw new Error('something was new')
  })
  const baselineMs = await medianMs(5, async () => {
    for (const sub of readdirSync(root)) {
      for (const name of readdirSync(join(root, sub))) statSync(join(root, sub, name))
    }
    return Promise.resolve()
  })
  db.close()
  printRow({
    name: `rescan of ${folders * filesEach} known files`,
    oursMs,
    baseline: 'a stat of each, nothing else',
    baselineMs,
  })
}
