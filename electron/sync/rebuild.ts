import { join } from 'node:path'
import { AppError } from '../../shared/app-error.ts'
import { reason } from '../../shared/reasons.ts'
import type { Source } from '../../shared/settings.ts'
import type { RecordingFormat } from '../formats/proof.ts'
import { isInBackfill } from './activities/backfill.ts'
import { changeRecording } from './activities/change-recording.ts'
import { setFileState } from './activities/set-file-state.ts'
import { stagingName } from './activities/staging-name.ts'
import type { ContentRow } from './ledger/files.ts'
import { scanFolder } from './activities/scan-folder.ts'
import type { EngineParts } from './engine-parts.ts'

/**
 * Fills a fresh ledger after the old one was lost: every archived ride is known again and is looked up before it is
 * sent; what else lies in the folders is left as it was before its folder was added, or held for the user's word.
 * Nothing found here is sent unasked, so a lost ledger never floods the calendar.
 */
export async function rebuildLedger(parts: EngineParts, signal: AbortSignal): Promise<void> {
  const { settings } = parts
  for (const file of await archivedFiles(parts)) {
    signal.throwIfAborted()
    await knowArchived(parts, file)
  }
  for (const source of settings.current().sources) {
    try {
      await knowFolder(parts, source, signal)
    } catch (error) {
      // An unplugged folder: what it holds is met at the next scan, and known by its hash if it was archived.
      if (!(error instanceof AppError)) throw error
      parts.log('warn', 'a folder could not be read for the rebuild', {
        folder: source.folder,
        code: error.code,
      })
    }
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
  const found = await parts.examiner.examine({
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
    // Sent or not, nobody here knows: the service is asked first.
    changeRecording(ledger, sha256, { kind: 'interrupted' }, at)
  })
}

/** Rides of a folder that are not archived: old where they were there at its baseline, else held. */
async function knowFolder(parts: EngineParts, source: Source, signal: AbortSignal): Promise<void> {
  const { ledger, clock } = parts
  const scan = await scanFolder(parts.disk, source.folder, () => Promise.resolve(false), signal)
  for (const candidate of scan.candidates) {
    const found = await parts.examiner.examine({
      ...{ path: candidate.path, stagingFolder: parts.folders.staging, stagingName: stagingName() },
      ...{ keepStaged: false, isForced: false },
    })
    // Not whole now: it is new whenever it becomes so, and the next scan meets it.
    if (
      found.kind !== 'examined' ||
      found.items.some(item => item.proof.kind !== 'activity' && item.proof.kind !== 'notActivity')
    )
      continue
    const at = clock.now()
    const { mtimeMs } = found.stat
    ledger.db.transaction('normal', () => {
      const file = ledger.files.insert(
        source.id,
        candidate.path,
        found.stat,
        'old',
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
      if (contents.length === 0) return
      ledger.files.setContents(file.id, contents)
      const first = contents[0]
      setFileState(ledger, file, first?.state ?? 'held', first?.reason ?? reason('after-rebuild'), at, {
        ...{ checkAtMs: null, isExamined: true, isArchive: found.isZip },
      })
    })
  }
}
