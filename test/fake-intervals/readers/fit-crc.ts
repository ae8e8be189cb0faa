/** The FIT protocol's 16-bit checksum: CRC-16 with the reflected polynomial 0xA001, starting at 0. */
export function crcOf(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}
