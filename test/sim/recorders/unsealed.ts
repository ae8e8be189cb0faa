import type { SimRandom } from '../random.ts'
import { spanMs, type StepList } from './step-list.ts'

/**
 * The bytes of a FIT as they lie in a file that is still recorded: without the checksum at the end, and with a header
 * whose size is not yet known (0, or all ones) or that was not written at all.
 */
export function openHeader(random: SimRandom, fit: Uint8Array): Uint8Array {
  const open = fit.slice(0, -2)
  const how = random.pick(['zero-size', 'unset-size', 'blank'] as const)
  const headerSize = fit[0] ?? 0
  if (how === 'blank') open.fill(0, 0, headerSize)
  else {
    open.fill(how === 'zero-size' ? 0 : 0xff, 4, 8)
    // Not known before the size is: zero means "no checksum".
    if (headerSize === 14) open.fill(0, 12, 14)
  }
  return open
}

/** Writes checksum and header of a recording whose other bytes are there; answers the step after which it is whole. */
export function closeWithHeader(random: SimRandom, list: StepList, path: string, fit: Uint8Array): number {
  const gapMs = (): number => spanMs(random, 1, 2000)
  const headerSize = fit[0] ?? 0
  const writeHeader = (): number => list.write(gapMs(), path, 0, fit.subarray(0, headerSize))
  const writeChecksum = (): number => list.write(gapMs(), path, fit.length - 2, fit.subarray(-2))
  // A checksum of zeros may be there already, where zeros were set aside: then the header must come last.
  const isChecksumSeen = fit.subarray(-2).some(byte => byte !== 0)
  if (isChecksumSeen && random.chance(0.5)) {
    writeHeader()
    return writeChecksum()
  }
  writeChecksum()
  return writeHeader()
}
