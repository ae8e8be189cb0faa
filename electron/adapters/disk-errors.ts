import { constants } from 'node:os'
import { AppError, type ErrorCode, type Recovery } from '../../shared/app-error.ts'

/**
 * The `code` of a Node system error, or ''. Node has no name for some that disks answer with, a quota or a stale share
 * among them, and calls them "Unknown system error -122": these get their names here.
 */
export function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const number = /^Unknown system error -(\d+)$/.exec(code)?.[1]
  return number === undefined ? code : (unnamed.get(Number(number)) ?? code)
}

const { EDQUOT, ENOLINK, ESTALE } = constants.errno
const unnamed = new Map([
  [EDQUOT, 'EDQUOT'],
  [ENOLINK, 'ENOLINK'],
  [ESTALE, 'ESTALE'],
])

const translations: Readonly<Record<string, readonly [ErrorCode, Recovery]>> = {
  ENOENT: ['missing', 'retry'],
  ENOTDIR: ['missing', 'retry'],
  // What a stick that was pulled, or a share that went away, answers.
  ENODEV: ['missing', 'retry'],
  ENXIO: ['missing', 'retry'],
  ESTALE: ['missing', 'retry'],
  ENOLINK: ['missing', 'retry'],
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

/** As `diskError`, for a folder that was to be made: where a file lies in its place, that is what must be mended. */
export function folderError(error: unknown, folder: string): AppError {
  if (systemCode(error) !== 'EEXIST') return diskError(error, folder)
  const message = `${folder} is no folder. Move away what lies there: Musette makes the folder itself.`
  return new AppError('folder-refused', message, 'give-up', { cause: error, file: folder })
}
