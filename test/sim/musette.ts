import { AppError } from '../../shared/app-error.ts'
import { createIntervalsClient } from '../../electron/intervals/client.ts'
import { archiveRecording } from '../../electron/sync/activities/archive.ts'
import { examineFile } from '../../electron/sync/activities/examine.ts'
import { engineParts, prepareEngine, syncOnce } from '../../electron/sync/engine.ts'
import type { EngineParts } from '../../electron/sync/engine-parts.ts'
import { openLedger } from '../../electron/sync/ledger/ledger.ts'
import { ledgerBudget } from '../../electron/sync/ledger/request-counts.ts'
import { prepareLedger } from '../../electron/sync/ledger/schema.ts'
import type { Log } from '../../electron/sync/ports/log.ts'
import { rebuildIfLost } from '../../electron/sync/rebuild.ts'
import { RunLoop } from '../../electron/sync/run-loop.ts'
import { home, type Computer } from './computer.ts'
import { diskPort } from './disk/disk-port.ts'
import type { SimProcess } from './process.ts'
import { openSettings } from './sim-settings.ts'

const origin = 'https://service.test'
const folders = { home, staging: `${home}/staging`, archive: `${home}/archive` }

/** A Musette that runs: the whole engine, joined as its host joins it, over the simulated computer. */
export interface RunningMusette {
  readonly parts: EngineParts
  readonly process: SimProcess
  /** Everything is looked at again, as after a sign-in. */
  wake(): void
  /** One pass at the user's word, beside the loops. */
  sync(): Promise<void>
  /** Ends as it should. */
  quit(): Promise<void>
}

/** Starts Musette on the computer. Throws what opening the home throws; never settles when killed on the way. */
export async function startMusette(
  computer: Computer,
  process: SimProcess,
  log: Log,
): Promise<RunningMusette> {
  const { limits } = computer.plan
  const random = computer.random.fork(`process ${computer.counts.starts}`)
  const clock = computer.wallClock.portOf(process)
  const disk = diskPort(computer.disk, process, random.fork('disk'), computer.checkOurs)
  const settings = await openSettings(home, computer.disk, disk)
  const db = computer.ledgerFile.open(process)
  prepareLedger(db)
  const service = createIntervalsClient({
    ...{ origin, clock, log, userAgent: 'Musette/0 (simulated)', perSecond: limits.perSecond },
    credential: () => Promise.resolve({ kind: 'apiKey', key: 'simulated-key' }),
    budget: ledgerBudget(db, clock, limits),
    wire: computer.service.wireFor(process),
  })
  const stop = new AbortController()
  const parts = engineParts({
    ...{ ledger: openLedger(db), disk, service, clock, log, origin, folders },
    examiner: {
      width: 2,
      examine: request => examineFile(disk, request),
      archive: request => archiveRecording(disk, request),
    },
    settings,
    watcher: computer.watcher.portOf(process),
    mounts: { placeOf: folder => Promise.resolve(computer.placeOf(folder)) },
    random: () => random.next(),
  })
  await prepareEngine(parts)
  await rebuildIfLost(parts, stop.signal)
  const loop = new RunLoop(parts)
  const running = loop.run(stop.signal)
  running.catch((error: unknown) => {
    // A dead process reports to nobody.
    if (process.isAlive) throw error
  })
  let syncing: Promise<void> = Promise.resolve()
  return {
    parts,
    process,
    wake: () => loop.wake(),
    sync: () => {
      syncing = syncOnce(parts, stop.signal).then(report => loop.noteSynced(report.errors))
      return syncing
    },
    quit: async () => {
      stop.abort(new AppError('outcome-unknown', 'Musette is stopping', 'retry'))
      await running
      await syncing.catch(() => undefined)
      await service.close()
      process.isAlive = false
    },
  }
}
