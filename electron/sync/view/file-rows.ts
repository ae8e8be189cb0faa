import { basename, dirname } from 'node:path'
import { reasonText } from '../../../shared/reasons.ts'
import type { Source } from '../../../shared/settings.ts'
import type { FileRowView } from '../../../shared/window-data.ts'
import { offersReadablePart } from '../activities/completeness.ts'
import { numberOf, textOrNull } from '../ledger/columns.ts'
import type { FileRow } from '../ledger/files.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ActionFacts } from './file-actions.ts'
import { shownName } from './stand-in-names.ts'
import { FileTeller, isOpenedArchive, type Told } from './tell-file.ts'

/** What is told of one file: its whole, and each of its contents. */
export interface ToldFile {
  readonly file: FileRow
  readonly whole: Told
  readonly contents: readonly Told[]
  readonly facts: ActionFacts
}

/** Reads files for the window, as of one moment. */
export class FileRows {
  readonly #ledger: Ledger
  readonly #teller: FileTeller
  readonly #names: ReadonlyMap<string, string>

  constructor(ledger: Ledger, sources: readonly Source[], nowMs: number) {
    this.#ledger = ledger
    this.#teller = new FileTeller(ledger, nowMs)
    this.#names = new Map(sources.map(source => [source.id, source.name]))
  }

  /** The rows of these files, in their order; an id that is not known is left out. */
  rows(ids: readonly number[]): readonly FileRowView[] {
    return ids.flatMap(id => {
      const told = this.tell(id)
      return told === null ? [] : [this.row(told)]
    })
  }

  /** Null when no file has this id. */
  tell(id: number): ToldFile | null {
    const { files, recordings } = this.#ledger
    const file = files.byId(id)
    if (file === null) return null
    const contents = this.#teller.contents(file, files.contents(id), sha256 => recordings.byHash(sha256))
    const rides = contents.flatMap(item => item.recording ?? [])
    const facts = {
      isPresent: file.isPresent,
      isKept: rides.length > 0 && rides.every(ride => ride.isArchived),
      hasReadablePart: contents.some(item => offersReadablePart(item.reason)),
    }
    return { file, contents, facts, whole: this.#teller.whole(file, contents) }
  }

  row({ file, whole, contents }: ToldFile): FileRowView {
    const isZip = isOpenedArchive(file)
    // What one ride of several is like says nothing of the file.
    const recording = isZip ? null : whole.recording
    const next = this.#teller.nextAttemptMs(whole.recording)
    return {
      fileId: file.id,
      name: shownName(file, recording),
      sourceName:
        this.#names.get(file.sourceId) ?? (file.isStandIn ? 'Archive' : basename(dirname(file.path))),
      state: whole.state,
      reasonCode: whole.reason.code,
      reason: this.reasonOf(file, whole),
      startTime: recording?.startTime ?? null,
      durationS: recording?.durationS ?? null,
      distanceM: recording?.distanceM ?? null,
      activityIds: contents.flatMap(item => item.recording?.activityIds ?? []),
      bytes: file.size,
      sourceId: file.sourceId,
      isStandIn: file.isStandIn,
      inside: isZip ? contents.length : null,
      nextAttemptAt: next === null ? null : isoWithin(next),
      ...this.#listed(file),
    }
  }

  /** The sentence for one thing told of a file. */
  reasonOf(file: FileRow, told: Told): string {
    const next = this.#teller.nextAttemptMs(told.recording)
    return reasonText(told.reason, { ...this.#teller.reasonContext(file, next), voice: 'window' })
  }

  #listed(file: FileRow): Pick<FileRowView, 'at' | 'sport'> {
    const row = this.#ledger.db.get('SELECT sort_at, sport FROM file_list WHERE file_id = ?', file.id)
    return {
      at: isoWithin(row === null ? file.mtimeMs : numberOf(row, 'sort_at')),
      sport: row === null ? null : textOrNull(row, 'sport'),
    }
  }
}

const lastMs = 253_402_300_799_999 // the end of the year 9999

/** A file's time may be anything; a date has four digits for its year. */
function isoWithin(ms: number): string {
  return new Date(Math.min(Math.max(0, ms), lastMs)).toISOString()
}
