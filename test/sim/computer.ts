import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { FolderPlace } from '../../electron/sync/ports/folder-watcher.ts'
import { SimDisk } from './disk/sim-disk.ts'
import { SimWallClock, type SimProcess } from './process.ts'
import type { SimPlan } from './plan.ts'
import { simRandom, type SimRandom } from './random.ts'
import { judgeOrder } from './judge-order.ts'
import { judgeHeldBack } from './judge-same-ride.ts'
import { OwnerBook } from './owner-book.ts'
import { RideBook } from './ride-book.ts'
import { Scheduler, type Life } from './scheduler.ts'
import { SimService } from './service/sim-service.ts'
import { SimLedgerFile } from './sim-ledger.ts'
import { SimWatcher } from './sim-watcher.ts'
import { TrainerBook } from './trainer-book.ts'
import { Verdict } from './verdict.ts'

export const home = '/home/musette'

/** What a run counts, for the table. */
export interface RunCounts {
  kills: number
  powerCuts: number
  /** Effects before which a process ended, by their labels. */
  readonly endedBefore: Map<string, number>
  commitsLost: number
  starts: number
}

/** The simulated computer with all that is on it and around it. Nothing in it has a will of its own but the scheduler. */
export class Computer {
  readonly plan: SimPlan
  readonly random: SimRandom
  readonly scheduler: Scheduler
  readonly wallClock: SimWallClock
  readonly disk: SimDisk
  readonly ledgerFile = new SimLedgerFile()
  readonly watcher: SimWatcher
  readonly service: SimService
  readonly book: RideBook
  readonly verdict: Verdict
  readonly trainer = new TrainerBook(this)
  readonly ownerBook = new OwnerBook(this)
  readonly counts: RunCounts = { kills: 0, powerCuts: 0, endedBefore: new Map(), commitsLost: 0, starts: 0 }
  /** What dies with the power: the programs that record. */
  power: Life = { isAlive: true }
  /** The ledger's file was deleted: Musette holds what it cannot know, and asks. */
  hasLostLedger = false
  readonly #hash = createHash('sha1')

