import type { ArchiveRequest } from '../activities/archive.ts'
import type { Examination, ExamineRequest } from '../activities/examine.ts'

/** Reads, proves, hashes and archives, away from whoever asks (a pool of worker threads, or in place). */
export interface Examiner {
  examine(request: ExamineRequest): Promise<Examination>
  /** Throws AppErrors as archiveRecording does. */
  archive(request: ArchiveRequest): Promise<void>
  /** How many may run at once. */
  readonly width: number
}
