import crypto from 'node:crypto'
import promises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import type { PausedStep } from '../steps.ts'
import type { Armed } from './armed.ts'
import { wrapMethod } from './wrap-method.ts'

/** What a file is to Musette, by its path. */
export type FileRole = 'staging' | 'archiving' | 'workoutTemp' | 'workout' | 'settings' | 'lastGood' | 'other'

export function roleOf(path: string): FileRole {
  if (/\/staging\/[^/]+\.gz$/.test(path)) return 'archiving'
  if (/\/staging\/[^/]+$/.test(path)) return 'staging'
  if (/\/\.musette-[0-9a-f]{16}\.tmp$/.test(path)) return 'workoutTemp'
  if (/\/settings\.json\.\w+\.tmp$/.test(path)) return 'settings'
  if (/\/settings\.json\.last-good\.\w+\.tmp$/.test(path)) return 'lastGood'
  return / \d+\.(?:zwo|fit|erg|mrc)$/.test(path) ? 'workout' : 'other'
}

const halfWritten: Partial<Record<FileRole, PausedStep>> = {
  staging: 'staging copy half written',
  archiving: 'archive copy half written',
  workoutTemp: 'workout file half written',
  settings: 'settings half written',
}

const beforeRename: Partial<Record<FileRole, PausedStep>> = {
  archiving: 'archive copy flushed, not renamed',
  workoutTemp: 'workout file flushed, not renamed',
  settings: 'settings flushed, not renamed',
}

const afterRename: Partial<Record<FileRole, PausedStep>> = {
  archiving: 'archive copy renamed, folder not flushed',
  workoutTemp: 'workout file renamed, folder not flushed',
  settings: 'settings renamed, last good copy old',
}

/** Wraps opening, writing, renaming and removing files, and hashing while a staging copy is open. */
export function pauseAtFiles(armed: Armed): void {
  const { open, rename, rm } = promises
  let openStagings = 0
  promises.open = async (path, flags, mode) => {
    const handle = await open(path, flags, mode)
    const role = roleOf(String(path))
    const isWritten = flags === 'wx' || flags === 'w'
    const step = halfWritten[role]
    if (isWritten && step !== undefined) pauseHalfWay(armed, handle, step)
    if (!isWritten && role === 'staging') {
      openStagings += 1
      wrapMethod(handle, 'close', (_handle, _given, close) => {
        openStagings -= 1
        return close()
      })
    }
    return handle
  }
  promises.rename = async (from, to) => {
    const role = roleOf(String(from))
    const before = beforeRename[role]
    if (before !== undefined) armed.meet(before)
    await rename(from, to)
    const after = afterRename[role]
    if (after !== undefined) armed.meet(after)
  }
  promises.rm = async (path, options) => {
    const isWorkout = roleOf(String(path)) === 'workout'
    if (isWorkout) armed.meet('workout removal committed, file there')
    await rm(path, options)
    if (isWorkout) armed.meet('workout file removed, manifest not committed')
  }
  const { createHash } = crypto
  crypto.createHash = (...given) => {
    const hash = createHash(...given)
    wrapMethod(hash, 'update', (_hash, data, update) => {
      update(...data)
      if (openStagings > 0) armed.meet('staging copy half hashed')
      return hash
    })
    return hash
  }
  syncBuiltinESMExports()
}

/** Half of what was to be written is in the file, then the thread stops; let go, it writes the rest. */
function pauseHalfWay(armed: Armed, handle: FileHandle, step: PausedStep): void {
  // The two forms that Musette uses: bytes from an offset on, and a whole text.
  wrapMethod(handle, 'write', async (_handle, given, write) => {
    const [bytes, at = 0] = given
    if (!(bytes instanceof Uint8Array) || !armed.isNow(step)) return write(...given)
    const half = Math.floor((bytes.length - Number(at)) / 2)
    await write(bytes, at, half)
    armed.pause()
    return { bytesWritten: half, buffer: bytes }
  })
  wrapMethod(handle, 'writeFile', async (_handle, [text], writeFile) => {
    if (!armed.isNow(step)) return writeFile(text)
    const bytes = Buffer.from(String(text))
    const half = Math.floor(bytes.length / 2)
    await writeFile(bytes.subarray(0, half))
    armed.pause()
    return writeFile(bytes.subarray(half))
  })
}
