/** The 16-bit checksum FIT ends its header and each part with: polynomial 0xA001 (reflected), starting from 0. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  return crc
})

/** Carries a FIT checksum over `bytes[from, to)`. Start with 0. */
export function fitCrc(crc: number, bytes: Uint8Array, from = 0, to = bytes.length): number {
  let value = crc
  for (let at = from; at < to; at++) value = (value >>> 8) ^ (table[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return value
}
