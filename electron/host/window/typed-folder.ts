import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'

/**
 * A folder as a person types it: blanks around it are taken off, `~` is their home. Throws `bad-usage` for one that
 * does not begin at the root: a window stands in no folder that it could be meant from.
 */
export function typedFolder(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw bad('No folder was given.')
  if (trimmed.includes('\0')) throw bad('A folder has no such character in its name.')
  const folder = /^~(?=$|[/\\])/.test(trimmed) ? join(homedir(), trimmed.slice(1)) : trimmed
  if (!isAbsolute(folder)) throw bad(`"${trimmed}" is not a whole path: write it from the root on.`)
  return folder
}

function bad(message: string): AppError {
  return new AppError('bad-usage', message, 'give-up')
}
