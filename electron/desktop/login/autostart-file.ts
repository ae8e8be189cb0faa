import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { StartupView } from '../../../shared/app-snapshot.ts'
import { diskError } from '../../adapters/disk-errors.ts'
import { autostartEntry, canBeStarted, execText, readEntry, type StartCommand } from './desktop-entry.ts'

/** Where a Linux desktop looks for what it starts at login (XDG Desktop Application Autostart Specification). */
export function autostartPath(env: NodeJS.ProcessEnv, userHome: string): string {
  const given = env['XDG_CONFIG_HOME'] ?? ''
  // A relative one is to be ignored (XDG Base Directory Specification).
  const config = isAbsolute(given) ? given : join(userHome, '.config')
  return join(config, 'autostart', 'musette.desktop')
}

/** What the entry truly does, read back from the disk. `isWanted`: the user has switched it on here. */
export function readAutostart(path: string, command: StartCommand, isWanted: boolean): StartupView {
  if (!canBeStarted(command)) return { kind: 'unavailable', why: unwritable(command) }
  const text = readText(path)
  if (text === null)
    return isWanted ? broken('Its autostart entry was removed. Switch it on again.') : { kind: 'off' }
  const entry = readEntry(text)
  if (!entry.isOurs) return { kind: 'unavailable', why: foreign(path) }
  if (entry.isHidden) {
    return isWanted
      ? broken('It was switched off outside Musette. Switch it on again here.')
      : { kind: 'off' }
  }
  if (entry.exec !== execText(command))
    return broken('Its autostart entry was altered. Switch it on again to mend it.')
  if (entry.tryExec !== null && !isProgram(entry.tryExec)) {
    return broken(`Its autostart entry points to nothing: ${entry.tryExec}. Switch it on again.`)
  }
  return { kind: 'on' }
}

/**
 * Writes or removes the entry and answers what is so then. A file of that name that is not Musette's is never touched.
 * Throws the disk's AppErrors.
 */
export function writeAutostart(path: string, command: StartCommand, isOn: boolean): StartupView {
  if (isOn && !canBeStarted(command)) return { kind: 'unavailable', why: unwritable(command) }
  const text = readText(path)
  const isForeign = text !== null && !readEntry(text).isOurs
  if (isForeign) return isOn ? { kind: 'unavailable', why: foreign(path) } : { kind: 'off' }
  try {
    if (isOn) writeWhole(path, autostartEntry(command))
    else rmSync(path, { force: true })
  } catch (error) {
    throw diskError(error, path)
  }
  return readAutostart(path, command, isOn)
}

function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${process.pid}.tmp`
  // Flushed: a power cut that left an empty one would make it look like another program's, for good.
  writeFileSync(temporary, text, { mode: 0o644, flush: true })
  renameSync(temporary, path)
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw diskError(error, path)
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function broken(why: string): StartupView {
  return { kind: 'broken', why }
}

function foreign(path: string): string {
  return `Another program's entry is in the way: ${path}. Musette leaves it alone; remove it to use this.`
}

function unwritable({ program }: StartCommand): string {
  return `An autostart entry can't name this path: ${program}. Move Musette to a folder without "=" in its name.`
}
