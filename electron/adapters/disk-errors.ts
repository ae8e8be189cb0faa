import { AppError, type ErrorCode, type Recovery } from '../../shared/app-error.ts'

/** The `code` of a Node system error, or ''. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

const translations: Readonly<Record<string, readonly [ErrorCode, Recovery]>> = {
  ENOENT: ['missing', 'retry'],
  ENOTDIR: ['missing', 'retry'],
  // What a stick that was pulled, or a share that went away, answers.
  ENODEV: ['missing', 'retry'],
  ENXIO: ['missing', 'retry'],
  ESTALE: ['missing', 'retry'],
  ENOTCONN: ['missing', 'retry'],
  EACCES: ['unreadable', 'retry'],
  EPERM: ['unreadable', 'retry'],
  EBUSY: ['busy', 'retry'],
  EAGAIN: ['busy', 'retry'],
  ETXTBSY: ['busy', 'retry'],
  EEXIST: ['exists', 'give-up'],
  ENOSPC: ['disk-full', 'retry'],
  EDQUOT: ['disk-full', 'retry'],
  EROFS: ['unreadable', 'give-up'],
}

/** Turns what Node throws about a file into an AppError that names it. */
export function diskError(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error
  const system = systemCode(error)
  const [code, recovery] = translations[system] ?? ['disk-error', 'retry']
  return new AppError(code, `${system || 'unknown error'}: ${file}`, recovery, { cause: error, file })
}
