import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLedgerToRead, openLedgerToWrite } from '../../../../electron/host/open-ledger.ts'
import { ledgerVersion } from '../../../../electron/sync/ledger/schema.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

test('of the ledger of a newer Musette is read what can be, and nothing is written', () => {
  const path = join(temporaryFolder('musette-newer-'), 'ledger.sqlite')
  const { ledger } = openLedgerToWrite(path, 1)
  ledger.meta.write('last-sync-at', '5')
  ledger.db.script(`PRAGMA user_version = ${ledgerVersion + 1}`)
  ledger.db.close()
  const read = openLedgerToRead(path)
  expect(read?.meta.readNumber('last-sync-at')).toBe(5)
  read?.db.close()
  expect(() => openLedgerToWrite(path, 2)).toThrow(expect.objectContaining({ code: 'ledger-newer' }))
})
