/** One field of a message: where it stands in the payload. */
export interface FitField {
  readonly number: number
  readonly offset: number
  readonly size: number
  readonly baseType: number
}

/** What a definition message says about the data messages that follow it. `size` is the payload with developer fields. */
export interface FitDefinition {
  readonly message: number
  readonly littleEndian: boolean
  readonly fields: readonly FitField[]
  readonly size: number
}

/** One data message. The payload is a view that is only good during the call that hands it over. */
export interface FitMessage {
  readonly definition: FitDefinition
  readonly payload: DataView
  /** FIT seconds: the message's own timestamp, or the one its compressed header stands for; null without either. */
  readonly timestamp: number | null
}

/** FIT base types (the low five bits), with the value that stands for "not set". */
const baseTypes = new Map<number, { readonly size: number; readonly unset: number; readonly read: Reader }>([
  [0, { size: 1, unset: 0xff, read: (view, at) => view.getUint8(at) }], // enum
  [1, { size: 1, unset: 0x7f, read: (view, at) => view.getInt8(at) }],
  [2, { size: 1, unset: 0xff, read: (view, at) => view.getUint8(at) }],
  [3, { size: 2, unset: 0x7fff, read: (view, at, little) => view.getInt16(at, little) }],
  [4, { size: 2, unset: 0xffff, read: (view, at, little) => view.getUint16(at, little) }],
  [5, { size: 4, unset: 0x7fffffff, read: (view, at, little) => view.getInt32(at, little) }],
  [6, { size: 4, unset: 0xffffffff, read: (view, at, little) => view.getUint32(at, little) }],
  [10, { size: 1, unset: 0, read: (view, at) => view.getUint8(at) }], // the "z" types: zero is not set
  [11, { size: 2, unset: 0, read: (view, at, little) => view.getUint16(at, little) }],
  [12, { size: 4, unset: 0, read: (view, at, little) => view.getUint32(at, little) }],
])
type Reader = (view: DataView, at: number, littleEndian: boolean) => number

/**
 * A numeric field's first value, unscaled; null when it is absent, not set, or of a size its type does not have
 * (some watches shorten a 32-bit field to one byte: its value is lost, the message is sound).
 */
export function numberOf(definition: FitDefinition, payload: DataView, field: number): number | null {
  const place = definition.fields.find(one => one.number === field)
  if (place === undefined) return null
  const type = baseTypes.get(place.baseType & 0x1f)
  if (type === undefined || place.size < type.size || place.size % type.size !== 0) return null
  const value = type.read(payload, place.offset, definition.littleEndian)
  return value === type.unset ? null : value
}

/** A text field up to its first NUL; null when it is absent or empty. Bytes that are no UTF-8 become U+FFFD. */
export function textOf(definition: FitDefinition, payload: DataView, field: number): string | null {
  const place = definition.fields.find(one => one.number === field)
  if (place === undefined || (place.baseType & 0x1f) !== 7) return null
  const bytes = new Uint8Array(payload.buffer, payload.byteOffset + place.offset, place.size)
  const end = bytes.indexOf(0)
  const text = new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end)).trim()
  return text === '' ? null : text
}
