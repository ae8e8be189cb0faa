import { join } from 'node:path'
import { AppError } from '../../shared/app-error.ts'
import { reason } from '../../shared/reasons.ts'
import type { Source } from '../../shared/settings.ts'
import type { RecordingFormat } from '../formats/proof.ts'
import { isInBackfill } from './activities/backfill.ts'
import { changeRecording } from './activities/change-recording.ts'
import { examineSafely } from './activities/examine-safely.ts'
import { readVerdict, verdictPath } from './activities/keep-verdicts.ts'
import { parseVerdict } from './activities/kept-verdict.ts'
import { setFileState } from './activities/set-file-state.ts'
import { stagingName } from './activities/staging-name.ts'
import type { ContentRow } from './ledger/files.ts'
import { listOf } from './ledger/columns.ts'
import type { Ledger } from './ledger/ledger.ts'
import { isLedgerTrouble } from './ledger/ledger-trouble.ts'
import type { RecordingRow } from './ledger/recordings.ts'
import { unknownYet } from './ledger/schema.ts'
import { realTrainerFolders } from './folders/real-trainer-folders.ts'
import { leftOut, scanFolder } from './activities/scan-folder.ts'
import type { EngineParts } from './engine-parts.ts'

/**
 * Fills a fresh ledger after the old one was lost: every archived ride is known again and is looked up before it is
 * sent, unless a verdict beside it says otherwise; what else lies in the folders is left as it was before its folder was added, or held for the user's word.
 * Nothing found here is sent unasked, so a lost ledger never floods the calendar. What is left to do is in the ledger
 * itself: a rebuild that was killed goes on, and a folder that is away now is read when it returns.
 * Answers true when a lost ledger was found.
 */
export async function rebuildIfLost(parts: EngineParts, signal: AbortSignal): Promise<boolean> {
  const { account, sources } = parts.settings.current()
  if (leftToRebuild(parts.ledger).includes(unknownYet)) {
    const isNewHome = account === null && sources.length === 0
    writeLeft(parts.ledger, isNewHome ? [] : [archivePart, ...sources.map(source => source.id)])
  }
  noteLostBaselines(parts.ledger, sources)
  const left = leftToRebuild(parts.ledger)
  if (left.length === 0) return false
  const isLost = left.includes(archivePart)
  if (isLost) {
    for (const file of await archivedFiles(parts)) {
      signal.throwIfAborted()
      await knowArchived(parts, file)
    }
    holdShorterVersions(parts)
    writeLeft(parts.ledger, without(leftToRebuild(parts.ledger), archivePart))
  }
  for (const source of sources) await rebuildFolder(parts, source, signal)
  return isLost
}

/**
 * Does what a rebuild left to do for a source; nothing when there is no such thing. Until it is done, its files must
 * not be taken in: they would all look new. Answers why it cannot be done now, or null.
 */
export async function rebuildFolder(
  parts: EngineParts,
  source: Source,
  signal: AbortSignal,
): Promise<AppError | null> {
  if (!leftToRebuild(parts.ledger).includes(source.id)) return null
  try {
    await knowFolder(parts, source, signal)
    writeLeft(parts.ledger, without(leftToRebuild(parts.ledger), source.id))
    return null
  } catch (error) {
    if (!(error instanceof AppError) || isLedgerTrouble(error)) throw error
    const { code } = error
    parts.log('warn', 'a folder could not be read for the rebuild', { folder: source.folder, code })
    return error
  }
}

/**
 * Finds folders of the settings whose baseline the ledger does not have, though it was flushed before them: a disk that
 * lies about flushes has lost it, and without it every old ride would look new. Ids of folders rise.
 */
