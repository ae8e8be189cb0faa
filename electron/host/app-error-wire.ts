import { AppError, type ErrorCode, type Recovery } from '../../shared/app-error.ts'

/** An AppError as it crosses a thread or a socket. Nothing in it is secret. */
export interface WireError {
  readonly code: ErrorCode
  readonly message: string
  readonly recovery: Recovery
  readonly file: string | null
  readonly isForeignPage?: boolean
}

export function toWire(error: AppError): WireError {
  const { code, message, recovery, file, isForeignPage } = error
  return { code, message, recovery, file, ...(isForeignPage ? { isForeignPage } : {}) }
}

export function fromWire(error: WireError): AppError {
  return new AppError(error.code, error.message, error.recovery, {
    ...(error.file === null ? {} : { file: error.file }),
    ...(error.isForeignPage === true ? { isForeignPage: true } : {}),
  })
}
