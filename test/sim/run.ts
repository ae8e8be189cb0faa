import { AppError } from '../../shared/app-error.ts'
import type { Log } from '../../electron/sync/ports/log.ts'
import { Computer, type RunCounts } from './computer.ts'
import { MomentJudge } from './judge-moment.ts'
import { judgeEnd, isSettled } from './oracle.ts'
import { startMusette, type RunningMusette } from './musette.ts'
import { OwnerActs } from './owner-acts.ts'
import { Owner } from './owner.ts'
import type { SimPlan, Trouble } from './plan.ts'
import { Killed, SimProcess } from './process.ts'
import { playRecorders } from './play-recorders.ts'
import { handsBetween, playTroubles } from './play-troubles.ts'
import { effectOf } from './service/fault-windows.ts'
import { makeZlibSteady } from './steady-zlib.ts'
import { playHand } from './trainer-hands.ts'
import type { Breach } from './verdict.ts'

const minuteMs = 60_000
/** How long Musette may take for what is left once nothing is wrong any more. */
const longestCalmMs = 120 * minuteMs
/** Where the service asked for a long wait, that may be a day; a FIT that nobody closes rests for twelve hours. */
const longestRestMs = 26 * 60 * minuteMs
/** How often the calm is looked at. */
const calmStepMs = minuteMs
/** How often the judge looks at what Musette tells. */
const lookEveryMs = 4 * minuteMs
/** After everything is settled Musette goes on for so long: what it does then would be too much. */
const afterMs = 12 * minuteMs

/** What came of one run. */
export interface RunResult {
  readonly plan: SimPlan
  readonly breaches: readonly Breach[]
  readonly counts: RunCounts
  readonly fingerprint: string
  /** How long the run was, in simulated ms. */
  readonly lengthMs: number
  readonly requests: number
  readonly uploads: number
  readonly rides: number
}

/** Plays one plan to its end and judges it. The same plan gives the same run, to the last step. */
export async function simulate(plan: SimPlan, onTrace?: (line: string) => void): Promise<RunResult> {
  makeZlibSteady()
  const computer = new Computer(plan, onTrace)
  const run = new SimRun(computer)
  await run.play()
  const { service, verdict, counts, fingerprint, scheduler, book } = computer
  return {
    ...{ plan, counts, fingerprint, breaches: verdict.breaches },
    lengthMs: scheduler.steadyMs,
    requests: service.record.requests.length,
    uploads: service.record.uploads.length,
    rides: book.rides.length,
  }
}

type Ending = Extract<Trouble, { kind: 'kill' | 'power cut' }>

/** One run: Musette's lives one after the other, and what happens around them. */
class SimRun {
  readonly #computer: Computer
  readonly #owner: Owner
  #musette: RunningMusette | null = null
  #process: SimProcess | null = null
  readonly #handsBetween: (label: string) => void
  #isCalm = false

  constructor(computer: Computer) {
    this.#computer = computer
    this.#owner = new Owner(computer)
    this.#handsBetween = handsBetween(computer)
  }