function noteLostBaselines(ledger: Ledger, sources: readonly Source[]): void {
  const place = (id: string): number => Number(/^s(\d{1,9})$/.exec(id)?.[1] ?? 0)
  const newest = Math.max(0, ...sources.map(source => place(source.id)))
  const last = ledger.meta.read('last-baseline')
  if (newest <= (last === null ? 0 : place(last))) return
  const isLost = ({ id }: Source): boolean =>
    last === null ? ledger.files.ofSource(id).length === 0 : place(id) > place(last)
  const lost = sources.filter(isLost).map(source => source.id)
  ledger.db.transaction('full', () => {
    writeLeft(ledger, [...new Set([...leftToRebuild(ledger), ...lost])])
    ledger.meta.write('last-baseline', `s${newest}`)
  })
}

const archivePart = 'archive'

const heldForTheUser = { state: 'held', reason: reason('after-rebuild') } as const

function leftToRebuild(ledger: Ledger): readonly string[] {
  return listOf(ledger.meta.read('to-rebuild') ?? '[]', 'to-rebuild')
}

function writeLeft(ledger: Ledger, left: readonly string[]): void {
  ledger.meta.write('to-rebuild', left.length === 0 ? null : JSON.stringify(left))
}

function without(left: readonly string[], done: string): readonly string[] {
  return left.filter(part => part !== done)
}

/** Of several archived rides with one start all but the longest may be parts that were given up: the user decides. */
function holdShorterVersions(parts: EngineParts): void {
  const { ledger, clock } = parts
  const longest = new Map<string, RecordingRow>()
  for (const recording of ledger.recordings.inState('retrying').toSorted((a, b) => b.bytes - a.bytes)) {
    if (recording.startTime === null) continue
    if (!longest.has(recording.startTime)) longest.set(recording.startTime, recording)
    else
      changeRecording(
        ledger,
        recording.sha256,
        { kind: 'heldBack', why: reason('after-rebuild') },
        clock.now(),
      )
  }
}

interface ArchivedFile {
  readonly path: string
  readonly sha256: string
  readonly format: RecordingFormat
}

async function archivedFiles(parts: EngineParts): Promise<readonly ArchivedFile[]> {
  const found: ArchivedFile[] = []
  for (const shard of await parts.disk.list(parts.folders.archive)) {
    if (shard.kind !== 'folder') continue
    const folder = join(parts.folders.archive, shard.name)
    for (const entry of await parts.disk.list(folder)) {
      const [, sha256, format] = /^([0-9a-f]{64})\.(fit|tcx|gpx)\.gz$/.exec(entry.name) ?? []
      if (sha256 === undefined || (format !== 'fit' && format !== 'tcx' && format !== 'gpx')) continue
      found.push({ path: join(folder, entry.name), sha256, format })
    }
  }
  return found
}

async function knowArchived(parts: EngineParts, file: ArchivedFile): Promise<void> {
  const { ledger, clock } = parts
  const found = await examineSafely(parts.intake, {
    ...{ path: file.path, stagingFolder: parts.folders.staging, stagingName: stagingName() },
    ...{ keepStaged: false, isForced: true },
  })
  const item = found.kind === 'examined' ? found.items[0] : undefined
  if (item?.sha256 !== file.sha256 || item.bytes === null || item.proof.kind === 'notActivity') {
    parts.log('warn', 'an archived copy is damaged and was left out of the rebuild', { file: file.path })
    return
  }
  const facts = item.proof.kind === 'activity' ? item.proof.facts : item.proof.readable
  if (facts === null) return
  const why = reason('outcome-unknown')
  const at = clock.now()
  const { sha256, format } = file
  const text = await readVerdict(parts.disk, verdictPath(parts.folders.archive, sha256))
  ledger.db.transaction('full', () => {
    if (ledger.recordings.byHash(sha256) !== null) return
    ledger.recordings.insert(
      {
        ...{
          sha256,
          format,
          bytes: item.bytes ?? 0,
          baseName: sha256.slice(0, 16),
          facts,
          sourceId: 'archive',
        },
        ...{ origin: 'new', isArchived: true, state: 'retrying', reason: why },
      },
      at,
    )
    if (text === null) {
      // Sent or not, nobody here knows: the service is asked first.
      changeRecording(ledger, sha256, { kind: 'interrupted' }, at)
      return
    }
    const verdict = parseVerdict(text) ?? { ...heldForTheUser, activityIds: [] }
    const change = { ...verdict, nextAttemptAtMs: null, mustLookUp: false, failures: 0 }
    ledger.recordings.change(sha256, change, at)
    ledger.history.add({ sha256 }, { atMs: at, state: verdict.state, reason: verdict.reason })
  })
}

