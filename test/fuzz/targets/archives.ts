import { memorySource } from '../../../electron/formats/byte-source.ts'
import { gunzip } from '../../../electron/formats/gzip.ts'
import { quickLook } from '../../../electron/formats/quick-look.ts'
import { findZipEnd } from '../../../electron/formats/zip-end.ts'
import { readZip } from '../../../electron/formats/zip.ts'
import { FormatError } from '../../../electron/formats/proof.ts'
import { simRandom } from '../../sim/random.ts'
import { gzipBytes, zipBytes } from '../../helpers/archive-builder.ts'
import { join } from '../../helpers/fit-writer.ts'
import { fitRide, tcxRide } from '../../helpers/rides.ts'
import { mutateGzip, mutateZip } from '../mutate/archives.ts'
import { hostileZip } from '../mutate/hostile-zip.ts'
import { havoc } from '../mutate/bytes.ts'
import { mutateFit } from '../mutate/fit.ts'
import { must, type FuzzTarget } from '../target.ts'
import { orFormatError, untilFormatError } from './promises.ts'

/** Small, so that inputs reach it. */
const capBytes = 256 * 1024
const mostEntries = 60

export function gzipSeeds(): readonly Uint8Array[] {
  return [
    gzipBytes(fitRide()),
    gzipBytes(tcxRide()),
    join([gzipBytes(fitRide()), gzipBytes(new Uint8Array(0))]),
    gzipBytes(new Uint8Array(300_000)),
  ]
}

export function zipSeeds(): readonly Uint8Array[] {
  const random = simRandom(1)
  const odd = Array.from({ length: 4 }, () => hostileZip(random, havoc, [fitRide(), tcxRide()]))
  return [
    zipBytes([{ name: 'ride.fit', bytes: fitRide() }]),
    zipBytes([
      { name: 'a/', bytes: new Uint8Array(0) },
      { name: 'a/../../b.tcx', bytes: tcxRide() },
      { name: '__MACOSX/._b.tcx', bytes: new Uint8Array(20) },
      { name: 'c.fit.gz', bytes: gzipBytes(fitRide()) },
      { name: 'd.gpx', bytes: new Uint8Array(300_000) },
    ]),
    ...odd,
  ]
}

async function unpackedSize(
  pieces: AsyncIterable<Uint8Array>,
  most: number,
): Promise<readonly [number, boolean]> {
  const got = await untilFormatError(pieces)
  const size = got.reduce((sum, piece) => sum + (piece?.length ?? 0), 0)
  must(size <= most, 'no more is handed over than the cap allows')
  return [size, got.includes(null)]
}

async function readWholeZip(input: Uint8Array): Promise<unknown> {
  const source = memorySource(input)
  const end = await findZipEnd(source)
  must(end === null || (end >= 22 && end <= input.length), 'a zip ends inside the file')
  const entries = await listed(input)
  if (entries === null) return [end, null]
  must(entries.length <= mostEntries, 'no more entries are told of than the cap allows')
  const sizes: unknown[] = []
  let total = 0
  for (const entry of entries) {
    must(typeof entry.name === 'string' && entry.bytes >= 0, 'an entry has a name and a size')
    const [size, isBroken] = await unpackedSize(entry.stream(), capBytes)
    must(isBroken || size === entry.bytes, 'an entry that is read to its end has the size that is listed')
    total += size
    sizes.push([entry.name, size, isBroken])
  }
  must(total <= capBytes, 'all entries together are no more than the cap allows')
  return [end, sizes]
}

async function listed(input: Uint8Array) {
  try {
    return await readZip(memorySource(input), { entries: mostEntries, outputBytes: capBytes })
  } catch (error) {
    return orFormatError((): null => {
      throw error instanceof FormatError
        ? error
        : new Error('a zip is refused in another way', { cause: error })
    })
  }
}

export const archiveTargets: readonly FuzzTarget[] = [
  {
    name: 'gzip',
    files: ['electron/formats/gzip.ts', 'electron/formats/quick-look.ts'],
    seeds: gzipSeeds,
    mutate: mutateGzip(mutateFit),
    run: async input => {
      const look = await quickLook(memorySource(input))
      const whole = await unpackedSize(gunzip(memorySource(input), capBytes), capBytes)
      const pieces = await unpackedSize(
        gunzip(memorySource(input, 7 + (input.length % 501)), capBytes),
        capBytes,
      )
      must(whole[1] === pieces[1], 'whether a gzip is sound does not depend on the pieces')
      must(
        whole[1] || look === null || look === 'all-zero',
        'a gzip that the quick look refuses is not sound',
      )
      return [look, whole]
    },
  },
  {
    name: 'zip',
    files: ['electron/formats/zip.ts', 'electron/formats/zip-end.ts', 'electron/formats/gzip.ts'],
    seeds: zipSeeds,
    mutate: mutateZip(mutateFit),
    run: readWholeZip,
  },
]
