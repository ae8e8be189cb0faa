import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { logFile } from '../../../../electron/adapters/log-file.ts'
import { packBundle } from '../../../../electron/host/help/pack-bundle.ts'
import { homeFolders } from '../../../../electron/host/home.ts'
import { openLedgerToWrite } from '../../../../electron/host/open-ledger.ts'
import { writeTroubles } from '../../../../electron/sync/known-troubles.ts'
import { newSettings, type Settings } from '../../../../shared/settings.ts'
import { reason } from '../../../../shared/reasons.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

/** Everything in the bundle of a home that knows this file of a source, and has been told of it in every way. */
async function bundleOf(rides: string, ride: string): Promise<Readonly<Record<string, string>>> {
  const root = temporaryFolder('musette-bundle-')
  const [home, folder] = [join(root, 'home'), join(root, rides)]
  const path = join(folder, ride)
  const places = homeFolders(home)
  mkdirSync(dirname(places.settings), { recursive: true })
  mkdirSync(dirname(path), { recursive: true })
  const source: Settings['sources'][number] = {
    ...{ id: 's1', name: 'Rides', folder, backfill: { kind: 'none' }, isPaused: false, sameRide: 'upload' },
    baselineAt: '2026-11-01T00:00:00.000Z',
  }
  const account = { origin: 'https://service.test', athleteId: 'i55667788', name: 'Ada Lovelace' }
  writeFileSync(places.settings, JSON.stringify({ ...newSettings('h'), sources: [source], account }))
  const { ledger } = openLedgerToWrite(places.ledger, 1)
  const stat = { kind: 'file', size: 1, mtimeMs: 1, ctimeMs: 1, identity: '1:1' } as const
  const { id } = ledger.files.insert('s1', path, stat, 'new', 1, reason('not-looked-at'))
  const facts = {
    ...{ startTime: '2026-03-04T05:06:07.000Z', startTimeMissing: null, durationS: 60, distanceM: null },
    ...{ sport: null, subSport: null, device: null, sessions: 1 },
  }
  const sent = { state: 'uploaded', reason: reason('sent') } as const
  const sha256 = 'ab'.repeat(32)
  ledger.recordings.insert(
    {
      ...{ sha256, format: 'fit', bytes: 1, baseName: 'Ada in Rome', facts, sourceId: 's1', origin: 'new' },
      ...{ isArchived: true, ...sent },
    },
    1,
  )
  const settled = { nextAttemptAtMs: null, mustLookUp: false, failures: 0, activityIds: ['i987654321'] }
  ledger.recordings.change(sha256, { ...sent, ...settled }, 1)
  ledger.files.setContents(id, [{ position: 0, entry: null, sha256, bytes: 1, ...sent }])
  ledger.files.setState(id, { ...sent, checkAtMs: null, isExamined: true, isArchive: false })
  const message = `${path} can't be read: allow Musette to read it.`
  writeTroubles(ledger, [{ code: 'unreadable', message, file: path }])
  ledger.db.close()
  const log = logFile(places.log)
  log('warn', 'a file could not be examined', { file: path, detail: `EIO: ${path}` })
  log('warn', 'a file could not be examined', {
    file: '/gone/Ada in Rome.fit',
    detail: 'EIO: /gone/Ada in Rome.fit',
  })
  log('error', 'a bug', { stack: `Error: EIO, open '${path}'\n    at read (musette.js:1:2)` })
  const finding = { subject: 'folder', kind: 'wrong', text: message } as const
  const zip = await packBundle({ home, secrets: [], nowMs: 2, findings: [finding] })
  return Object.fromEntries(
    Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  )
}

test.each([
  ['Rides', 'Ada in Rome.fit'],
  ['Rides', join('2026', 'Ada in Rome, again.fit.gz')],
  ['Rides of "mine"', 'Ada in Rome.tcx'],
])(
  'in the bundle names of files are hidden, wherever they are told, and times and activities of rides (%s, %s)',
  async (folder, ride) => {
    const parts = await bundleOf(folder, ride)
    for (const [name, text] of Object.entries(parts))
      expect([name, text.includes('Ada in Rome')]).toEqual([name, false])
    expect(parts['files.json']).toContain('"state": "uploaded"')
    const all = Object.values(parts).join()
    for (const word of ['2026-03-04', 'i987654321', 'i55667788', 'Lovelace'])
      expect([word, all.includes(word)]).toEqual([word, false])
    // What is of use is still there.
    expect(parts['musette.log']).toContain('a file could not be examined')
    expect(parts['musette.log']).toContain('EIO: <file ')
    expect(parts['musette.log']).toContain('at read (musette.js:1:2)')
    expect(parts['status.json']).toContain('"code": "unreadable"')
  },
)
