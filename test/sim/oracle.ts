import { Overview } from '../../electron/sync/overview.ts'
import { archivedHash } from '../../electron/sync/view/stand-in-names.ts'
import type { FileEntry } from '../../shared/reports.ts'
import { readTroubles } from '../../electron/sync/known-troubles.ts'
import { candidateKind } from '../../electron/formats/candidate-name.ts'
import { home, type Computer } from './computer.ts'
import { isElsewhere } from './judge-same-ride.ts'
import { judgeBudgets, judgeIgnored, judgeTroubles } from './judge-owner.ts'
import { judgeWaits } from './judge-waits.ts'
import { trainerTroubles } from './judge-trainer.ts'
import type { RunningMusette } from './musette.ts'
import type { ToldFolder } from './owner.ts'
import type { BookedRide } from './ride-book.ts'

type Told = ReadonlyMap<string, ToldFolder>

/** What must have become of a ride. */
type Due =
  /** It has to be at the service. */
  | 'sent'
  /** It may be there, and need not. */
  | 'may'
  /** It was there before its folder was told, and stays untouched. */
  | 'left'

function dueOf(computer: Computer, told: Told, ride: BookedRide): Due {
  const source = computer.plan.sources[ride.source]
  const folder = source === undefined ? undefined : told.get(source.folder)
  if (ride.wholeAtMs === null || source === undefined || folder === undefined) return 'may'
  const { anyway, touched, touchedPaths } = computer.ownerBook
  if (anyway.has(ride.sha256)) return 'sent'
  if (touched.has(ride.sha256) || (ride.path !== null && touchedPaths.has(ride.path))) return 'may'
  const isKept = ride.path !== null || ride.wasFair
  if (folder.isAgain && (folder.doneMs === null || ride.wholeAtMs <= folder.doneMs)) return 'may'
  if (folder.backfill === 'all') return isKept && folder.doneMs !== null ? 'sent' : 'may'
  if (folder.doneMs === null || ride.wholeAtMs <= folder.doneMs) {
    const wasThere = ride.wholeAtMs < folder.fromMs && ride.path !== null && !folder.wasAway
    return wasThere ? 'left' : 'may'
  }
  return isKept ? 'sent' : 'may'
}

function isSent(computer: Computer, sha256: string): boolean {
  return computer.service.record.uploads.some(upload => upload.sha256 === sha256)
}

function isAnswered({ service }: Computer, sha256: string): boolean {
  return service.record.verdictsOf(sha256).includes('nothing-made')
}

/** A ride that ended otherwise, where people can see it and read why. */
function isExplained(computer: Computer, entries: ReadonlyMap<string, FileEntry>, ride: BookedRide): boolean {
  const entry = entries.get(ride.sha256)
  const verdicts = computer.service.record.verdictsOf(ride.sha256)
  if (entry === undefined || entry.reason === '') return false
  switch (entry.state) {
    case 'rejected':
      return verdicts.includes('refused')
    case 'held':
      if (computer.hasLostLedger) return true
      // The service may have answered the shorter one and made nothing of it.
      if (entry.reasonCode === 'longer-version')
        return ride.earlier.some(sha256 => isSent(computer, sha256) || isAnswered(computer, sha256))
      if (entry.reasonCode === 'same-ride')
        return mayBeElsewhere(computer, ride) && isElsewhere(computer, entry)
      return verdicts.includes('nothing-made') || verdicts.includes('key-refused')
    case 'alreadyThere':
      return (
        entry.reasonCode === 'had-it-already' &&
        mayBeElsewhere(computer, ride) &&
        isElsewhere(computer, entry)
      )
    case 'tooOld':
      return computer.hasLostLedger
    case 'ignored':
      return (
        entry.reasonCode === 'source-removed' &&
        computer.plan.troubles.some(
          trouble => trouble.kind === 'remove source' && trouble.source === ride.source,
        )
      )
    default:
      return false
  }
}

/** Another app has rides, and this folder's are not to go beside them. */
function mayBeElsewhere({ plan }: Computer, ride: BookedRide): boolean {
  return plan.service.othersChance > 0 && plan.sources[ride.source]?.sameRide !== 'upload'
}

/** All that Musette tells of its files, by the recording's hash; entries of zips on their own. */
function entriesOf(musette: RunningMusette): readonly FileEntry[] {
  const { ledger, clock } = musette.parts
  return new Overview(ledger, clock.now(), true).files()
}

function byHash(entries: readonly FileEntry[]): ReadonlyMap<string, FileEntry> {
  const all = entries.flatMap(entry => [entry, ...(entry.entries ?? [])])
  return new Map(all.flatMap(entry => (entry.sha256 === null ? [] : [[entry.sha256, entry]])))
}

/** True when everything that has to happen has happened. */
export function isSettled(computer: Computer, told: Told, musette: RunningMusette | null): boolean {
  if (musette === null) return false
  const { plan, book } = computer
  if (plan.sources.some(source => (told.get(source.folder)?.doneMs ?? null) === null)) return false
  const { ledger } = musette.parts
  const isBusy = (['queued', 'retrying', 'uploading'] as const).some(
    state => ledger.recordings.inState(state).length > 0,
  )
  if (isBusy) return false
  if (readTroubles(ledger).length > 0) return false
  if (plan.trainer !== null && !isTrainerInOrder(computer, told)) return false
  const missing = book.rides.filter(
    ride => dueOf(computer, told, ride) === 'sent' && !isSent(computer, ride.sha256),
  )
  if (missing.length === 0) return true
  const entries = byHash(entriesOf(musette))
  return missing.every(ride => isExplained(computer, entries, ride))
}

