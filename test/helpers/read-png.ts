import { inflateSync } from 'node:zlib'

/** A picture as plain bytes: red, green, blue and alpha of each pixel, row by row. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

const magic = '89504e470d0a1a0a'

/** Reads a PNG of eight bits a channel, with or without alpha and not interlaced, and throws on every other. */
export function readPng(bytes: Uint8Array): Picture {
  const buffer = Buffer.from(bytes)
  if (buffer.subarray(0, 8).toString('hex') !== magic) throw new Error('not a PNG')
  const width = buffer.readUInt32BE(16)
  const height = buffer.readUInt32BE(20)
  const [depth, colourType, , , interlace] = buffer.subarray(24, 29)
  if (depth !== 8 || (colourType !== 6 && colourType !== 2) || interlace !== 0) {
    throw new Error(`a PNG of another kind: ${depth} bits, colour type ${colourType}`)
  }
  const channels = colourType === 6 ? 4 : 3
  const rows = unfilter(inflateSync(pixelData(buffer)), width * channels, height, channels)
  const rgba = new Uint8Array(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 4; channel += 1) {
      rgba[pixel * 4 + channel] = channel < channels ? (rows[pixel * channels + channel] ?? 0) : 255
    }
  }
  return { width, height, rgba }
}

function pixelData(buffer: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at < buffer.length;) {
    const length = buffer.readUInt32BE(at)
    if (buffer.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(buffer.subarray(at + 8, at + 8 + length))
    }
    at += length + 12
  }
  return Buffer.concat(parts)
}

/** Undoes the five filters of the format, row by row. */
function unfilter(data: Uint8Array, rowLength: number, height: number, channels: number): Uint8Array {
  const out = new Uint8Array(rowLength * height)
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (rowLength + 1)]
    for (let place = 0; place < rowLength; place += 1) {
      const at = row * rowLength + place
      const left = place < channels ? 0 : (out[at - channels] ?? 0)
      const above = row === 0 ? 0 : (out[at - rowLength] ?? 0)
      const corner = place < channels || row === 0 ? 0 : (out[at - rowLength - channels] ?? 0)
      const guess = [0, left, above, (left + above) >> 1, nearest(left, above, corner)][filter ?? -1]
      if (guess === undefined) throw new Error(`a PNG filter that does not exist: ${filter}`)
      out[at] = (data[row * (rowLength + 1) + 1 + place] ?? 0) + guess
    }
  }
  return out
}

function nearest(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [dLeft, dAbove, dCorner] = [left, above, corner].map(value => Math.abs(guess - value))
  if (dLeft === undefined || dAbove === undefined || dCorner === undefined) return 0
  if (dLeft <= dAbove && dLeft <= dCorner) return left
  return dAbove <= dCorner ? above : corner
}
