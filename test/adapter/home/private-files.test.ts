import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { logFile } from '../../../electron/adapters/log-file.ts'
import { keepToOurselves, makePrivateFile } from '../../../electron/adapters/private-files.ts'
import { takeHomeLock } from '../../../electron/adapters/home-lock.ts'
import { openLedgerToWrite } from '../../../electron/host/open-ledger.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const hasModes = process.platform !== 'win32'
const why = hasModes ? '' : ' (SKIPPED: Windows has no such modes)'
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

test.skipIf(!hasModes).each([
  ['look', '777', '755'],
  ['look', '775', '755'],
  ['look', '700', '700'],
  ['nothing', '777', '700'],
  ['nothing', '755', '700'],
  ['nothing', '500', '500'],
] as const)(
  `a folder in which others may %s, and that is open as %s, becomes %s${why}`,
  (may, mode, left) => {
    const folder = join(temporaryFolder('musette-modes-'), 'home')
    mkdirSync(folder)
    chmodSync(folder, Number.parseInt(mode, 8))
    keepToOurselves(folder, may)
    expect(modeOf(folder)).toBe(left)
  },
)

test.skipIf(!hasModes)(
  `a private file is ours alone, and one that is there keeps what it holds${why}`,
  () => {
    const folder = temporaryFolder('musette-modes-')
    makePrivateFile(join(folder, 'new'))
    writeFileSync(join(folder, 'old'), 'kept')
    makePrivateFile(join(folder, 'old'))
    expect([modeOf(join(folder, 'new')), readFileSync(join(folder, 'old'), 'utf8')]).toEqual(['600', 'kept'])
  },
)

test.skipIf(!hasModes)(`lock, ledger and log are for their owner alone${why}`, () => {
  const folder = temporaryFolder('musette-modes-')
  takeHomeLock(join(folder, 'lock'))?.release()
  const { ledger } = openLedgerToWrite(join(folder, 'ledger.sqlite'), 1)
  const names = ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm'].map(name => join(folder, name))
  const modes = names.map(modeOf)
  ledger.db.close()
  logFile(join(folder, 'logs', 'musette.log'))('info', 'hello')
  expect(modes).toEqual(['600', '600', '600'])
  expect(['lock', 'logs', 'logs/musette.log'].map(name => modeOf(join(folder, name)))).toEqual([
    ...['600', '700', '600'],
  ])
})
