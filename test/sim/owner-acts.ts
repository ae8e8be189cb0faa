import { basename } from 'node:path'
import { keepVerdicts } from '../../electron/sync/activities/keep-verdicts.ts'
import { findFile, ignoreFile, retryFile, uploadAnyway } from '../../electron/sync/folders/file-requests.ts'
import { pauseSource, removeSource } from '../../electron/sync/folders/manage-sources.ts'
import { Overview } from '../../electron/sync/overview.ts'
import { actionsFor } from '../../electron/sync/view/file-actions.ts'
import { AppError } from '../../shared/app-error.ts'
import type { FileEntry } from '../../shared/reports.ts'
import type { Computer } from './computer.ts'
import type { RunningMusette } from './musette.ts'
import type { Owner } from './owner.ts'
import type { Trouble } from './plan.ts'
import { Killed } from './process.ts'

type OwnerAct = Extract<
  Trouble,
  { kind: 'pause source' | 'pause all' | 'remove source' | 'copied folder' | 'ask' }
>

/** How long a person waits before trying again. */
const patienceMs = 10_000

/** Plays the acts of the owner that go through Musette itself. */
export class OwnerActs {
  readonly #computer: Computer
  readonly #owner: Owner
  readonly #running: () => RunningMusette | null

  constructor(computer: Computer, owner: Owner, running: () => RunningMusette | null) {
    this.#computer = computer
    this.#owner = owner
    this.#running = running
  }

  /** Resolves when it is over, ends of pauses included. */
  async play(act: OwnerAct): Promise<void> {
    const { scheduler, book } = this.#computer
    await scheduler.task(`the owner: ${act.kind}`, act.atMs)
    // From the first word until the last one was heard nobody can say what Musette should have done.
    book.hold()
    await this.#do(act)
    book.release()
  }

