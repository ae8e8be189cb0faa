import type { SourceStatus, StatusReport, TrainerStatus, Trouble } from '../../shared/reports.ts'
import type { Settings, Source } from '../../shared/settings.ts'
import { activityStates, type ActivityState } from '../../shared/states.ts'
import { AppError } from '../../shared/app-error.ts'
import { errorText } from '../../shared/error-text.ts'
import { mayArchive } from '../sync/activities/free-space.ts'
import type { Ledger } from '../sync/ledger/ledger.ts'
import { countStates } from '../sync/overview.ts'
import type { Disk } from '../sync/ports/disk.ts'
import { backfillText } from '../sync/view/folder-views.ts'
import { overallState } from '../sync/view/overall-state.ts'
import { unreadableFiles } from '../sync/view/unreadable-files.ts'
import { listManifest } from '../sync/workouts/workout-manifest.ts'
import { version } from './version.ts'

export interface StatusInput {
  readonly home: string
  readonly settings: Settings
  readonly ledger: Ledger | null
  readonly disk: Disk
  readonly isWorking: boolean
  /** What the running engine knows to be wrong now. */
  readonly troubles: readonly Trouble[]
  readonly nowMs: number
}

const none = Object.fromEntries(activityStates.map(state => [state, 0])) as Record<ActivityState, number>

/** What `musette status` shows. Looks at the folders, asks nobody outside. */
export async function makeStatus(input: StatusInput): Promise<StatusReport> {
  const { settings, ledger } = input
  const counts = ledger === null ? none : countStates(ledger)
  const sources = await Promise.all(settings.sources.map(source => sourceStatus(input, source)))
  const trainers = await Promise.all(settings.trainers.map(trainer => trainerStatus(input, trainer.id)))
  const lastSyncMs = ledger?.meta.readNumber('last-sync-at') ?? null
  const dueMs = ledger?.recordings.nextDueAt(settings.sources.map(source => source.id)) ?? null
  // A wait that the service asked for holds everything.
  const nextMs = dueMs === null ? null : Math.max(dueMs, ledger?.meta.readNumber('paused-until') ?? 0)
  const folderTroubles = [...sources, ...trainers].flatMap(folder => trouble(folder) ?? [])
  // The folders were just looked at: what an earlier look said of them no longer counts.
  const known = input.troubles.filter(
    one => one.code !== 'folder-missing' && one.code !== 'folder-unreadable',
  )
  const errors = [
    ...known.filter(one => !folderTroubles.some(folder => folder.file === one.file)),
    ...folderTroubles,
    ...(known.some(one => one.code === 'disk-full') ? [] : await diskTroubles(input)),
  ]
  return {
    version,
    home: input.home,
    account:
      settings.account === null ? null : { id: settings.account.athleteId, name: settings.account.name },
    state: overallState({
      settings,
      isWorking: input.isWorking,
      counts,
      unreadableCount: ledger === null ? 0 : unreadableFiles(ledger.db, input.nowMs).length,
      troubles: errors,
      nowMs: input.nowMs,
    }),
    counts,
    sources,
    trainers,
    lastSyncAt: lastSyncMs === null ? null : new Date(lastSyncMs).toISOString(),
    nextAttemptAt: nextMs === null || nextMs === 0 ? null : new Date(nextMs).toISOString(),
    errors,
  }
}

/** Looked up anew: on a full disk the ledger could not even be told of it. */
async function diskTroubles({ disk, home, settings, ledger }: StatusInput): Promise<readonly Trouble[]> {
  const hasSources = ledger !== null && settings.sources.length > 0
  try {
    if (!hasSources || (await mayArchive(disk, home, settings.keepFree))) return []
  } catch (error) {
    // A home that can't be looked at is trouble that others tell of.
    if (error instanceof AppError) return []
    throw error
  }
  const full = new AppError('disk-full', 'no room for a copy', 'retry')
  return [{ code: full.code, message: errorText(full), file: null }]
}

async function folderHealth(
  disk: Disk,
  folder: string,
): Promise<'watching' | 'missing' | 'unreadable' | 'empty'> {
  try {
    if ((await disk.realPath(folder)) === null) return 'missing'
    return (await disk.list(folder)).length === 0 ? 'empty' : 'watching'
  } catch {
    return 'unreadable'
  }
}

async function sourceStatus(input: StatusInput, source: Source): Promise<SourceStatus> {
  const { id, name, folder, isPaused } = source
  return {
    ...{ id, name, folder, isPaused, backfill: backfillText(source) },
    health: await folderHealth(input.disk, folder),
    files: input.ledger?.files.ofSource(id).length ?? 0,
  }
}

async function trainerStatus(input: StatusInput, trainerId: string): Promise<TrainerStatus> {
  const trainer = input.settings.trainers.find(candidate => candidate.id === trainerId)
  if (trainer === undefined) throw new TypeError(`no trainer ${trainerId}`)
  const health = await folderHealth(input.disk, trainer.folder)
  const written = input.ledger === null ? [] : listManifest(input.ledger.db)
  return {
    ...trainer,
    health: health === 'empty' ? 'watching' : health,
    workouts: written.filter(entry => entry.trainerId === trainerId && entry.state === 'written').length,
  }
}

function trouble(folder: SourceStatus | TrainerStatus): Trouble | null {
  if (folder.health === 'missing') {
    return { code: 'folder-missing', message: `${folder.name}'s folder is not there.`, file: folder.folder }
  }
  if (folder.health === 'unreadable') {
    return {
      code: 'folder-unreadable',
      message: `${folder.name}'s folder can't be read.`,
      file: folder.folder,
    }
  }
  return null
}
