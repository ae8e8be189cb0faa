import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { LogLine } from '../../../shared/window-data.ts'

/** Of each file; a log is hardly larger than this. */
const mostBytes = 1_000_000
const longestMessage = 300
const longestDetails = 2_000

/**
 * The newest lines of a log and of the older file beside it, newest first. Reads at most 2 MB; lines that can't be
 * read are left out, and a log that is not there is empty.
 */
export function readLogTail(path: string, limit: number): readonly LogLine[] {
  const newest = linesOf(path)
  const lines = newest.length >= limit ? newest : [...newest, ...linesOf(`${path}.1`)]
  return lines.slice(0, limit)
}

function linesOf(path: string): readonly LogLine[] {
  return readEnd(path)
    .split('\n')
    .toReversed()
    .flatMap(line => parseLine(line) ?? [])
}

function readEnd(path: string): string {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return ''
  }
  try {
    const { size } = fstatSync(file)
    const from = Math.max(0, size - mostBytes)
    const buffer = Buffer.alloc(size - from)
    const got = readSync(file, buffer, 0, buffer.length, from)
    return buffer.toString('utf8', 0, got)
  } finally {
    closeSync(file)
  }
}

function parseLine(line: string): LogLine | null {
  let entry: unknown
  try {
    entry = JSON.parse(line)
  } catch {
    // A line cut off by the start of what was read, or by a full disk.
    return null
  }
  if (typeof entry !== 'object' || entry === null) return null
  const { at, level, message, ...rest } = entry as Readonly<Record<string, unknown>> // an object, as just seen
  if (typeof at !== 'string' || typeof message !== 'string') return null
  if (level !== 'info' && level !== 'warn' && level !== 'error') return null
  const details = Object.entries(rest)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
  return { at, level, message: message.slice(0, longestMessage), details: details.slice(0, longestDetails) }
}
