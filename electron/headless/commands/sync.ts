import { AppError } from '../../../shared/app-error.ts'
import { oneLine } from '../../../shared/plain-words.ts'
import type { SyncReport } from '../../../shared/reports.ts'
import { readSettings } from '../../adapters/settings-file.ts'
import type { AskEngine } from '../../host/engine-requests.ts'
import { homeFolders } from '../../host/home.ts'
import { assertOrigin } from '../../sync/account.ts'
import type { Context } from '../context.ts'
import { exitCodeOfSync } from '../exit-codes.ts'
import { withEngine } from '../with-engine.ts'

const empty: SyncReport = {
  uploaded: 0,
  alreadyThere: 0,
  waiting: 0,
  held: 0,
  notActivity: 0,
  tooOld: 0,
  rejected: 0,
  retrying: 0,
  ignored: 0,
  queued: 0,
  workoutsWritten: 0,
  workoutsRemoved: 0,
  workoutsUnchanged: 0,
  errors: [],
}

/** The object `sync --json` prints when no pass could even begin. */
export function failedReport(code: string, message: string, file: string | null): SyncReport {
  return { ...empty, errors: [{ code, message, file }] }
}

const passing: readonly string[] = ['offline', 'service-down', 'rate-limited', 'redirected']

/**
 * The Musette that holds the home syncs with its own key and address: a key or an address given to this command must
 * belong to the same home. Throws `wrong-athlete`, or what is wrong with the key.
 */
async function assertSameAccount(context: Context, ask: AskEngine): Promise<void> {
  const { apiKey, home, origin } = context.environment
  assertOrigin({ origin, settings: { current: () => readSettings(homeFolders(home).settings).settings } })
  if (apiKey === null) return
  try {
    await ask('verify', { credential: { kind: 'apiKey', key: apiKey } })
  } catch (error) {
    // A service that cannot be asked says nothing about the key; the pass itself tells of it.
    const isPassing = error instanceof AppError && passing.includes(error.code)
    if (!isPassing) throw error
  }
}

/** One whole pass, here or in the Musette that holds the home. */
export async function sync(context: Context, json: boolean): Promise<number> {
  const pass = (): Promise<SyncReport> =>
    withEngine(context, async (ask, isHanded) => {
      if (isHanded) await assertSameAccount(context, ask)
      return ask('sync', null)
    })
  const report = await pass().catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'ledger-damaged') throw error
    // It showed only now. The engine that comes next sets it aside, rebuilds it, and says so in its report.
    return pass()
  })
  printReport(context, report, json)
  return exitCodeOfSync(report)
}

function printReport(context: Context, report: SyncReport, json: boolean): void {
  if (json) {
    context.io.out(JSON.stringify(report, null, 2))
    return
  }
  const told: readonly (readonly [number, string])[] = [
    [report.uploaded, 'sent'],
    [report.alreadyThere, 'already there'],
    [report.waiting, 'waiting'],
    [report.queued, 'queued'],
    [report.retrying, 'to be tried again'],
    [report.held, 'held for you'],
    [report.rejected, 'refused by Intervals.icu'],
    [report.notActivity, 'not rides'],
    [report.tooOld, 'from before'],
    [report.ignored, 'ignored'],
  ]
  for (const error of report.errors) context.io.err(oneLine(error.message))
  // Nothing was looked at: a summary would only hide why.
  if (report.errors.length > 0 && told.every(([count]) => count === 0)) return
  const rides = told.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`)
  context.io.out(`Rides: ${rides.length === 0 ? 'nothing new' : rides.join(', ')}.`)
  context.io.out(
    `Workouts: ${report.workoutsWritten} written, ${report.workoutsRemoved} removed, ${report.workoutsUnchanged} unchanged.`,
  )
}
