import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openLedgerToWrite } from '../../../../electron/host/open-ledger.ts'
import type { Ledger } from '../../../../electron/sync/ledger/ledger.ts'
import { Overview } from '../../../../electron/sync/overview.ts'
import { reason } from '../../../../shared/reasons.ts'

export const nowMs = Date.UTC(2026, 10, 21, 10)

const facts = {
  ...{ startTime: '2026-11-21T08:00:00.000Z', startTimeMissing: 'none', durationS: 60, distanceM: 1000 },
  ...{ sport: 'cycling', subSport: null, device: 'a trainer', sessions: 1 },
} as const

/** Writes a ledger with some 40 rides in all, each in a file, and closes it. */
export function writeLedger(path: string): void {
  const { ledger } = openLedgerToWrite(path, nowMs)
  ledger.meta.write('home-id', 'ours')
  ledger.db.transaction('full', () => {
    for (let number = 0; number < 40; number += 1) addRide(ledger, number)
  })
  ledger.db.close()
}

function addRide({ recordings, files, history }: Ledger, number: number): void {
  const sha256 = number.toString(16).padStart(64, '0')
  const why = reason('sent')
  recordings.insert(
    {
      ...{ sha256, format: 'fit', bytes: 1000, baseName: `ride-${number}`, facts, sourceId: 's1' },
      ...{ origin: 'new', isArchived: true, state: 'uploaded', reason: why },
    },
    nowMs,
  )
  const stat = { kind: 'file', size: 1000, mtimeMs: nowMs, ctimeMs: nowMs, identity: `1:${number}` } as const
  const file = files.insert('s1', `/rides/ride-${number}.fit`, stat, 'new', nowMs, reason('not-looked-at'))
  files.setContents(file.id, [
    { position: 0, entry: null, sha256, bytes: 1000, state: 'uploaded', reason: why },
  ])
  history.add({ sha256 }, { atMs: nowMs, state: 'uploaded', reason: why })
}

/** Everything that `musette files` and `status` read of it. */
export function readAll(ledger: Ledger): number {
  return new Overview(ledger, nowMs, true).files().length
}

/** The files whose names begin as the ledger's, each with its bytes; folders are left out. */
export function filesBeside(path: string): ReadonlyMap<string, Buffer> {
  const folder = dirname(path)
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    entry => entry.isFile() && entry.name.startsWith(basename(path)),
  )
  return new Map(entries.map(({ name }) => [name, readFileSync(join(folder, name))]))
}

/** Puts these files back, and nothing else beside them. */
export function restore(path: string, files: ReadonlyMap<string, Buffer>): void {
  const folder = dirname(path)
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
}

/** Changes a name in an index alone: the quick check finds nothing wrong, the whole one does. */
export function damageAnIndex(path: string): void {
  const bytes = readFileSync(path)
  for (let at = bytes.indexOf('/rides/'); at !== -1; at = bytes.indexOf('/rides/', at + 1)) {
    const damaged = Buffer.from(bytes)
    damaged.write('/rodes/', at, 'latin1')
    writeFileSync(path, damaged)
    const database = new DatabaseSync(path, { readOnly: true })
    const [quick, whole] = ['quick_check(1)', 'integrity_check(1)'].map(
      check => Object.values(database.prepare(`PRAGMA ${check}`).get() ?? {})[0],
    )
    database.close()
    if (quick === 'ok' && whole !== 'ok') return
  }
  throw new Error('no index holds the path of a ride')
}

/** Numbers in [0, 1), the same for the same seed (mulberry32's mixing). */
export function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
