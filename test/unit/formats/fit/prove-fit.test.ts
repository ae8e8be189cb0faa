import { describe, expect, it, test } from 'vitest'
import { memorySource } from '../../../../electron/formats/byte-source.ts'
import { fitCrc } from '../../../../electron/formats/fit/crc.ts'
import type { Proof } from '../../../../electron/formats/proof.ts'
import { proveRecording } from '../../../../electron/formats/prove.ts'
import { buildFit } from '../../../helpers/fit-builder.ts'
import type { FitSpec } from '../../../helpers/fit-builder.ts'
import { FitWriter, join, sealFit } from '../../../helpers/fit-writer.ts'

const startTime = '2026-11-20T06:31:00Z'
const ride = buildFit({ startTime, durationS: 10 })
const prove = (bytes: Uint8Array, name = 'ride.fit') => proveRecording(memorySource(bytes), name)

const rideFacts = {
  startTime: '2026-11-20T06:31:00.000Z',
  startTimeMissing: null,
  durationS: 10,
  distanceM: 85,
  sport: 'cycling',
  subSport: 'virtual_activity',
  device: 'zwift 3',
  sessions: 1,
}

function withDataSize(bytes: Uint8Array, size: number): Uint8Array {
  const copy = bytes.slice()
  new DataView(copy.buffer).setUint32(4, size, true)
  copy.fill(0, 12, 14) // no checksum of the header
  return copy
}

/** A finished file with one bit turned at `at`; a negative place counts from the end. */
function flipped(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = bytes.slice()
  const place = at < 0 ? copy.length + at : at
  copy[place] = (copy[place] ?? 0) ^ (1 << bit)
  return copy
}

describe('a whole ride', () => {
  it('is an activity, final, with its facts', async () => {
    expect(await prove(ride)).toEqual({ kind: 'activity', format: 'fit', isFinal: true, facts: rideFacts })
  })

  test.each<[string, Partial<FitSpec>]>([
    ['written big-endian', { littleEndian: false }],
    ['with a short header', { headerSize: 12 }],
    ['recorded every 5 s', { recordEveryS: 5 }],
  ])('has the same facts %s', async (_name, spec) => {
    expect(await prove(buildFit({ startTime, durationS: 10, ...spec }))).toMatchObject({ facts: rideFacts })
  })

  it('is a FIT under any name', async () => {
    expect(await prove(ride, 'MyNewActivity-3.8.5.dms')).toMatchObject({ kind: 'activity', format: 'fit' })
    expect(await prove(ride, 'ride.gpx')).toMatchObject({ kind: 'activity', format: 'fit' })
  })

  it('has no time and no distance below zero', async () => {
    const writer = new FitWriter()
    writer.message(0, [[0, 'enum', 4]])
    writer.message(18, [
      [7, 'sint32', -5000],
      [9, 'sint32', -100],
    ])
    writer.message(20, [[5, 'sint32', -300]])
    expect(await prove(writer.finish())).toMatchObject({
      facts: { durationS: null, distanceM: null, sessions: 1 },
    })
  })

  it('takes its facts from the records where no summary was written', async () => {
    const bytes = buildFit({ startTime, durationS: 10, withSessions: false, withActivityMessage: false })
    expect(await prove(bytes)).toEqual({
      kind: 'activity',
      format: 'fit',
      isFinal: false,
      facts: { ...rideFacts, sport: null, subSport: null },
    })
  })

  it('adds up several sessions', async () => {
    expect(await prove(buildFit({ startTime, durationS: 10, sessions: 3 }))).toMatchObject({
      isFinal: true,
      facts: { ...rideFacts, durationS: 30, distanceM: 255, sessions: 3 },
    })
  })

  it('is one recording when chained, of different sports or behind settings', async () => {
    const run = buildFit({ startTime: '2026-11-20T07:31:00Z', durationS: 10, sport: 'running' })
    expect(await prove(join([ride, run]))).toMatchObject({
      kind: 'activity',
      isFinal: true,
      facts: {
        ...rideFacts,
        durationS: 20,
        distanceM: 170,
        sport: 'multisport',
        subSport: null,
        sessions: 2,
      },
    })
    const settings = buildFit({ startTime, type: 'settings', manufacturer: 1 })
    expect(await prove(join([settings, ride]))).toMatchObject({ kind: 'activity', facts: rideFacts })
    expect(await prove(join([ride, settings]))).toMatchObject({ kind: 'activity', isFinal: false })
  })

  it('may hold messages nobody knows, and odd version numbers', async () => {
    const writer = new FitWriter()
    writer.message(0, [[0, 'enum', 4]])
    writer.message(0xff42, [[7, 'uint32', 77]])
    const bytes = writer.finish(12)
    bytes[1] = 0xff // protocol version
    expect(await prove(sealFit(bytes.subarray(12, -2), 12))).toMatchObject({ kind: 'activity' })
  })
})

