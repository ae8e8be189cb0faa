import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/app-error.ts'
import { newSettings, parseSettings, type Settings } from '../../shared/settings.ts'
import type { Disk } from '../sync/ports/disk.ts'
import type { SettingsStore } from '../sync/ports/settings-store.ts'
import { diskError, systemCode } from './disk-errors.ts'
import { nodeDisk } from './node-disk.ts'

/** What was found when the settings were read. */
export interface SettingsRead {
  readonly settings: Settings
  /** True when settings.json was damaged and the last good copy was taken. */
  readonly isFromLastGood: boolean
}

/** Far more than any settings take; whatever is larger was not written by Musette. */
const mostBytes = 16 * 1024 * 1024

/** How settings are read. */
interface SettingsReader {
  exists(file: string): boolean
  text(file: string): string
}

const lastGood = (path: string): string => `${path}.last-good`

/**
 * Reads settings.json, or its last good copy when it is damaged; fresh settings where neither exists.
 * Throws `settings-damaged` when neither can be read, and `settings-newer`.
 */
export function readSettings(path: string, from: SettingsReader = realFiles): SettingsRead {
  const read = (file: string): Settings => {
    try {
      return parseSettings(from.text(file))
    } catch (error) {
      if (error instanceof AppError) throw error
      // A socket can't even be opened.
      throw systemCode(error) === 'ENXIO' ? damaged('settings.json is no file') : diskError(error, file)
    }
  }
  const copy = lastGood(path)
  if (!from.exists(path)) {
    if (from.exists(copy)) return { settings: read(copy), isFromLastGood: true }
    return { settings: newSettings(randomUUID()), isFromLastGood: false }
  }
  try {
    return { settings: read(path), isFromLastGood: false }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'settings-damaged' || !from.exists(copy)) throw error
    return { settings: read(copy), isFromLastGood: true }
  }
}

/** The text of a plain file. A folder, a pipe or a device in its place counts as damage, and keeps nobody waiting. */
function plainText(path: string): string {
  const handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) throw damaged('settings.json is no file')
    if (stat.size > mostBytes) throw damaged('settings.json is larger than any settings are')
    // Some editors put a byte order mark in front of what they save.
    return readFileSync(handle, 'utf8').replace(/^\uFEFF/, '')
  } finally {
    closeSync(handle)
  }
}

const realFiles: SettingsReader = { exists: existsSync, text: plainText }

const damaged = (why: string): AppError => new AppError('settings-damaged', why, 'give-up')

/** Puts damaged settings aside as they are, and answers the name they have now; null where there is no file at all. */
export function keepDamagedSettings(path: string, nowMs: number): string | null {
  if (!existsSync(path)) return null
  const aside = `${path}.damaged-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`
  try {
    renameSync(path, aside)
  } catch (error) {
    throw diskError(error, path)
  }
  return aside
}

/** Removes what killed processes left half written beside the settings. The caller holds the home's lock. */
export function sweepSettings(path: string): void {
  const folder = dirname(path)
  try {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(basename(path)) && name.endsWith('.tmp'))
        rmSync(join(folder, name), { force: true })
    }
  } catch {
    // It only takes room; what is wrong with the folder is told by whoever needs it.
  }
}

/** The settings file, written whole: temporary file, flush, rename; the version before it is kept as last good. */
export function settingsFile(path: string, initial: Settings, disk: Disk = nodeDisk()): SettingsStore {
  let settings = initial
  let writing: Promise<unknown> = Promise.resolve()
  const write = async (target: string, content: string): Promise<void> => {
    const temporary = `${target}.${process.pid}.tmp`
    try {
      // Of a process that died and had the same number; a link there would lead our bytes elsewhere.
      await disk.remove(temporary)
      const file = await disk.create(temporary)
      try {
        await file.write(new TextEncoder().encode(content))
        await file.flush()
      } finally {
        await file.close()
      }
      await disk.rename(temporary, target)
      await disk.flushFolder(dirname(target))
    } catch (error) {
      // A part of it on a full disk would only keep it full.
      await disk.remove(temporary).catch(() => undefined)
      if (!(error instanceof AppError)) throw error
      throw new AppError(error.code, error.message, error.recovery, { cause: error, file: target })
    }
  }
  return {
    current: () => settings,
    update: change => {
      const next = writing.then(async () => {
        const changed = change(settings)
        const content = `${JSON.stringify(changed, null, 2)}\n`
        await write(path, content)
        settings = changed
        // The change counts already: who asked for it must not take it for failed.
        await write(lastGood(path), content).catch(() => undefined)
        return changed
      })
      writing = next.catch(() => undefined)
      return next
    },
  }
}