  async #do(act: OwnerAct): Promise<void> {
    const { scheduler, ownerBook } = this.#computer
    switch (act.kind) {
      case 'pause source': {
        const folder = this.#folder(act.source)
        await this.#untilHeard(musette => this.#pauseSource(musette, folder, true))
        ownerBook.hold(folder)
        await scheduler.task('the owner resumes', act.forMs)
        ownerBook.resume(folder)
        await this.#untilHeard(musette => this.#pauseSource(musette, folder, false))
        return
      }
      case 'pause all': {
        await this.#untilHeard(async ({ parts }) => {
          const at = new Date(this.#computer.wallClock.nowMs + act.forMs).toISOString()
          const pause = act.isTimed ? ({ kind: 'until', at } as const) : ({ kind: 'untilResumed' } as const)
          await parts.settings.update(before => ({ ...before, pause }))
        })
        const isClockSet = this.#computer.plan.troubles.some(trouble => trouble.kind === 'clock')
        // A pause until a time of day ends when the clock says so.
        const isKnown = !act.isTimed || !isClockSet
        const release = isKnown ? ownerBook.hold(null, act.isTimed ? act.forMs - 1000 : undefined) : null
        await scheduler.task('the owner resumes', act.forMs)
        release?.()
        if (act.isTimed && !isClockSet) return
        ownerBook.resume(null)
        await this.#untilHeard(async ({ parts }) => {
          await parts.settings.update(before => ({ ...before, pause: { kind: 'none' } }))
        })
        return
      }
      case 'remove source': {
        const folder = this.#folder(act.source)
        this.#owner.forget(folder, act.backfill)
        ownerBook.resume(folder)
        await this.#untilHeard(async ({ parts }) => {
          const source = parts.settings.current().sources.find(one => one.folder === folder)
          if (source !== undefined) await removeSource(parts, source.id)
        })
        await scheduler.task('the owner adds it again', act.backAfterMs)
        await this.#untilHeard(musette => this.#owner.addAgain(musette, folder))
        return
      }
      case 'copied folder': {
        while (this.#running() === null) await scheduler.task('the owner waits', patienceMs)
        const copy = this.#copyOf(this.#folder(act.source))
        await this.#untilHeard(musette => this.#owner.addCopy(musette, copy))
        return
      }
      case 'ask':
        await this.#ask(act.what, act.atMs)
    }
  }

  #folder(source: number): string {
    return this.#computer.plan.sources[source]?.folder ?? '/rides-1'
  }

  async #pauseSource({ parts }: RunningMusette, folder: string, isPaused: boolean): Promise<void> {
    const source = parts.settings.current().sources.find(one => one.folder === folder)
    if (source === undefined) throw new AppError('unknown-item', folder, 'give-up')
    await pauseSource(parts, source.id, isPaused)
  }

  /** Says it again until a Musette that lives answers that it is done. */
  async #untilHeard(work: (musette: RunningMusette) => Promise<void>): Promise<void> {
    while (!(await this.#once(work))) await this.#computer.scheduler.task('the owner waits', patienceMs)
  }

  /** Says it once; false when Musette did not run, refused, or ended on the way. */
  async #once(work: (musette: RunningMusette) => Promise<void>): Promise<boolean> {
    const musette = this.#running()
    if (musette === null || !musette.process.isAlive) return false
    const say = async (): Promise<boolean> => {
      try {
        await work(musette)
        await keepVerdicts(musette.parts)
        musette.wake()
        return true
      } catch (error) {
        if (error instanceof AppError || error instanceof Killed) return false
        throw error
      }
    }
    return Promise.race([say(), this.#death(musette)])
  }

  async #death({ process }: RunningMusette): Promise<false> {
    while (process.isAlive) await this.#computer.scheduler.task('the owner looks on', patienceMs)
    return false
  }

  /** About one of the files for which Musette offers it. */
  async #ask(what: 'ignore' | 'retry' | 'anyway', atMs: number): Promise<void> {
    const musette = this.#running()
    if (musette === null || !musette.process.isAlive) return
    const { ledger, clock } = musette.parts
    const action = what === 'anyway' ? 'uploadAnyway' : what
    const offered = new Overview(ledger, clock.now(), true)
      .files()
      .filter(entry => actionsFor(entry.state, entry.reasonCode).includes(action))
    if (offered.length === 0) return
    const entry = this.#computer.random.fork(`ask ${atMs}`).pick(offered)
    const { ownerBook, scheduler } = this.#computer
    for (const sha256 of hashesOf(entry)) {
      ownerBook.touched.add(sha256)
      ownerBook.ignored.delete(sha256)
    }
    ownerBook.touchedPaths.add(entry.path)
    if (what === 'anyway') ownerBook.hasAskedAnyway = true
    const isDone = await this.#once(async ({ parts }) => {
      const file = findFile(ledger, entry.path, '/')
      if (what === 'ignore') ignoreFile(parts, file)
      else if (what === 'retry') retryFile(parts, file)
      else await uploadAnyway(parts, file)
    })
    if (!isDone) return
    for (const { sha256 } of ledger.files.contents(findFile(ledger, entry.path, '/').id)) {
      if (sha256 === null) continue
      const state = ledger.recordings.byHash(sha256)?.state
      if (what === 'ignore' && state === 'ignored') ownerBook.ignored.set(sha256, scheduler.steadyMs)
      if (what === 'anyway') {
        ownerBook.anyway.add(sha256)
        ownerBook.onceAnyway.add(sha256)
      } else ownerBook.anyway.delete(sha256)
    }
  }

  /** Whole rides of a folder, copied as they are into a new one. */
  #copyOf(folder: string): string {
    const { disk, book, ownerBook, ledgerFile } = this.#computer
    const copy = folder.replace('rides', 'copy')
    disk.makeOldFolder(copy)
    for (const ride of book.rides) {
      const file = ride.path === null || ride.wholeAtMs === null ? null : disk.file(ride.path)
      if (ride.path === null || file === null || !ride.path.startsWith(`${folder}/`)) continue
      disk.act(copy, { kind: 'write', path: basename(ride.path), at: 0, bytes: Uint8Array.from(file.bytes) })
      const known = ledgerFile.database.prepare('SELECT 1 FROM recordings WHERE sha256 = ?').get(ride.sha256)
      // Met here first, it was there when this folder was added.
      if (known === undefined) ownerBook.touched.add(ride.sha256)
    }
    return copy
  }
}

function hashesOf(entry: FileEntry): readonly string[] {
  return [entry, ...(entry.entries ?? [])].flatMap(one => one.sha256 ?? [])
}
