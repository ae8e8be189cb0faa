import { AppError } from '../../../shared/app-error.ts'
import { errorText } from '../../../shared/error-text.ts'
import type { RequestError, Result } from '../../../shared/ipc-contract.ts'
import type { Log } from '../../sync/ports/log.ts'

const bugText = 'Something went wrong inside Musette. Nothing was lost; details are in the log.'

/** A request's work as a Result; never rejects. Expected trouble is told in words, a bug is logged with its stack. */
export async function toResult<T>(name: string, work: () => Promise<T>, log: Log): Promise<Result<T>> {
  try {
    return { kind: 'ok', value: await work() }
  } catch (error) {
    return { kind: 'failed', error: requestError(name, error, log) }
  }
}

function requestError(name: string, error: unknown, log: Log): RequestError {
  if (error instanceof AppError) {
    const { code, recovery, file } = error
    return { code, recovery, file, message: errorText(error, 'window') }
  }
  // What was asked is named, never with what: an argument may be a key.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log('error', 'a request of the window failed', { request: name, stack })
  return { code: 'internal', recovery: 'give-up', file: null, message: bugText }
}
