import type { Examination, ExamineRequest } from './examine.ts'
import type { IntakeDeps } from './intake-deps.ts'

/**
 * Examines a file; whatever goes wrong with it (a thread that died of it, a bug) is that file's trouble and is logged,
 * so that it can never keep the others from being looked at.
 */
export async function examineSafely(
  deps: Pick<IntakeDeps, 'examiner' | 'log'>,
  request: ExamineRequest,
): Promise<Examination> {
  try {
    return await deps.examiner.examine(request)
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    deps.log('error', 'a file could not be examined', { file: request.path, detail })
    return { kind: 'notNow', code: 'trouble', detail }
  }
}