/** Rides of a folder that are not archived: old where they were there at its baseline, else held. */
async function knowFolder(parts: EngineParts, source: Source, signal: AbortSignal): Promise<void> {
  const { ledger, clock } = parts
  const isLeftOut = leftOut(parts.disk, await realTrainerFolders(parts))
  const scan = await scanFolder(parts.disk, source.folder, isLeftOut, signal)
  // What cannot be seen now would all look new once it can be: the folder stays to be rebuilt until then.
  const missed = scan.missedFolders.find(path => !path.includes('\uFFFD'))
  if (missed !== undefined) {
    throw new AppError('unreadable', `${missed} can't be read`, 'retry', { file: missed })
  }
  for (const candidate of scan.candidates) {
    signal.throwIfAborted()
    if (ledger.files.byPath(candidate.path) !== null) continue
    const found = await examineSafely(parts.intake, {
      ...{ path: candidate.path, stagingFolder: parts.folders.staging, stagingName: stagingName() },
      ...{ keepStaged: false, isForced: false },
    })
    if (found.kind !== 'examined') {
      if (found.code === 'missing') continue
      // A file that is being written is new; one that cannot be read was there all the same.
      const origin = found.code === 'busy' || found.code === 'changing' ? 'new' : 'old'
      ledger.files.insert(
        source.id,
        candidate.path,
        candidate.stat,
        origin,
        clock.now(),
        reason('not-looked-at'),
      )
      continue
    }
    // Not whole now: it is new whenever it becomes so, and the next scan meets it. Whole rides beside it are known.
    const isWhole = found.items.every(
      item => item.proof.kind === 'activity' || item.proof.kind === 'notActivity',
    )
    const at = clock.now()
    const { mtimeMs } = found.stat
    ledger.db.transaction('normal', () => {
      const file = ledger.files.insert(
        source.id,
        candidate.path,
        found.stat,
        isWhole ? 'old' : 'new',
        at,
        reason('not-looked-at'),
      )
      const contents = found.items.flatMap((item, position): ContentRow[] => {
        if (item.proof.kind !== 'activity' || item.sha256 === null || item.bytes === null) return []
        const { sha256, bytes, baseName, entry } = item
        const { format, facts } = item.proof
        const start = facts.startTime
        const wasThere =
          Math.max(mtimeMs, start === null ? 0 : Date.parse(start)) < Date.parse(source.baselineAt) &&
          !isInBackfill(source.backfill, start, mtimeMs)
        const state = wasThere ? 'tooOld' : 'held'
        const why = reason(wasThere ? 'before-baseline' : 'after-rebuild')
        if (ledger.recordings.byHash(sha256) === null) {
          const origin = wasThere ? 'old' : 'new'
          ledger.recordings.insert(
            {
              sha256,
              bytes,
              baseName,
              format,
              facts,
              sourceId: source.id,
              origin,
              isArchived: false,
              state,
              reason: why,
            },
            at,
          )
          ledger.history.add({ sha256 }, { atMs: at, state, reason: why })
        } else {
          ledger.recordings.setOrigin(sha256, 'new', source.id)
        }
        return [{ position, entry, sha256, bytes, state, reason: why }]
      })
      if (contents.length === 0 || !isWhole) return
      ledger.files.setContents(file.id, contents)
      const first = contents[0]
      setFileState(ledger, file, first?.state ?? 'held', first?.reason ?? reason('after-rebuild'), at, {
        ...{ checkAtMs: null, isExamined: true, isArchive: found.isZip },
      })
    })
  }
}
