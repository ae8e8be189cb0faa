import { sameSteps, type WorkoutSteps } from '../../formats/workout/workout-steps.ts'
import type { FolderFile, FolderSnapshot, ManifestFile } from './plan-types.ts'

/** What became of a file we wrote: still ours, changed by someone (or never ours), or no longer there. */
export type FileStatus = 'ours' | 'changed' | 'gone'

export type RowWithStatus = ManifestFile & { readonly status: FileStatus }

export function withStatus(
  manifest: readonly ManifestFile[],
  folder: FolderSnapshot,
): readonly RowWithStatus[] {
  const files = new Map(folder.files.map(file => [file.name.toLowerCase(), file]))
  return manifest.map(row => ({ ...row, status: statusOf(row, files.get(row.fileName.toLowerCase())) }))
}

/** Is this file what we wrote? By its bytes, or, where the trainer rewrites what it accepts, by what it asks for. */
export function statusOf(
  row: Pick<ManifestFile, 'sha256' | 'workout'>,
  file: FolderFile | undefined,
): FileStatus {
  if (file === undefined) return 'gone'
  if (file.kind !== 'file') return 'changed'
  if (file.sha256 === row.sha256) return 'ours'
  return isRewriteOf(row.workout, file.workout) ? 'ours' : 'changed'
}

export function isGone(row: RowWithStatus): boolean {
  return row.status === 'gone'
}

/**
 * Could a program have made `now` of `ours` by saving it its own way? The same steps; the same name, but for what an
 * encoding may spoil; and no text for the rider that we did not write: that would be the user's own work.
 */
function isRewriteOf(ours: WorkoutSteps | null, now: WorkoutSteps | null): boolean {
  if (ours === null || now === null || ours.steps.length === 0 || !sameSteps(ours, now)) return false
  const texts = new Set(ours.cues.map(cue => plain(cue.text)))
  return plain(ours.name ?? '') === plain(now.name ?? '') && now.cues.every(cue => texts.has(plain(cue.text)))
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
}
