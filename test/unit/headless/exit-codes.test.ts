import { expect, test } from 'vitest'
import { exitCodeOf, exitCodeOfSync } from '../../../electron/headless/exit-codes.ts'
import { AppError } from '../../../shared/app-error.ts'
import type { ErrorCode } from '../../../shared/app-error.ts'
import type { SyncReport } from '../../../shared/reports.ts'

/** The contract, code by code: the compiler finds one that is missing here. */
const contract: Readonly<Record<ErrorCode, number>> = {
  'bad-usage': 2,
  missing: 2,
  'folder-refused': 2,
  'unknown-item': 2,
  'wrong-athlete': 2,
  'settings-damaged': 2,
  'settings-newer': 2,
  'ledger-newer': 2,
  'home-in-use': 5,
  'signed-out': 3,
  'keychain-missing': 3,
  'keychain-locked': 3,
  'keychain-failed': 3,
  'keychain-keeps-key': 3,
  'key-unknown': 3,
  offline: 4,
  'service-down': 4,
  redirected: 4,
  'outcome-unknown': 1,
  'rate-limited': 1,
  'budget-spent': 1,
  forbidden: 1,
  'refused-by-service': 1,
  unreadable: 1,
  busy: 1,
  exists: 1,
  'disk-full': 1,
  'disk-error': 1,
  'changed-while-reading': 1,
  'archive-damaged': 1,
  'ledger-damaged': 1,
  'stopped-early': 1,
}

const quiet: SyncReport = {
  ...{ uploaded: 0, alreadyThere: 0, waiting: 0, held: 0, notActivity: 0, tooOld: 0, rejected: 0 },
  ...{ retrying: 0, ignored: 0, queued: 0, workoutsWritten: 0, workoutsRemoved: 0, workoutsUnchanged: 0 },
  errors: [],
}
const trouble = (...codes: readonly string[]): SyncReport => ({
  ...quiet,
  errors: codes.map(code => ({ code, message: '', file: null })),
})

test.each(Object.entries(contract))('%s ends a command, and a sync, with %d', (code, exit) => {
  // The keys above are exactly the error codes.
  const error = new AppError(code as ErrorCode, '', 'give-up')
  expect([exitCodeOf(error), exitCodeOfSync(trouble(code))]).toEqual([exit, exit])
})

test.each([['folder-missing'], ['folder-unreadable']])('a sync that met %s ends with 2', code => {
  expect(exitCodeOfSync(trouble(code))).toBe(2)
})

// Each line has one trouble less than the line before.
test.each([
  [['disk-full', 'offline', 'signed-out', 'home-in-use', 'folder-missing'], 2],
  [['disk-full', 'offline', 'signed-out', 'home-in-use'], 5],
  [['disk-full', 'offline', 'signed-out'], 3],
  [['disk-full', 'offline'], 4],
  [['disk-full'], 1],
  [[], 0],
])('of %j the first that applies counts: %d', (codes, exit) => {
  expect([exitCodeOfSync(trouble(...codes)), exitCodeOfSync(trouble(...codes.toReversed()))]).toEqual([
    exit,
    exit,
  ])
})

test.each<[Partial<SyncReport>, number]>([
  [{ waiting: 3 }, 0],
  [{ queued: 3 }, 0],
  [{ uploaded: 1, alreadyThere: 1, notActivity: 1, tooOld: 1, ignored: 1, workoutsWritten: 1 }, 0],
  [{ held: 1 }, 1],
  [{ rejected: 1 }, 1],
  [{ retrying: 1 }, 1],
])('a sync with %j and no trouble ends with %d', (numbers, exit) => {
  expect(exitCodeOfSync({ ...quiet, ...numbers })).toBe(exit)
})

test('trouble counts before what is unfinished', () => {
  expect(exitCodeOfSync({ ...trouble('offline'), held: 1 })).toBe(4)
})