describe('the start time', () => {
  const relative = new Date(Date.UTC(1989, 11, 31) + 5000)
  const future = new Date(Date.UTC(1989, 11, 31) + 0xfffffff0 * 1000)

  test.each([
    [
      'counted since the device was switched on',
      relative,
      'the device counted time from when it was switched on',
    ],
    ['far in the future', future, 'the device clock was far in the future'],
  ])('is missing, with a reason, when it is %s', async (_name, time, reason) => {
    expect(await prove(buildFit({ startTime: time, durationS: 10 }))).toMatchObject({
      kind: 'activity',
      facts: { startTime: null, startTimeMissing: reason, sessions: 1 },
    })
  })

  it('is missing, with a reason, when the file tells none', async () => {
    const writer = new FitWriter()
    writer.message(0, [[0, 'enum', 4]])
    expect(await prove(writer.finish())).toMatchObject({
      facts: { startTime: null, startTimeMissing: 'the file tells no time', durationS: null },
    })
  })
})

describe('another kind of FIT file', () => {
  test.each([
    [1, 'device'],
    [2, 'settings'],
    [3, 'sport'],
    [5, 'workout'],
    [6, 'course'],
    [9, 'monitoring'],
    [10, 'totals'],
    [14, 'monitoring'],
    [15, 'monitoring'],
    [28, 'monitoring'],
    [32, 'monitoring'],
    [11, 'other'],
    [44, 'other'],
    [0, 'other'],
  ])('of type %i is no activity but %s', async (type, content) => {
    expect(await prove(buildFit({ startTime, type }))).toMatchObject({
      kind: 'notActivity',
      format: 'fit',
      content,
    })
  })

  it('without a type is damaged', async () => {
    expect(await prove(buildFit({ startTime, type: null }))).toMatchObject({
      kind: 'damaged',
      code: 'no-file-type',
      readable: { sport: 'cycling' },
    })
  })

  it('offers nothing to send when it is damaged', async () => {
    expect(await prove(flipped(buildFit({ startTime, type: 'workout' }), -1))).toMatchObject({
      kind: 'damaged',
      readable: null,
    })
  })
})

