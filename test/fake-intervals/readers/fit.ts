import type { FileActivity } from '../types.ts'
import { crcOf } from './fit-crc.ts'
import { fitSport } from './sports.ts'

/** FIT counts seconds from 1989-12-31T00:00:00Z. */
const epochS = 631_065_600

interface Field {
  readonly number: number
  readonly size: number
}

interface Definition {
  readonly message: number
  readonly isBigEndian: boolean
  readonly fields: readonly Field[]
  readonly skipped: number
}

type Values = ReadonlyMap<number, number>

/** What one FIT file (one link of a chain) holds that matters here. */
interface Contents {
  fileType: number | null
  maker: number | null
  sport: Values | null
  readonly sessions: Values[]
  firstRecord: number | null
  lastRecord: number | null
  lastDistance: number | null
}

const names: Record<number, string> = { 1: 'Garmin', 32: 'Wahoo', 260: 'ZWIFT', 267: 'Bryton', 294: 'COROS' }

/** Does it start like a FIT file? */
export function isFit(bytes: Buffer): boolean {
  return bytes.length >= 12 && bytes.subarray(8, 12).toString('latin1') === '.FIT'
}

/**
 * The activities of a FIT file: one per session, over all links of a chain; without a session, one from the
 * records' times. Empty when it is no activity. Reads what can be read; with `isStrict`, a file that is cut off
 * or has a wrong checksum counts as unreadable. Never throws, whatever the bytes.
 */
export function readFit(bytes: Buffer, isStrict: boolean): readonly FileActivity[] {
  const found: FileActivity[] = []
  let at = 0
  while (at < bytes.length && isFit(bytes.subarray(at))) {
    const headerSize = bytes.readUInt8(at)
    if (headerSize < 12) break
    const stated = bytes.readUInt32LE(at + 4)
    const start = at + headerSize
    const isWhole = stated > 0 && start + stated + 2 <= bytes.length
    const end = isWhole ? start + stated : bytes.length
    if (isStrict && !(isWhole && crcOf(bytes.subarray(at, end)) === bytes.readUInt16LE(end))) return []
    found.push(...activitiesIn(readMessages(bytes.subarray(start, end))))
    at = isWhole ? end + 2 : bytes.length
  }
  return found
}

function activitiesIn(contents: Contents): readonly FileActivity[] {
  if (contents.fileType !== null && contents.fileType !== 4) return []
  if (contents.sessions.length > 0) return contents.sessions.map(session => fromSession(session, contents))
  return contents.firstRecord === null ? [] : [fromSession(new Map(), contents)]
}

function fromSession(session: Values, contents: Contents): FileActivity {
  const { firstRecord, lastRecord, sport } = contents
  const startS = session.get(2) ?? firstRecord ?? session.get(253) ?? 0
  const span = (lastRecord ?? startS) - (firstRecord ?? startS)
  const elapsedMs = session.get(7)
  const timerMs = session.get(8)
  const distance = session.get(9) ?? contents.lastDistance
  const elapsedS = elapsedMs === undefined ? Math.max(0, span) : Math.round(elapsedMs / 1000)
  return {
    startMs: (startS + epochS) * 1000,
    ...fitSport(session.get(5) ?? sport?.get(0) ?? 2, session.get(6) ?? sport?.get(1) ?? null),
    elapsedS,
    movingS: timerMs === undefined ? elapsedS : Math.round(timerMs / 1000),
    distanceM: distance === null ? null : distance / 100,
    name: null,
    deviceName: names[contents.maker ?? -1] ?? null,
  }
}

function readMessages(data: Buffer): Contents {
  const contents: Contents = {
    fileType: null,
    maker: null,
    sport: null,
    sessions: [],
    firstRecord: null,
    lastRecord: null,
    lastDistance: null,
  }
  const definitions = new Map<number, Definition>()
  let lastTime = 0
  let at = 0
  while (at < data.length) {
    const head = data.readUInt8(at++)
    const isCompressed = (head & 0x80) !== 0
    const local = isCompressed ? (head >> 5) & 3 : head & 15
    if (!isCompressed && (head & 0x40) !== 0) {
      const read = readDefinition(data, at, (head & 0x20) !== 0)
      if (read === null) break
      definitions.set(local, read.definition)
      at = read.end
      continue
    }
    const definition = definitions.get(local)
    if (definition === undefined) break
    const size = definition.fields.reduce((sum, field) => sum + field.size, definition.skipped)
    if (at + size > data.length) break
    const values = readValues(data, at, definition)
    if (isCompressed) {
      // The header's five bits replace the low bits of the last time and roll over once.
      const low = head & 31
      values.set(253, lastTime + ((low - (lastTime & 31) + 32) & 31))
    }
    lastTime = values.get(253) ?? lastTime
    take(contents, definition.message, values)
    at += size
  }
  return contents
}

function take(contents: Contents, message: number, values: Map<number, number>): void {
  if (message === 0) {
    contents.fileType ??= values.get(0) ?? null
    contents.maker ??= values.get(1) ?? null
  } else if (message === 12) contents.sport ??= values
  else if (message === 18) contents.sessions.push(values)
  else if (message === 20) {
    const time = values.get(253)
    if (time !== undefined) {
      contents.firstRecord ??= time
      contents.lastRecord = time
    }
    contents.lastDistance = values.get(5) ?? contents.lastDistance
  }
}

function readDefinition(
  data: Buffer,
  at: number,
  hasDeveloperFields: boolean,
): { definition: Definition; end: number } | null {
  if (at + 5 > data.length) return null
  const isBigEndian = data.readUInt8(at + 1) === 1
  const message = isBigEndian ? data.readUInt16BE(at + 2) : data.readUInt16LE(at + 2)
  const count = data.readUInt8(at + 4)
  let end = at + 5 + count * 3
  if (end > data.length) return null
  const fields = Array.from({ length: count }, (_, index) => ({
    number: data.readUInt8(at + 5 + index * 3),
    size: data.readUInt8(at + 6 + index * 3),
  }))
  let skipped = 0
  if (hasDeveloperFields) {
    if (end >= data.length) return null
    const extra = data.readUInt8(end++)
    if (end + extra * 3 > data.length) return null
    for (let index = 0; index < extra; index++) skipped += data.readUInt8(end + index * 3 + 1)
    end += extra * 3
  }
  return { definition: { message, isBigEndian, fields, skipped }, end }
}

/** Whole numbers of 1, 2 and 4 bytes, without those that mean "not set" (all ones). */
function readValues(data: Buffer, at: number, definition: Definition): Map<number, number> {
  const values = new Map<number, number>()
  for (const { number, size } of definition.fields) {
    if (size === 1 || size === 2 || size === 4) {
      const value = definition.isBigEndian ? data.readUIntBE(at, size) : data.readUIntLE(at, size)
      if (value !== 2 ** (8 * size) - 1) values.set(number, value)
    }
    at += size
  }
  return values
}
