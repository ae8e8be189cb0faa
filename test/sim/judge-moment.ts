import { candidateKind } from '../../electron/formats/candidate-name.ts'
import type { Computer } from './computer.ts'
import type { RunningMusette } from './musette.ts'
import type { ToldFolder } from './owner.ts'

/** Looks at what Musette tells while it runs, not only at the end. */
export class MomentJudge {
  readonly #computer: Computer
  /** Since when each candidate lies where it lies, and since when each ride is told to be on its way. */
  readonly #thereSince = new Map<string, number>()
  readonly #uploadingSince = new Map<string, number>()

  constructor(computer: Computer) {
    this.#computer = computer
  }

  look(musette: RunningMusette | null, told: ReadonlyMap<string, ToldFolder>): void {
    for (const { folder } of this.#computer.plan.sources)
      this.#lookAtFolder(folder, musette, told.get(folder))
    if (musette?.process.isAlive === true) this.#lookAtUploads(musette)
  }

  /** P7: what has lain there in peace for long enough has an entry. */
  #lookAtFolder(folder: string, musette: RunningMusette | null, told: ToldFolder | undefined): void {
    const { disk, scheduler, book, verdict } = this.#computer
    const there = new Set(
      disk.names
        .below(folder)
        .filter(path => disk.file(path) !== null && candidateKind(nameOf(path)) !== null),
    )
    for (const path of this.#thereSince.keys())
      if (path.startsWith(`${folder}/`) && !there.has(path)) this.#thereSince.delete(path)
    for (const path of there) {
      const sinceMs = this.#thereSince.get(path) ?? scheduler.steadyMs
      this.#thereSince.set(path, sinceMs)
      if (musette === null || (told?.doneMs ?? null) === null || disk.absences.has(folder)) continue
      if (!book.isFairSince(sinceMs)) continue
      const row = musette.parts.ledger.files.byPath(path)
      if (row === null) verdict.broken('P7 not noticed', path)
      else if (!row.isPresent) verdict.broken('P7 told as gone', path)
    }
  }

  /** P7: what is told to be on its way is. */
  #lookAtUploads({ parts }: RunningMusette): void {
    const { scheduler, book, service, verdict, plan } = this.#computer
    const uploading = new Set(parts.ledger.recordings.inState('uploading').map(row => row.sha256))
    for (const sha256 of this.#uploadingSince.keys())
      if (!uploading.has(sha256)) this.#uploadingSince.delete(sha256)
    for (const sha256 of uploading) {
      const sinceMs = this.#uploadingSince.get(sha256) ?? scheduler.steadyMs
      this.#uploadingSince.set(sha256, sinceMs)
      const last = service.record.requests.findLast(
        request => request.externalId === `musette-${sha256.slice(0, 32)}`,
      )
      if (last?.outcome.kind === 'open') continue
      const lastMs = last === undefined ? 0 : last.atMs - plan.startMs
      if (book.isFairSince(Math.max(sinceMs, lastMs)))
        verdict.broken('P7 stays uploading', sha256.slice(0, 8))
    }
  }
}

/** The files of a folder that are there and that Musette tells as present. P10: its being away changes none of them. */
export function presentIn({ ledgerFile, disk }: Computer, folder: string): readonly string[] {
  const { database } = ledgerFile
  if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'files'").get() === undefined) return []
  return database
    .prepare('SELECT path FROM files WHERE is_present = 1')
    .all()
    .map(row => String(row['path']))
    .filter(path => path.startsWith(`${folder}/`) && disk.file(path) !== null)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