/** Holds the end of a run against the promises. */
export function judgeEnd(computer: Computer, told: Told, musette: RunningMusette | null): void {
  const { verdict } = computer
  if (musette === null) {
    verdict.broken('stuck', 'Musette does not run at the end')
    return
  }
  const entries = entriesOf(musette)
  judgeRides(computer, told, byHash(entries))
  judgeUploads(computer)
  judgeFiles(computer, entries)
  judgeArchive(computer, musette, byHash(entries))
  judgeHome(computer)
  judgeIgnored(computer, byHash(entries))
  judgeTroubles(computer, musette)
  judgeBudgets(computer)
  judgeWaits(computer)
  computer.trainer.judge()
  if (isTold(told, computer.trainerFolder))
    for (const trouble of trainerTroubles(computer)) verdict.broken(...trouble)
}

function isTold(told: Told, folder: string): boolean {
  return (told.get(folder)?.doneMs ?? null) !== null
}

function isTrainerInOrder(computer: Computer, told: Told): boolean {
  return isTold(told, computer.trainerFolder) && trainerTroubles(computer).length === 0
}

function judgeRides(computer: Computer, told: Told, entries: ReadonlyMap<string, FileEntry>): void {
  for (const ride of computer.book.rides) {
    const due = dueOf(computer, told, ride)
    const what = `${ride.recorder} (key ${ride.key}) ${ride.sha256.slice(0, 8)}`
    const entry = entries.get(ride.sha256)
    const shown = entry === undefined ? 'not listed' : `${entry.state}: ${entry.reason}`
    if (due === 'left' && isSent(computer, ride.sha256)) computer.verdict.broken('P3 flooded', what)
    if (due === 'sent' && !isSent(computer, ride.sha256) && !isExplained(computer, entries, ride))
      computer.verdict.broken('P4 lost', `${what} is ${shown}`)
    if (!isSent(computer, ride.sha256)) continue
    if (entry === undefined) {
      computer.verdict.broken('P7 not listed', `${what} was sent`)
      continue
    }
    // Its folder was removed, or it was spoken about, while nobody knew whether the service had it.
    const folder = computer.plan.sources[ride.source]?.folder ?? ''
    if (told.get(folder)?.isAgain === true || computer.ownerBook.touched.has(ride.sha256)) continue
    if (!['uploaded', 'alreadyThere'].includes(entry.state) && !computer.hasLostLedger)
      computer.verdict.broken('P7 wrong state', `${what} was sent and is ${shown}`)
  }
}

function judgeUploads(computer: Computer): void {
  const { service, verdict } = computer
  const made = new Map<string, number>()
  for (const upload of service.record.uploads) {
    if (upload.wasKnownBefore) continue
    made.set(upload.sha256, (made.get(upload.sha256) ?? 0) + 1)
    const wanted = `musette-${upload.sha256.slice(0, 32)}`
    if (upload.externalId !== wanted) verdict.broken('P3 external id', String(upload.externalId))
  }
  for (const [sha256, times] of made)
    if (times > 1) verdict.broken('P4 twice', `${sha256.slice(0, 8)} was made ${times} times`)
  const most = service.record.mostWithin(1000)
  if (most > 10) verdict.broken('P5 too many requests', `${most} in a second`)
}

/** P7: each candidate in a folder has a state and a reason. */
function judgeFiles(computer: Computer, entries: readonly FileEntry[]): void {
  const known = new Map(entries.map(entry => [entry.path, entry]))
  for (const { folder } of computer.plan.sources) {
    for (const path of computer.disk.names.below(folder)) {
      const name = path.slice(path.lastIndexOf('/') + 1)
      if (computer.disk.file(path) === null || candidateKind(name) === null) continue
      const entry = known.get(path)
      if (entry === undefined) computer.verdict.broken('P7 unknown file', path)
      else if (entry.reason === '') computer.verdict.broken('P7 no reason', path)
    }
  }
}

/** P7: what lies in the archive is listed, whatever became of its file; a part that went on growing is told with the whole. */
function judgeArchive(
  { disk, verdict }: Computer,
  { parts }: RunningMusette,
  entries: ReadonlyMap<string, FileEntry>,
): void {
  for (const path of disk.names.below(`${home}/archive`)) {
    const sha256 = archivedHash(path)
    if (sha256 === null || entries.has(sha256)) continue
    const known = parts.ledger.recordings.byHash(sha256)
    // Archived by a process that ended right then: the ledger never heard of it.
    if (known === null || known.reason.code === 'superseded') continue
    verdict.broken('P7 not listed', `${sha256.slice(0, 8)} in the archive is ${known.state}`)
  }
}

function judgeHome(computer: Computer): void {
  const { disk, verdict, ledgerFile } = computer
  const left = disk.names.below(`${home}/staging`)
  if (left.length > 0) verdict.broken('leftovers', `${left.length} staging files`)
  const check = ledgerFile.database.prepare('PRAGMA integrity_check').get()
  if (check?.['integrity_check'] !== 'ok') verdict.broken('ledger damaged', JSON.stringify(check))
}
