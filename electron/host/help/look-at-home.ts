import { existsSync, readFileSync } from 'node:fs'
import { AppError } from '../../../shared/app-error.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Voice } from '../../../shared/voice.ts'
import type { Finding } from '../../../shared/window-data.ts'
import { systemMounts } from '../../adapters/mounts.ts'
import { nodeDisk } from '../../adapters/node-disk.ts'
import { readSettings } from '../../adapters/settings-file.ts'
import { hasRoom } from '../../sync/activities/free-space.ts'
import { homeFolders } from '../home.ts'
import { openLedgerToRead } from '../open-ledger.ts'
import { markUnfit } from '../unfit-ledger.ts'
import { version } from '../version.ts'
import { fine, hint, wrong } from './finding.ts'
import { findingTexts, type FindingTexts } from './finding-texts.ts'
import { misplaced } from './look-at-places.ts'

export interface LookJob {
  readonly home: string
  readonly voice: Voice
}

/** In two parts: what is told of the account stands between them. */
export interface HomeFindings {
  readonly records: readonly Finding[]
  readonly surroundings: readonly Finding[]
}

/**
 * Looks at settings, ledger, disk, folders and watcher limits: reads much, and holds its thread up for as long as a large
 * ledger takes. Nothing is changed; a ledger found damaged is marked, for the next start. Throws what reading the settings throws.
 */
export async function lookAtHome({ home, voice }: LookJob): Promise<HomeFindings> {
  const texts = findingTexts(voice)
  const folders = homeFolders(home)
  const { settings } = readSettings(folders.settings)
  return {
    records: [
      fine('version', `Musette ${version} on Node ${process.versions.node}, ${process.platform}`),
      existsSync(folders.settings) ? fine('settings', folders.settings) : hint('settings', texts.noSettings),
      ledgerFinding(folders.ledger, texts),
      ...misplaced(folders),
    ],
    surroundings: [
      await diskFinding(settings, existsSync(folders.profile) ? folders.profile : process.cwd()),
      ...(await folderFindings(settings, texts)),
      ...watcherFindings(texts),
    ],
  }
}

function ledgerFinding(path: string, texts: FindingTexts): Finding {
  try {
    const ledger = openLedgerToRead(path)
    if (ledger === null) return hint(texts.ledger, texts.noLedger)
    const verdict = String(Object.values(ledger.db.get('PRAGMA integrity_check(1)') ?? {})[0])
    ledger.db.close()
    if (verdict === 'ok') return fine(texts.ledger, 'whole')
    // The checks at a start are quicker and may miss it.
    markUnfit(path, `integrity check: ${verdict}`)
    return wrong(texts.ledger, texts.ledgerDamaged(verdict))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return wrong(texts.ledger, texts.ledgerTrouble(error))
  }
}

async function diskFinding(settings: Settings, folder: string): Promise<Finding> {
  const space = await nodeDisk().space(folder)
  const free = `${(space.freeBytes / 1e9).toFixed(1)} GB free`
  if (hasRoom(space, settings.keepFree)) return fine('disk', free)
  return wrong('disk', `${free}: too little, nothing more is archived or sent. Free some space.`)
}

async function folderFindings(settings: Settings, texts: FindingTexts): Promise<readonly Finding[]> {
  const disk = nodeDisk()
  const mounts = systemMounts()
  const findings: Finding[] = []
  for (const folder of [...settings.sources, ...settings.trainers]) {
    const subject = texts.folder(folder)
    try {
      const real = await disk.realPath(folder.folder)
      if (real === null) {
        findings.push(
          wrong(subject, `${folder.folder} is not there. Plug it in or mount it, or remove it from Musette.`),
        )
        continue
      }
      const entries = await disk.list(real)
      const place = await mounts.placeOf(real)
      const how = place === 'local' ? 'watched' : `${place}, looked at every 5 s`
      findings.push(fine(subject, `${folder.folder}: ${entries.length} entries, ${how}`))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      findings.push(wrong(subject, texts.error(error)))
    }
  }
  return findings
}

/** Below this many watches a large folder can run out of them (Linux only). */
const fewWatches = 16_384

function watcherFindings(texts: FindingTexts): readonly Finding[] {
  const limitFile = '/proc/sys/fs/inotify/max_user_watches'
  if (process.platform !== 'linux' || !existsSync(limitFile)) return []
  const limit = Number(readFileSync(limitFile, 'utf8'))
  if (limit >= fewWatches) return [fine('watcher', `up to ${limit} folders can be watched`)]
  return [hint('watcher', texts.fewWatches(limit))]
}
