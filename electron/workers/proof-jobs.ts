import type { WireError } from '../host/app-error-wire.ts'
import type { ArchiveRequest } from '../sync/activities/archive.ts'
import type { Examination, ExamineRequest } from '../sync/activities/examine.ts'

export type ProofJob =
  | { readonly kind: 'examine'; readonly request: ExamineRequest }
  | { readonly kind: 'archive'; readonly request: ArchiveRequest }

export type ProofAnswer =
  | { readonly kind: 'examined'; readonly examination: Examination }
  | { readonly kind: 'archived' }
  | { readonly kind: 'failed'; readonly error: WireError }
  /** A bug, with its stack, for the log. */
  | { readonly kind: 'broken'; readonly message: string }
