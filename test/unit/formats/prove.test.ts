import { describe, expect, it, test } from 'vitest'
import { memorySource } from '../../../electron/formats/byte-source.ts'
import type { ByteSource } from '../../../electron/formats/byte-source.ts'
import { proveRecording } from '../../../electron/formats/prove.ts'
import { gzipBytes, zipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { buildGpx } from '../../helpers/gpx-builder.ts'
import { buildTcx } from '../../helpers/tcx-builder.ts'

const spec = { startTime: '2026-11-20T06:31:00Z', durationS: 10 }
const utf8 = (text: string) => new TextEncoder().encode(text)
const prove = (bytes: Uint8Array, name: string) => proveRecording(memorySource(bytes), name)

describe('proveRecording', () => {
  test.each([
    ['text', utf8('bla bla \n\nbla bla'), 'faketcx.tcx'],
    ['a workout in text', utf8('[COURSE HEADER]\nMINUTES WATTS\n[END COURSE HEADER]'), 'plan.erg'],
    [
      'what macOS leaves beside a file',
      Uint8Array.of(0, 5, 0x16, 7, ...new Uint8Array(170).fill(2)),
      'a.fit',
    ],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13), 'a.gpx'],
  ])('finds %s to be of no known format', async (_name, bytes, name) => {
    expect(await prove(bytes, name)).toEqual({
      kind: 'damaged',
      format: null,
      code: 'unknown-format',
      detail: 'it is neither FIT, TCX nor GPX',
      readable: null,
    })
  })

  test.each([
    ['a gzip', gzipBytes(buildFit(spec))],
    ['a zip', zipBytes([{ name: 'ride.fit', bytes: buildFit(spec) }])],
  ])('does not open %s', async (_name, bytes) => {
    expect(await prove(bytes, 'ride.fit')).toMatchObject({
      kind: 'notActivity',
      format: null,
      content: 'other',
    })
  })

  test.each([
    ['ride.fit', new Uint8Array(0), 'fit', 'empty'],
    ['ride.dms', new Uint8Array(0), 'fit', 'empty'],
    ['ride.TCX', new Uint8Array(99), 'tcx', 'all-zero'],
    ['ride.gpx', utf8('  \n'), 'gpx', 'cut-off'],
    ['ride.gpx', Uint8Array.of(0xff), 'gpx', 'cut-off'],
    ['ride', new Uint8Array(0), null, 'empty'],
  ])('waits for the rest of %s', async (name, bytes, format, code) => {
    expect(await prove(bytes, name)).toMatchObject({ kind: 'incomplete', format, code, readable: null })
  })

  it('lets errors of the source pass', async () => {
    const broken = new Error('the disk is gone')
    for (const bytes of [buildFit(spec), buildTcx(spec), buildGpx(spec)]) {
      const source: ByteSource = {
        ...memorySource(bytes),
        stream: async function* () {
          yield await Promise.resolve(bytes.subarray(0, 100))
          throw broken
        },
      }
      await expect(proveRecording(source, 'ride')).rejects.toBe(broken)
    }
  })

  it('never crashes on damage at any place', async () => {
    for (const bytes of [
      buildFit(spec),
      buildTcx({ ...spec, durationS: 1 }),
      buildGpx({ ...spec, durationS: 1 }),
    ]) {
      for (let at = 0; at < bytes.length; at++) {
        const damaged = bytes.slice()
        damaged[at] = (damaged[at] ?? 0) ^ 0xff
        expect(await prove(damaged, 'ride')).toHaveProperty('kind')
      }
    }
  })
})