describe('a ride that is not finished', () => {
  const zeros = (length: number) => new Uint8Array(length)
  test.each<[string, Uint8Array, Partial<Proof>]>([
    ['no size in its header', withDataSize(ride, 0), { code: 'header-unfinished' }],
    ['an unset size in its header', withDataSize(ride, 0xffffffff), { code: 'header-unfinished' }],
    ['a size that reaches beyond the file', withDataSize(ride, 90_000), { code: 'cut-off' }],
    ['a size that fell behind', withDataSize(ride, 150), { code: 'header-unfinished' }],
    ['no checksum yet', ride.subarray(0, -2), { code: 'cut-off' }],
    ['a blank end', join([ride.subarray(0, -300), zeros(300)]), { code: 'cut-off' }],
    ['room set aside behind it', join([ride, zeros(4096)]), { code: 'cut-off' }],
    ['no size and room set aside', join([withDataSize(ride, 0), zeros(4096)]), { code: 'header-unfinished' }],
    ['half of a second part', join([ride, ride.subarray(0, -50)]), { code: 'cut-off' }],
    ['half of a second header', join([ride, ride.subarray(0, 9)]), { code: 'cut-off' }],
  ])('is incomplete with its readable facts: %s', async (_name, bytes, wanted) => {
    const proof = await prove(bytes)
    expect(proof).toMatchObject({ kind: 'incomplete', format: 'fit', ...wanted })
    expect(proof).toMatchObject({ readable: { startTime: rideFacts.startTime } })
  })

  it('is incomplete while its header is blank or short', async () => {
    const blank = join([zeros(14), ride.subarray(14)])
    expect(await prove(blank)).toMatchObject({ kind: 'incomplete', code: 'header-unfinished' })
    expect(await prove(ride.subarray(0, 5))).toMatchObject({ kind: 'incomplete', code: 'cut-off' })
    expect(await prove(zeros(0))).toMatchObject({ kind: 'incomplete', format: 'fit', code: 'empty' })
    expect(await prove(zeros(900))).toMatchObject({ kind: 'incomplete', format: 'fit', code: 'all-zero' })
  })

  it('is never an activity at any length but its own', async () => {
    for (let length = 0; length < ride.length; length++)
      expect((await prove(ride.subarray(0, length))).kind).toBe('incomplete')
  })

  it('is never an activity while its end is blank', async () => {
    // From the bare header on, whose checksum makes that of zeros behind it right.
    for (let length = 14; length < ride.length - 16; length++)
      expect(await prove(ride.slice().fill(0, length))).toMatchObject({ kind: 'incomplete', code: 'cut-off' })
    for (let length = ride.length - 16; length < ride.length; length++)
      expect((await prove(ride.slice().fill(0, length))).kind).not.toBe('activity')
  })
})

describe('a damaged ride', () => {
  test.each<[string, Uint8Array, Partial<Proof>]>([
    ['a wrong checksum', flipped(ride, -1), { code: 'bad-checksum' }],
    ['a wrong checksum of its header', flipped(ride, 12), { code: 'bad-checksum' }],
    [
      'other bytes behind it',
      join([ride, new TextEncoder().encode('<html></html>')]),
      { code: 'bad-structure' },
    ],
    [
      'a record that makes no sense',
      sealFit(join([ride.subarray(14, -2), Uint8Array.of(0x0f, 1)])),
      { code: 'bad-structure' },
    ],
    ['a wrong checksum in its second part', join([ride, flipped(ride, -2)]), { code: 'bad-checksum' }],
  ])('is told with its readable facts: %s', async (_name, bytes, wanted) => {
    const proof = await prove(bytes)
    expect(proof).toMatchObject({ kind: 'damaged', format: 'fit', ...wanted })
    expect(proof).toMatchObject({ readable: { startTime: rideFacts.startTime } })
  })

  it('is no FIT without the signature, and no ride with an impossible header', async () => {
    expect(await prove(flipped(ride, 9))).toMatchObject({ kind: 'damaged', code: 'unknown-format' })
    const small = ride.slice()
    small[0] = 3
    expect(await prove(small)).toMatchObject({ kind: 'damaged', code: 'bad-structure', readable: null })
  })

  it('is never taken for a ride whichever bit is turned', async () => {
    for (let at = 0; at < ride.length; at++) {
      // The version bytes are covered by both checksums as well, so no bit is free.
      for (const bit of [0, 3, 7]) expect((await prove(flipped(ride, at, bit))).kind).not.toBe('activity')
    }
  })
})

test('a header whose own checksum is wrong is damage, also where the file’s fits', async () => {
  const bytes = ride.slice()
  bytes.set([(bytes[12] ?? 0) ^ 1], 12)
  new DataView(bytes.buffer).setUint16(bytes.length - 2, fitCrc(0, bytes, 0, bytes.length - 2), true)
  expect(await prove(bytes)).toMatchObject({ kind: 'damaged', code: 'bad-checksum' })
})