  constructor(plan: SimPlan, onTrace: (line: string) => void = () => undefined) {
    this.plan = plan
    this.random = simRandom(plan.seed).fork('run')
    this.scheduler = new Scheduler(this.random.fork('order'), label => this.#trace(label, onTrace))
    this.wallClock = new SimWallClock(this.scheduler, plan.startMs, plan.zone)
    this.disk = new SimDisk(() => this.wallClock.nowMs)
    this.watcher = new SimWatcher(this.scheduler, this.random.fork('hints'), plan.hints)
    this.book = new RideBook(() => this.scheduler.steadyMs)
    this.verdict = new Verdict(() => this.scheduler.steadyMs)
    this.service = new SimService({
      now: () => this.wallClock.trueMs,
      task: (label, delayMs) => this.scheduler.task(`service ${label}`, delayMs),
      random: this.random.fork('service'),
      faults: plan.faults,
      options: plan.service,
      onRequest: request => judgeOrder(this, request),
      onWholeBody: (sha256, bytes, leftAtMs) => this.#judgeUpload(sha256, bytes, leftAtMs - plan.startMs),
    })
    const sources = plan.sources.map(source => source.folder)
    for (const folder of ['/home', home, this.trainerFolder, ...sources]) this.disk.makeOldFolder(folder)
    if (plan.trainer?.isMount === true) this.disk.mount(this.trainerFolder)
    this.disk.onRecorded(path => this.watcher.tell(path))
    this.disk.onLooked(path => this.trainer.looked(path))
    this.disk.onListed(folder => this.ownerBook.listed(folder))
  }

  /** The same for the same seed, however often it is run. */
  get fingerprint(): string {
    return this.#hash.copy().digest('hex')
  }

  get trainerFolder(): string {
    return this.plan.trainer?.folder ?? '/trainer/Workouts'
  }

  placeOf(folder: string): FolderPlace {
    return this.plan.sources.find(source => source.folder === folder)?.place ?? 'local'
  }

  /** P1: nothing outside the home and the trainer folder is ever changed. */
  readonly checkOurs = (path: string, what: string): void => {
    if (path === home || path.startsWith(`${home}/`)) return
    if (path === this.trainerFolder || path.startsWith(`${this.trainerFolder}/`)) {
      this.trainer.changes(path, what)
      return
    }
    this.verdict.broken('P1 source touched', `${what} of ${path}`)
    throw new Error(`${what} of ${path}, which is not ours`)
  }

  /** The process is gone; the computer runs on. */
  kill(process: SimProcess): void {
    process.isAlive = false
    this.ledgerFile.afterKill()
  }

  /** The computer is gone: what was not safe may be lost, and who was recording has stopped. */
  cutPower(process: SimProcess): void {
    process.isAlive = false
    this.power.isAlive = false
    this.power = { isAlive: true }
    const random = this.random.fork(`power cut ${this.scheduler.steadyMs}`)
    this.counts.commitsLost += this.ledgerFile.afterPowerCut(random.fork('ledger'))
    this.disk.loseUnsafe(random.fork('disk'))
    this.book.endRecordings(path => this.disk.file(path)?.bytes ?? null)
  }

  /** The moment in which the service has a ride for good. */
  #judgeUpload(sha256: string, bytes: Uint8Array, leftAtMs: number): void {
    this.ownerBook.judgeUpload(sha256, leftAtMs)
    judgeHeldBack(this, sha256)
    const { verdict, book, disk } = this
    if (!book.mayBeSent(sha256) && !this.#isAskedFor(sha256))
      verdict.broken('P2 early', `${bytes.length} bytes ${sha256.slice(0, 8)}`)
    const known = this.#safeState(sha256)
    if (known !== 'uploading')
      verdict.broken('P4 no intent', `${sha256.slice(0, 8)} is ${known ?? 'unknown'}`)
    const paths = ['fit', 'tcx', 'gpx'].map(
      format => `${home}/archive/${sha256.slice(0, 2)}/${sha256}.${format}.gz`,
    )
    if (!paths.some(path => disk.isSafe(path) && this.#holds(path, sha256)))
      verdict.broken('P6 not archived', `${sha256.slice(0, 8)} would be lost by a power cut`)
  }

  /** The owner was asked, or asked, about these very bytes. */
  #isAskedFor(sha256: string): boolean {
    if (this.ownerBook.onceAnyway.has(sha256)) return true
    if (!this.ownerBook.hasAskedAnyway) return false
    const find = "SELECT 1 FROM history WHERE sha256 = ? AND reason_code = 'asked-again'"
    return this.ledgerFile.durable().prepare(find).get(sha256) !== undefined
  }

  /** The state that the ledger would tell after a power cut at this moment. */
  #safeState(sha256: string): string | null {
    const database = this.ledgerFile.durable()
    const hasTable = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'recordings'").get()
    // The owner deleted the file while this request was on its way.
    if (hasTable === undefined && this.hasLostLedger) return 'uploading'
    const row = database.prepare('SELECT state, must_look_up FROM recordings WHERE sha256 = ?').get(sha256)
    if (row === undefined) return null
    // A request that was cut is looked up before the next one, also where its body still arrived.
    const isInDoubt = row['state'] === 'retrying' && row['must_look_up'] === 1
    return isInDoubt ? 'uploading' : String(row['state'])
  }

  #holds(path: string, sha256: string): boolean {
    const file = this.disk.file(path)
    if (file === null) return false
    try {
      return createHash('sha256').update(gunzipSync(file.bytes)).digest('hex') === sha256
    } catch {
      return false
    }
  }

  #trace(label: string, onTrace: (line: string) => void): void {
    // Staging names are random for real, and so is a process's number.
    const line = `${this.scheduler.steadyMs} ${label.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|(?<=\.)\d+(?=\.tmp)/g, '#')}`
    this.#hash.update(line)
    onTrace(line)
  }
}
