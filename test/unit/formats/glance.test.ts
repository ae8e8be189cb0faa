import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../electron/formats/byte-source.ts'
import { glimpseRides } from '../../../electron/formats/glance.ts'
import { gzipBytes, zipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { buildGpx } from '../../helpers/gpx-builder.ts'
import { fitRide, tcxRide, unfinished } from '../../helpers/rides.ts'

const start = '2026-11-20T06:31:00.000Z'
const spec = { startTime: start, durationS: 3600 }
const ride = { startTime: start }
const text = (content: string): Uint8Array => new TextEncoder().encode(content)

describe('a ride is seen by its beginning', () => {
  test.each<[string, Uint8Array]>([
    ['FIT', buildFit(spec)],
    ['short FIT', fitRide(start)],
    ['TCX', tcxRide(start, 3600)],
    ['short TCX', tcxRide(start)],
    ['GPX', buildGpx(spec)],
    ['gzipped FIT', gzipBytes(buildFit(spec))],
    ['gzipped GPX', gzipBytes(buildGpx(spec))],
    [
      'zip',
      zipBytes([
        { name: 'a.FIT', bytes: buildFit(spec) },
        { name: 'a.txt', bytes: buildFit(spec) },
      ]),
    ],
  ])('%s', async (_, bytes) => {
    expect(await glimpseRides(memorySource(bytes))).toEqual([ride])
  })
})

describe('no ride is seen in', () => {
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['zeros', new Uint8Array(5000)],
    ['a workout', buildFit({ startTime: start, type: 'workout' })],
    ['a FIT that is still written', unfinished(buildFit(spec))],
    ['a web page', text('<html><body>not found</body></html>')],
    ['a route', text('<gpx version="1.1"><rte><rtept lat="1" lon="2"/></rte></gpx>')],
    ['a table', text('a;b;c\n1;2;3\n')],
    ['a cut gzip', gzipBytes(buildFit(spec)).subarray(0, 12)],
    ['a broken gzip', Uint8Array.of(0x1f, 0x8b, ...new Uint8Array(100).fill(7))],
    ['a zip without its end', zipBytes([{ name: 'a.fit', bytes: buildFit(spec) }]).subarray(0, 2000)],
  ])('%s', async (_, bytes) => {
    expect(await glimpseRides(memorySource(bytes))).toEqual([])
  })
})

test('a long file is not read to its end', async () => {
  const bytes = buildGpx({ ...spec, durationS: 4 * 3600 })
  let read = 0
  const whole = memorySource(bytes)
  const source = {
    ...whole,
    read: (at: number, length: number) => {
      read += length
      return whole.read(at, length)
    },
    stream: () => {
      throw new Error('the whole file was asked for')
    },
  }
  expect(await glimpseRides(source)).toEqual([ride])
  expect(read).toBeLessThan(bytes.length / 10)
})
