import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Log } from '../sync/ports/log.ts'

const largestBytes = 1_000_000

/** One JSON line an entry, at most 1 MB and one older file. A log that cannot be written never stops the work. */
export function logFile(path: string): Log {
  let isReady = false
  return (level, message, fields = {}) => {
    try {
      if (!isReady) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      isReady = true
      if (sizeOf(path) > largestBytes) renameSync(path, `${path}.1`)
      const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })
      appendFileSync(path, `${line}\n`, { mode: 0o600 })
    } catch {
      isReady = false
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
