import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../electron/formats/byte-source.ts'
import { quickLook } from '../../../electron/formats/quick-look.ts'
import { gzipBytes, zipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { join } from '../../helpers/fit-writer.ts'
import { buildTcx } from '../../helpers/tcx-builder.ts'

const startTime = '2026-11-20T06:31:00Z'
const fit = buildFit({ startTime })
const gzip = gzipBytes(buildFit({ startTime, durationS: 600 }))
const zip = zipBytes([{ name: 'ride.fit', bytes: fit }])

function withDataSize(size: number): Uint8Array {
  const bytes = fit.slice()
  new DataView(bytes.buffer).setUint32(4, size, true)
  return bytes
}

/** A file of the right size of which only the start has arrived. */
function blankAfter(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.slice().fill(0, at)
}

describe('quickLook', () => {
  test.each([
    ['a whole FIT', fit, null],
    ['a chained FIT', join([fit, fit]), null],
    ['a FIT without its last byte', fit.subarray(0, -1), 'cut-off'],
    ['a FIT cut in its header', fit.subarray(0, 12), 'cut-off'],
    ['a FIT whose size is zero', withDataSize(0), 'header-unfinished'],
    ['a FIT whose size is unset', withDataSize(0xffffffff), 'header-unfinished'],
    ['a FIT whose header is not written', join([new Uint8Array(14), fit.subarray(14)]), 'header-unfinished'],
    ['nothing', new Uint8Array(0), 'empty'],
    ['only zeros', new Uint8Array(5000), 'all-zero'],
    ['a whole gzip', gzip, null],
    ['a gzip too short for a trailer', gzip.subarray(0, 17), 'cut-off'],
    ['a gzip with padding behind it', join([gzip, new Uint8Array(2000)]), null],
    ['a gzip whose end is blank, which only a proof can judge', blankAfter(gzip, gzip.length - 8), null],
    ['a whole zip', zip, null],
    ['an empty zip', zipBytes([]), null],
    ['a zip with padding behind it', join([zip, new Uint8Array(40)]), null],
    ['a zip without its end', zip.subarray(0, -20), 'cut-off'],
    ['a TCX, which only a proof can judge', buildTcx({ startTime }).subarray(0, 500), null],
    ['something unknown', new TextEncoder().encode('bla bla'), null],
  ])('%s', async (_name, bytes, fault) => {
    expect(await quickLook(memorySource(bytes))).toBe(fault)
  })
})