  async play(): Promise<void> {
    const { scheduler, plan, verdict } = this.#computer
    const recordedMs = playRecorders(this.#computer)
    const troubledMs = playTroubles(this.#computer, {
      quit: (downMs, whileDown) => this.#quit(downMs, whileDown),
      sync: () => this.#sync(),
      owner: new OwnerActs(this.#computer, this.#owner, () => this.#musette),
    })
    void this.#lookOn()
    this.#startAfter(plan.installMs)
    try {
      await scheduler.runUntil(Math.max(recordedMs, troubledMs, plan.installMs) + minuteMs)
      await this.#calm()
      if (plan.endsWithRestart) {
        this.#quit(1000).catch((error: unknown) => this.#fail(error))
        await scheduler.runUntil(scheduler.steadyMs + 3 * minuteMs)
      }
      judgeEnd(this.#computer, this.#owner.told, this.#musette)
    } catch (error) {
      verdict.broken('stuck', describe(error))
    }
  }

  /** Judges what is told on the way. */
  async #lookOn(): Promise<void> {
    const judge = new MomentJudge(this.#computer)
    for (;;) {
      await this.#computer.scheduler.task('the judge looks', lookEveryMs)
      judge.look(this.#musette, this.#owner.told)
    }
  }

  /** Nothing goes wrong any more: whatever is left must end by itself. */
  async #calm(): Promise<void> {
    const { scheduler, plan } = this.#computer
    this.#isCalm = true
    this.#computer.book.disturb()
    this.#computer.service.calendar.freeze()
    // Only a person can mend a key.
    if (plan.faults.some(window => effectOf(window) === 'key')) this.#musette?.wake()
    const hasLongRest =
      plan.limits.perDay < 1000 ||
      plan.faults.some(window => /^(?:429|503-)/.test(window.fault)) ||
      plan.uses.some(use => use.recorder === 'never-closed')
    const lastMs = scheduler.steadyMs + (hasLongRest ? longestRestMs : longestCalmMs)
    let settledAtMs: number | null = null
    while (scheduler.steadyMs < lastMs) {
      await scheduler.runUntil(scheduler.steadyMs + calmStepMs)
      const isDone = isSettled(this.#computer, this.#owner.told, this.#musette)
      settledAtMs = isDone ? (settledAtMs ?? scheduler.steadyMs) : null
      if (settledAtMs !== null && scheduler.steadyMs - settledAtMs >= afterMs) return
    }
  }

  #startAfter(delayMs: number): void {
    void this.#computer.scheduler
      .task('start', delayMs)
      .then(() => this.#start())
      .catch((error: unknown) => this.#fail(error))
  }

  async #start(): Promise<void> {
    const { counts, book } = this.#computer
    const life = counts.starts
    counts.starts += 1
    const process = this.#newProcess(life)
    this.#process = process
    try {
      const musette = await startMusette(this.#computer, process, this.#log(process))
      this.#musette = musette
      await this.#owner.addFolders(musette)
      book.setWatched(true)
    } catch (error) {
      if (error instanceof Killed) return
      // The disk was full, say: it ends, and is started again.
      if (!(error instanceof AppError)) throw error
      this.#computer.kill(process)
      this.#startAfter(minuteMs)
    }
  }

  /** One life, which ends where the plan says so. */
  #newProcess(life: number): SimProcess {
    const { plan, scheduler, counts } = this.#computer
    const endings = plan.troubles.filter(
      (trouble): trouble is Ending =>
        (trouble.kind === 'kill' || trouble.kind === 'power cut') && trouble.life === life,
    )
    const effects = { all: 0, workouts: 0 }
    const process = new SimProcess(scheduler, label => {
      effects.all += 1
      this.#computer.trainer.effects += 1
      if (/ \.musette-| \d{5,}(?: \d+)?\.(?:zwo|fit|mrc|erg)$|workout_files/.test(label))
        effects.workouts += 1
      if (!this.#isCalm) this.#handsBetween(label)
      const ending = endings.find(one => one.effect === effects[one.among ?? 'all'])
      if (ending === undefined || this.#isCalm) return
      const kind = label.replaceAll(/[0-9a-f-]{36}\S*|[0-9a-f]{64}|\d+(?=\.tmp)/g, '#')
      counts.endedBefore.set(kind, (counts.endedBefore.get(kind) ?? 0) + 1)
      this.#end(process, ending)
    })
    return process
  }

  #end(process: SimProcess, ending: Ending): void {
    const { counts, book } = this.#computer
    book.setWatched(false)
    this.#musette = null
    if (ending.kind === 'kill') {
      counts.kills += 1
      this.#computer.kill(process)
    } else {
      counts.powerCuts += 1
      this.#computer.cutPower(process)
    }
    if (ending.meanwhile !== undefined)
      playHand(this.#computer, ending.meanwhile, this.#computer.random.fork(`meanwhile ${counts.starts}`))
    this.#startAfter(ending.downMs)
  }

  async #quit(downMs: number, whileDown: () => void = () => undefined): Promise<void> {
    const musette = this.#musette
    const process = this.#process
    if (musette === null || process === null || !process.isAlive) return
    this.#musette = null
    this.#computer.book.setWatched(false)
    // A kill while it quits starts it anew by itself.
    await Promise.race([musette.quit(), this.#death(process)])
    if (this.#process !== process) return
    this.#computer.kill(process)
    whileDown()
    this.#startAfter(downMs)
  }

  /** Resolves when the process was ended by something else. */
  async #death(process: SimProcess): Promise<void> {
    const { scheduler } = this.#computer
    while (this.#process === process) await scheduler.task('still quitting', 1000)
  }

  #sync(): void {
    void this.#musette?.sync().catch((error: unknown) => {
      // A pass that a full disk ends is told to the owner, who tries again later.
      if (!(error instanceof AppError)) this.#fail(error)
    })
  }

  /** What the engine itself calls a bug is one. */
  #log(process: SimProcess): Log {
    return (level, message, fields) => {
      const text = `${message} ${JSON.stringify(fields ?? {})}`
      if (level === 'error' && process.isAlive && !text.includes('Killed'))
        this.#computer.verdict.broken('bug', text)
    }
  }

  #fail(error: unknown): void {
    if (error instanceof Killed) return
    this.#computer.verdict.broken('bug', describe(error))
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
