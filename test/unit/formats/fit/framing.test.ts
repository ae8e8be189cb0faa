import { describe, expect, it, test } from 'vitest'
import { FitFraming } from '../../../../electron/formats/fit/framing.ts'
import type { FitPartEnd, FitTrailer } from '../../../../electron/formats/fit/framing.ts'
import { numberOf, textOf } from '../../../../electron/formats/fit/message.ts'
import type { FitMessage } from '../../../../electron/formats/fit/message.ts'
import { buildFit } from '../../../helpers/fit-builder.ts'
import { join, sealFit } from '../../../helpers/fit-writer.ts'

interface Framed {
  readonly messages: readonly (readonly [message: number, timestamp: number | null])[]
  readonly ends: readonly Pick<FitPartEnd, 'records' | 'checksum'>[]
  readonly trailer: FitTrailer | null
}

function frame(
  bytes: Uint8Array,
  chunkBytes = 1000,
  onMessage: (message: FitMessage) => void = () => undefined,
): Framed {
  const messages: (readonly [number, number | null])[] = []
  const ends: Pick<FitPartEnd, 'records' | 'checksum'>[] = []
  const framing = new FitFraming({
    part: () => undefined,
    message: message => {
      messages.push([message.definition.message, message.timestamp])
      onMessage(message)
    },
    partEnd: ({ records, checksum }) => void ends.push({ records, checksum }),
  })
  for (let at = 0; at < bytes.length; at += chunkBytes) framing.push(bytes.subarray(at, at + chunkBytes))
  return { messages, ends, trailer: framing.finish() }
}

const bytes = (...values: readonly number[]) => Uint8Array.from(values)
const whole = { records: 'whole', checksum: 'good' } as const
/** Defines record messages (20) of local type 1: a timestamp and a heart rate. */
const recordDefinition = bytes(0x41, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 0x02)

describe('FitFraming', () => {
  it('finds the same messages however the bytes are cut into chunks', () => {
    const file = buildFit({ startTime: '2026-11-20T06:31:00Z', durationS: 20 })
    const inOne = frame(file, file.length)
    expect(inOne).toMatchObject({ ends: [whole], trailer: null })
    expect(inOne.messages).toHaveLength(27)
    for (const chunkBytes of [1, 2, 3, 7, 64, 1000]) expect(frame(file, chunkBytes)).toEqual(inOne)
  })

  it('adds up compressed timestamps, which roll over every 32 seconds', () => {
    const records = join([
      recordDefinition,
      bytes(0x01, 30, 0, 0, 0x40, 100), // a full timestamp, 30 s into a block
      bytes(0x42, 0, 0, 20, 0, 1, 3, 1, 0x02), // local type 2: a heart rate alone
      bytes(0x80 | (2 << 5) | 31, 101),
      bytes(0x80 | (2 << 5) | 2, 102),
      bytes(0x80 | (2 << 5) | 1, 103),
    ])
    const base = 0x40000000
    expect(frame(sealFit(records)).messages).toEqual([
      [20, base + 30],
      [20, base + 31],
      [20, base + 34],
      [20, base + 65],
    ])
  })

  it('knows no time for a compressed timestamp before any full one', () => {
    const records = join([bytes(0x40, 0, 0, 20, 0, 1, 3, 1, 0x02), bytes(0x85, 101)])
    expect(frame(sealFit(records)).messages).toEqual([[20, null]])
  })

  it('passes over developer fields', () => {
    const records = join([
      bytes(0x61, 0, 0, 20, 0, 1, 253, 4, 0x86, 2, 0, 2, 0, 1, 1, 0), // two developer fields: 2 and 1 bytes
      bytes(0x01, 5, 0, 0, 0x40, 9, 9, 9),
      bytes(0x01, 6, 0, 0, 0x40, 9, 9, 9),
    ])
    expect(frame(sealFit(records))).toEqual({
      messages: [
        [20, 0x40000005],
        [20, 0x40000006],
      ],
      ends: [whole],
      trailer: null,
    })
  })

  it('reads each definition in its own byte order', () => {
    const records = join([
      bytes(0x40, 0, 1, 0, 20, 1, 253, 4, 0x86), // big-endian
      bytes(0x00, 0x40, 0, 0, 7),
      recordDefinition,
      bytes(0x01, 8, 0, 0, 0x40, 100),
    ])
    expect(frame(sealFit(records)).messages).toEqual([
      [20, 0x40000007],
      [20, 0x40000008],
    ])
  })

  it('ignores the value of a field whose size its type cannot have, and keeps the rest', () => {
    const values: unknown[] = []
    const records = join([
      bytes(0x40, 0, 0, 20, 0, 3, 253, 4, 0x86, 5, 1, 0x86, 3, 1, 0x02),
      bytes(0x00, 7, 0, 0, 0x40, 9, 100),
    ])
    frame(sealFit(records), 1000, ({ definition, payload }) => {
      values.push(numberOf(definition, payload, 5), numberOf(definition, payload, 3))
    })
    expect(values).toEqual([null, 100])
  })

  it('reads text up to its end mark, and "not set" as null', () => {
    const values: unknown[] = []
    const records = join([
      bytes(0x40, 0, 0, 0, 0, 3, 8, 6, 0x07, 2, 2, 0x84, 3, 4, 0x8c),
      bytes(0x00, 0x4b, 0x61, 0x72, 0x6f, 0x6f, 0, 0xff, 0xff, 0, 0, 0, 0),
    ])
    frame(sealFit(records), 1000, ({ definition, payload }) => {
      values.push(
        textOf(definition, payload, 8),
        numberOf(definition, payload, 2),
        numberOf(definition, payload, 3),
      )
    })
    expect(values).toEqual(['Karoo', null, null])
  })

  const ride = buildFit({ startTime: '2026-11-20T06:31:00Z', durationS: 3 })
  test.each([
    ['a chained file', join([ride, ride]), [whole, whole], null],
    [
      'a record without a definition',
      sealFit(join([recordDefinition, bytes(0x02, 1)])),
      [{ records: 'broken', checksum: 'good' }],
      null,
    ],
    [
      'a record across the end of the part',
      sealFit(join([recordDefinition, bytes(0x01, 5, 0)])),
      [{ records: 'cut', checksum: 'good' }],
      null,
    ],
    ['a cut part', ride.subarray(0, -1), [{ records: 'whole', checksum: 'missing' }], null],
    ['other bytes behind', join([ride, bytes(1, 2, 3)]), [whole], { bytes: 3, mayBeHeader: false }],
    ['the start of another header', join([ride, bytes(14, 32, 0)]), [whole], { bytes: 3, mayBeHeader: true }],
  ])('tells how it ends: %s', (_name, file, ends, trailer) => {
    expect(frame(file)).toMatchObject({ ends, trailer })
    expect(frame(file, 1)).toMatchObject({ ends, trailer })
  })

  it('counts blank bytes at the very end across chunks', () => {
    const framing = new FitFraming({
      part: () => undefined,
      message: () => undefined,
      partEnd: () => undefined,
    })
    for (const chunk of [bytes(0, 0, 1, 0), bytes(0, 0), bytes(0)]) framing.push(chunk)
    expect(framing.blankTail).toBe(4)
  })
})
