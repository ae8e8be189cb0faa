import { isAbsolute } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import { errorText } from '../../../shared/error-text.ts'
import type { FolderPreview } from '../../../shared/window-data.ts'
import { glimpseRides } from '../../formats/glance.ts'
import { isInBackfill } from '../activities/backfill.ts'
import { examineSafely } from '../activities/examine-safely.ts'
import { leftOut, scanFolder, type Candidate } from '../activities/scan-folder.ts'
import { stagingName } from '../activities/staging-name.ts'
import { isStillToSend } from '../activities/take-recording.ts'
import { isLedgerTrouble } from '../ledger/ledger-trouble.ts'
import type { EngineParts } from '../engine-parts.ts'
import { freeFolder } from './manage-sources.ts'
import { realTrainerFolders } from './real-trainer-folders.ts'
import { assertSeenWhole } from './take-baseline.ts'

const dayMs = 86_400_000
const windowsInDays = [7, 30, 90, 365]
/** A folder that takes longer to list is shown without numbers. */
const longestScanMs = 20_000
/** For so long files are proved; then, for as long again, only their beginnings are read. */
const proofBudgetMs = 3_000
const glancesAtOnce = 8

interface FoundRide {
  readonly startTime: string | null
  readonly mtimeMs: number
  /** False for one that Musette has sent, or has been told to leave. */
  readonly isToSend: boolean
}

/**
 * What adding a folder would mean, by the same rules as adding it: `within` counts what a backfill of so many days
 * would send of the rides that are whole now. Nothing is changed or kept. Rejects only when the signal aborts.
 */
export async function previewFolder(
  parts: EngineParts,
  named: string,
  signal: AbortSignal,
): Promise<FolderPreview> {
  try {
    if (!isAbsolute(named)) {
      throw new AppError(
        'folder-refused',
        'Give the whole path of a folder, from its drive or root on.',
        'give-up',
      )
    }
    const { folder } = await freeFolder(parts, named)
    const candidates = await listCandidates(parts, folder, signal)
    if (candidates === null) return { ...empty(folder), isPartial: true }
    const look = new FolderLook(parts)
    const isWhole = await look.at(candidates, signal)
    return summary(folder, look.rides(), parts.clock.now(), !isWhole)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError) || isLedgerTrouble(error)) throw error
    return { ...empty(named), refusal: errorText(error, 'window') }
  }
}

function empty(folder: string): FolderPreview {
  return summary(folder, [], 0, false)
}

function summary(
  folder: string,
  rides: readonly FoundRide[],
  nowMs: number,
  isPartial: boolean,
): FolderPreview {
  const newest = rides.reduce((latest, ride) => Math.max(latest, momentOf(ride)), Number.NEGATIVE_INFINITY)
  const within = windowsInDays.map(days => {
    const backfill = { kind: 'since', at: new Date(nowMs - days * dayMs).toISOString() } as const
    const wanted = rides.filter(ride => ride.isToSend && isInBackfill(backfill, ride.startTime, ride.mtimeMs))
    return { days, rides: wanted.length }
  })
  const newestAt = Math.abs(newest) < 8.64e15 ? new Date(newest).toISOString() : null
  return { folder, refusal: null, rides: rides.length, newestAt, within, isPartial }
}

function momentOf(ride: FoundRide): number {
  return ride.startTime === null ? ride.mtimeMs : Date.parse(ride.startTime)
}

/** Newest first, so that a look cut short has seen what matters most; null when the listing takes too long. */
async function listCandidates(
  parts: EngineParts,
  folder: string,
  signal: AbortSignal,
): Promise<readonly Candidate[] | null> {
  const tooLong = new AbortController()
  const done = new AbortController()
  void parts.clock.sleep(longestScanMs, done.signal).then(() => tooLong.abort())
  try {
    const isLeftOut = leftOut(parts.disk, await realTrainerFolders(parts))
    const scan = await scanFolder(parts.disk, folder, isLeftOut, AbortSignal.any([signal, tooLong.signal]))
    assertSeenWhole(scan)
    return scan.candidates.toSorted((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
  } catch (error) {
    if (tooLong.signal.aborted && !signal.aborted && !(error instanceof AppError)) return null
    throw error
  } finally {
    done.abort()
  }
}

/** Looks into files and keeps what rides there are; the same ride in two files is one. */
class FolderLook {
  readonly #parts: EngineParts
  readonly #rides = new Map<string, FoundRide>()
  #isWhole = true

  constructor(parts: EngineParts) {
    this.#parts = parts
  }

  rides(): readonly FoundRide[] {
    return [...this.#rides.values()]
  }

  /** True when every file was looked at. */
  async at(candidates: readonly Candidate[], signal: AbortSignal): Promise<boolean> {
    const queue = [...candidates]
    const { examiner } = this.#parts
    await this.#each(queue, examiner.width, signal, candidate => this.#prove(candidate))
    await this.#each(queue, glancesAtOnce, signal, candidate => this.#glance(candidate))
    return this.#isWhole && queue.length === 0
  }

  async #each(
    queue: Candidate[],
    width: number,
    signal: AbortSignal,
    look: (candidate: Candidate) => Promise<void>,
  ): Promise<void> {
    const { clock } = this.#parts
    const deadline = clock.monotonic() + proofBudgetMs
    const work = async (): Promise<void> => {
      while (clock.monotonic() < deadline) {
        signal.throwIfAborted()
        const next = queue.shift()
        if (next === undefined) return
        await look(next)
      }
    }
    await Promise.all(Array.from({ length: width }, work))
  }

  async #prove({ path, stat }: Candidate): Promise<void> {
    const { intake, ledger } = this.#parts
    const found = await examineSafely(intake, {
      ...{ path, stagingFolder: intake.folders.staging, stagingName: stagingName() },
      ...{ keepStaged: false, isForced: false },
    })
    if (found.kind !== 'examined') {
      this.#isWhole = false
      return
    }
    for (const { proof, sha256 } of found.items) {
      if (proof.kind !== 'activity' || sha256 === null || intake.isOwnWorkout(sha256)) continue
      const { startTime } = proof.facts
      const isToSend = isStillToSend(ledger.recordings.byHash(sha256))
      this.#keep(sha256, { startTime, mtimeMs: stat.mtimeMs, isToSend })
    }
  }

  async #glance({ path, stat }: Candidate): Promise<void> {
    try {
      const file = await this.#parts.disk.openRead(path)
      try {
        for (const [place, { startTime }] of (await glimpseRides(file)).entries()) {
          this.#keep(`${path}\n${place}`, { startTime, mtimeMs: stat.mtimeMs, isToSend: true })
        }
      } finally {
        await file.close()
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.#isWhole = false
    }
  }

  #keep(key: string, ride: FoundRide): void {
    const known = this.#rides.get(key)
    if (known === undefined || known.mtimeMs < ride.mtimeMs) this.#rides.set(key, ride)
  }
}
