import { basename, join } from 'node:path'
import type { FileRow } from '../ledger/files.ts'
import type { RecordingRow } from '../ledger/recordings.ts'

/** Where a file lies. The ledger names a stand-in from the home on, so that a home may be moved. */
export function shownPath(file: Pick<FileRow, 'path' | 'isStandIn'>, archiveFolder: string): string {
  return file.isStandIn ? join(archiveFolder, ...file.path.split('/').slice(1)) : file.path
}

/** A file's name as people know it: a stand-in goes by the name its ride had. */
export function shownName(
  file: Pick<FileRow, 'path' | 'isStandIn'>,
  recording: Pick<RecordingRow, 'baseName' | 'format'> | null,
): string {
  return file.isStandIn && recording !== null
    ? `${recording.baseName}.${recording.format}`
    : basename(file.path)
}

/** The hash in the name of an archived copy; null for any other name. */
export function archivedHash(path: string): string | null {
  return /^([0-9a-f]{64})\.(?:fit|tcx|gpx)\.gz$/.exec(basename(path))?.[1] ?? null
}
