import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { EngineHome } from '../helpers/engine-home.ts'
import { seedManyFiles } from '../helpers/many-files.ts'
import { medianMs, printRow } from './measure.ts'

/** The engine's part of the snapshot, with and without a change of the ledger since the last one. */
export async function benchEngineView(): Promise<void> {
  for (const files of [10_000, 100_000]) {
    const home = await EngineHome.open()
    const { ledger, settings } = home.parts
    const sources = ['s1', 's2', 's3'].map(id => ({
      ...{ id, name: id, folder: join(home.root, id), backfill: { kind: 'all' as const }, isPaused: false },
      ...{ baselineAt: '2026-11-21T10:00:00.000Z', sameRide: 'upload' as const },
    }))
    for (const source of sources) mkdirSync(source.folder)
    await settings.update(before => ({ ...before, sources }))
    seedManyFiles(ledger, files)
    const viewer = home.viewer()
    const rest = (): Promise<void> => Promise.resolve(void viewer())
    const changed = (): Promise<void> => {
      ledger.db.transaction('normal', () => ledger.meta.write('last-sync-at', String(home.clock.now())))
      return rest()
    }
    const baselineMs = await medianMs(5, () => Promise.resolve(void ledger.db.all('SELECT * FROM files')))
    const baseline = 'reading every row'
    printRow({ name: `snapshot of ${files} files`, oursMs: await medianMs(25, rest), baseline, baselineMs })
    const oursMs = await medianMs(25, changed)
    printRow({ name: `snapshot of ${files} files after a change`, oursMs, baseline, baselineMs })
    home.close()
  }
}
