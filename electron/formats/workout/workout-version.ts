import { createHash } from 'node:crypto'

const fileIdMessage = 0
/** Fields of `file_id` that tell when and as what a file was made: serial_number, time_created. */
const makingFields: ReadonlySet<number> = new Set([3, 4])

/**
 * A word that changes exactly when what a workout file asks for may have changed. For FIT, the moment the service
 * made the file and the checksums that follow from it do not count; else it is the SHA-256 of the bytes.
 */
export function workoutVersion(format: string, content: Uint8Array): string {
  const counted = format === 'fit' ? (withoutMaking(content) ?? content) : content
  return createHash('sha256').update(counted).digest('hex')
}

/** Null for anything that is not one plain, whole FIT file: its bytes are then its version. */
function withoutMaking(content: Uint8Array): Uint8Array | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const headerBytes = content[0] ?? 0
  if (content.length < 14 || headerBytes < 12 || headerBytes > 14) return null
  const end = headerBytes + view.getUint32(4, true)
  if (end + 2 !== content.length) return null
  const counted = content.slice(0, end)
  if (headerBytes === 14) counted.fill(0, 12, 14)

  const definitions = new Map<number, readonly Field[]>()
  let at = headerBytes
  while (at < end) {
    const header = content[at] ?? 0
    at += 1
    const isCompressed = (header & 0x80) !== 0
    if (!isCompressed && (header & 0x40) !== 0) {
      const definition = readDefinition(view, at, end, (header & 0x20) !== 0)
      if (definition === null) return null
      definitions.set(header & 0x0f, definition.fields)
      at = definition.end
    } else {
      const fields = definitions.get(isCompressed ? (header >> 5) & 0x03 : header & 0x0f)
      if (fields === undefined) return null
      for (const field of fields) {
        if (field.isMaking) counted.fill(0, at, Math.min(at + field.bytes, end))
        at += field.bytes
      }
    }
  }
  return at === end ? counted : null
}

interface Field {
  readonly bytes: number
  readonly isMaking: boolean
}

/** A definition message's fields, from the byte after its header (FIT protocol: reserved, order, number, fields). */
function readDefinition(
  view: DataView,
  at: number,
  end: number,
  hasDeveloperFields: boolean,
): { readonly fields: readonly Field[]; readonly end: number } | null {
  if (at + 5 > end) return null
  const message = view.getUint16(at + 2, view.getUint8(at + 1) === 0)
  const fields: Field[] = []
  let next = at + 4
  for (const isDeveloper of hasDeveloperFields ? [false, true] : [false]) {
    if (next >= end) return null
    const count = view.getUint8(next)
    next += 1
    if (next + count * 3 > end) return null
    for (let index = 0; index < count; index += 1, next += 3) {
      const isMaking = !isDeveloper && message === fileIdMessage && makingFields.has(view.getUint8(next))
      fields.push({ bytes: view.getUint8(next + 1), isMaking })
    }
  }
  return { fields, end: next }
}
