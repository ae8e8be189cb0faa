import { basename, resolve } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import { reason } from '../../../shared/reasons.ts'
import type { Backfill, Settings, Source } from '../../../shared/settings.ts'
import type { SourceChange } from '../../../shared/window-data.ts'
import { changeRecording } from '../activities/change-recording.ts'
import { refusal } from '../activities/folder-rules.ts'
import { setFileState } from '../activities/set-file-state.ts'
import { archiveSourceId } from '../activities/upload-queue.ts'
import type { EngineParts } from '../engine-parts.ts'
import { sourcesWithOpenEnds } from '../ledger/open-ends.ts'
import { realTrainerFolders } from './real-trainer-folders.ts'
import { takeBaseline } from './take-baseline.ts'

/** The real path of a folder the user named. Throws `folder-refused` where there is none. */
export async function realFolder(parts: EngineParts, folder: string): Promise<string> {
  const real = await parts.disk.realPath(folder)
  if (real === null) {
    const message = `There is no folder ${folder}. Check its name, plug it in or mount it.`
    throw new AppError('folder-refused', message, 'give-up', { file: folder })
  }
  const stat = await parts.disk.stat(real)
  if (stat?.kind !== 'folder') {
    throw new AppError('folder-refused', `${folder} is not a folder.`, 'give-up', { file: folder })
  }
  return real
}

/** A folder that may become a source, as named and as it really lies. Throws `folder-refused`. */
export async function freeFolder(
  parts: EngineParts,
  named: string,
): Promise<{ readonly folder: string; readonly real: string }> {
  const folder = resolve(named)
  const real = await realFolder(parts, folder)
  const others: string[] = []
  for (const source of parts.settings.current().sources) {
    others.push((await parts.disk.realPath(source.folder).catch(() => null)) ?? source.folder)
  }
  const home = (await parts.disk.realPath(parts.folders.home)) ?? parts.folders.home
  const why = refusal(real, { home, sources: others, backups: [] })
  if (why !== null) {
    throw new AppError('folder-refused', `${folder} can't be a source: ${why}.`, 'give-up', { file: folder })
  }
  return { folder, real }
}

/** Adds a folder to watch, takes its baseline, and answers the new source. The settings are written last. */
export async function addSource(
  parts: EngineParts,
  wanted: { readonly folder: string; readonly backfill: Backfill; readonly name: string | null },
  signal: AbortSignal,
): Promise<Source> {
  const { folder } = await freeFolder(parts, wanted.folder)
  const settings = parts.settings.current()
  // The number is taken first: rows that a killed baseline leaves must not meet another folder under it.
  const id = `s${settings.nextId}`
  await parts.settings.update(before => ({ ...before, nextId: before.nextId + 1 }))
  const source: Source = {
    id,
    name: wanted.name ?? basename(folder),
    folder,
    backfill: wanted.backfill,
    baselineAt: new Date(parts.clock.now()).toISOString(),
    isPaused: false,
    sameRide: 'upload',
  }
  await takeBaseline(parts.intake, source, await realTrainerFolders(parts), signal)
  // A FULL commit, which makes safe all that the baseline noted: a power cut that left the settings and took the notes
  // would make every old ride look new.
  parts.ledger.meta.write('last-baseline', source.id)
  await parts.settings.update(before => ({
    ...before,
    sources: [...before.sources, source],
  }))
  return source
}

function assertSource(settings: Settings, id: string): void {
  if (settings.sources.some(source => source.id === id)) return
  throw new AppError('unknown-item', `There is no source ${id}. See: musette source list`, 'give-up')
}

/** Forgets a source: its unsent recordings are ignored, what is archived stays, its files are not touched. */
export async function removeSource(parts: EngineParts, id: string): Promise<void> {
  assertSource(parts.settings.current(), id)
  await parts.settings.update(before => ({
    ...before,
    sources: before.sources.filter(source => source.id !== id),
  }))
  parts.healths.delete(id)
  // After a scan of it that is under way, which would leave more behind.
  await parts.intakeTurn.take(() => {
    letGo(parts, id)
    return Promise.resolve()
  })
}

/**
 * Ends what sources leave that are in the ledger and not in the settings: killed while one was being added or removed,
 * nobody would look at it again, and it would wait for good. Settings that know nothing yet prove nothing.
 */
export function letGoOfUnknown(parts: EngineParts): void {
  const { account, sources } = parts.settings.current()
  if (account === null && sources.length === 0) return
  const known = new Set([...sources.map(source => source.id), archiveSourceId])
  for (const id of sourcesWithOpenEnds(parts.ledger.db)) if (!known.has(id)) letGo(parts, id)
}

/** Ends what a removed source leaves: its unsent recordings, unless another source has them too, and its files. */
function letGo(parts: EngineParts, id: string): void {
  const { ledger, clock } = parts
  const left = new Set(parts.settings.current().sources.map(source => source.id))
  for (const recording of ledger.recordings.unsentOf(id)) {
    // A copy of it that arrived in another source goes on being wanted there.
    const heir = ledger.files
      .holding(recording.sha256)
      .find(file => left.has(file.sourceId) && file.isPresent && file.origin !== 'old')
    if (heir === undefined) changeRecording(ledger, recording.sha256, { kind: 'sourceRemoved' }, clock.now())
    else ledger.recordings.setOrigin(recording.sha256, recording.origin, heir.sourceId)
  }
  // Files that never became a ride would otherwise wait, or ask for a word, for good.
  const why = reason('source-removed')
  for (const file of ledger.files.ofSource(id)) {
    if (file.state !== 'waiting' && file.state !== 'held') continue
    const rides = ledger.files
      .contents(file.id)
      .filter(content => content.sha256 !== null && ledger.recordings.byHash(content.sha256) !== null)
    if (file.isExamined && !file.isArchive && rides.length > 0) continue
    setFileState(ledger, file, 'ignored', why, clock.now(), { checkAtMs: null, isExamined: false })
  }
}

/** Changes what is given and leaves the rest. What is held or finished stays so: a new policy is for rides to come. */
export async function changeSource(parts: EngineParts, id: string, change: SourceChange): Promise<void> {
  assertSource(parts.settings.current(), id)
  await parts.settings.update(before => ({
    ...before,
    sources: before.sources.map(source => (source.id === id ? { ...source, ...change } : source)),
  }))
}

/** Stops or resumes a source's scans and its queue. */
export function pauseSource(parts: EngineParts, id: string, isPaused: boolean): Promise<void> {
  return changeSource(parts, id, { isPaused })
}
