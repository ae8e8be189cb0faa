import { describe, expect, it, test } from 'vitest'
import { memorySource } from '../../../electron/formats/byte-source.ts'
import type { ByteSource } from '../../../electron/formats/byte-source.ts'
import { gunzip } from '../../../electron/formats/gzip.ts'
import { gzipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { join } from '../../helpers/fit-writer.ts'
import { collect } from './collect.ts'

const ride = buildFit({ startTime: '2026-11-20T06:31:00Z', durationS: 600 })
const packed = gzipBytes(ride)

/** The bytes with one of them changed; a negative place counts from the end. */
function changed(bytes: Uint8Array, place: number): Uint8Array {
  const copy = bytes.slice()
  const at = place < 0 ? copy.length + place : place
  copy[at] = (copy[at] ?? 0) ^ 0x55
  return copy
}

describe('gunzip', () => {
  it('gives back the bytes that were packed, however they are cut into chunks', async () => {
    expect(await collect(gunzip(memorySource(packed)))).toEqual(ride)
    expect(await collect(gunzip(memorySource(packed, 7)))).toEqual(ride)
  })

  it('reads all members of a file', async () => {
    const two = join([packed, gzipBytes(new Uint8Array([1, 2, 3]))])
    expect(await collect(gunzip(memorySource(two)))).toEqual(join([ride, new Uint8Array([1, 2, 3])]))
  })

  test.each([
    ['nothing', new Uint8Array(0), 'cut-off'],
    ['the head alone', packed.subarray(0, 10), 'cut-off'],
    ['half of it', packed.subarray(0, packed.length / 2), 'cut-off'],
    ['all but the last byte', packed.subarray(0, -1), 'cut-off'],
    ['a wrong CRC', changed(packed, -8), 'bad-checksum'],
    ['a wrong length', changed(packed, -1), 'bad-checksum'],
    ['a second member with a wrong CRC', join([packed, changed(packed, -8)]), 'bad-checksum'],
    ['an unknown method', changed(packed, 2), 'bad-archive'],
    ['plain text', new TextEncoder().encode('this was never packed'), 'bad-archive'],
  ])('refuses %s', async (_name, bytes, code) => {
    await expect(collect(gunzip(memorySource(bytes)))).rejects.toMatchObject({ name: 'FormatError', code })
  })

  it('never ends well for a file cut at any place', async () => {
    const small = gzipBytes(ride.subarray(0, 200))
    for (let length = 0; length < small.length; length++) {
      await expect(collect(gunzip(memorySource(small.subarray(0, length))))).rejects.toThrow()
    }
  })

  it('stops a bomb at the cap, long before its end', async () => {
    const bomb = gzipBytes(new Uint8Array(8 * 1024 * 1024))
    let yielded = 0
    const unpackAll = async () => {
      for await (const chunk of gunzip(memorySource(bomb), 100_000)) yielded += chunk.length
    }
    await expect(unpackAll()).rejects.toMatchObject({ code: 'too-large' })
    expect(yielded).toBeLessThanOrEqual(100_000)
  })

  it('passes an error of the source through as it is', async () => {
    const broken = new Error('the disk is gone')
    const source: ByteSource = {
      ...memorySource(packed),
      stream: async function* () {
        yield await Promise.resolve(packed.subarray(0, 20))
        throw broken
      },
    }
    await expect(collect(gunzip(source))).rejects.toBe(broken)
  })

  it('lets go of the source when the reader stops early', async () => {
    let isReleased = false
    const source: ByteSource = {
      ...memorySource(packed),
      stream: async function* () {
        try {
          for (;;) yield await Promise.resolve(packed)
        } finally {
          isReleased = true
        }
      },
    }
    for await (const chunk of gunzip(source)) if (chunk.length > 0) break
    await new Promise(resolve => setImmediate(resolve))
    expect(isReleased).toBe(true)
  })
})
