import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../../electron/formats/byte-source.ts'
import { fitCrc } from '../../../electron/formats/fit/crc.ts'
import { proveRecording } from '../../../electron/formats/prove.ts'
import { sealFit } from '../../helpers/fit-writer.ts'

const megabyte = 1024 * 1024

/** A source that makes its bytes as they are asked for, and notes how much memory is held meanwhile. */
function streamed(size: number, head: Uint8Array, chunks: () => Iterable<Uint8Array>) {
  let peak = 0
  const source: ByteSource = {
    size,
    read: (at, length) => Promise.resolve(head.subarray(at, at + length)),
    stream: async function* () {
      for (const chunk of chunks()) {
        const { heapUsed, arrayBuffers } = process.memoryUsage()
        peak = Math.max(peak, heapUsed + arrayBuffers)
        yield await Promise.resolve(chunk)
      }
    },
  }
  return { source, peak: () => peak }
}

function held(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** A FIT of `count` repetitions of one record after the given start of its records. */
function repeatingFit(start: Uint8Array, record: Uint8Array, count: number) {
  const perChunk = Math.floor(65_536 / record.length)
  const chunk = new Uint8Array(perChunk * record.length)
  for (let at = 0; at < chunk.length; at += record.length) chunk.set(record, at)
  const chunkCount = Math.floor(count / perChunk)
  const head = sealFit(start).subarray(0, 14 + start.length)
  const dataSize = start.length + chunkCount * chunk.length
  const view = new DataView(head.buffer)
  view.setUint32(4, dataSize, true)
  view.setUint16(12, 0, true)
  let crc = fitCrc(0, head)
  for (let n = 0; n < chunkCount; n++) crc = fitCrc(crc, chunk)
  return {
    records: chunkCount * perChunk,
    ...streamed(14 + dataSize + 2, head, function* () {
      yield head
      for (let n = 0; n < chunkCount; n++) yield chunk.slice()
      yield Uint8Array.of(crc & 0xff, crc >> 8)
    }),
  }
}

const fileId = Uint8Array.of(0x40, 0, 0, 0, 0, 1, 0, 1, 0, 0x00, 4)

describe('large files', () => {
  it('a FIT of 50 MB is proved in a few MB of memory', async () => {
    const definition = Uint8Array.of(0x41, 0, 0, 20, 0, 3, 253, 4, 0x86, 3, 1, 2, 5, 4, 0x86)
    const record = Uint8Array.of(0x01, 0, 0, 0, 0x40, 140, 0x10, 0x27, 0, 0)
    const start = Uint8Array.from([...fileId, ...definition])
    const { source, peak } = repeatingFit(start, record, (50 * megabyte) / record.length)
    const before = held()
    expect(await proveRecording(source, 'ride.fit')).toMatchObject({
      kind: 'activity',
      facts: { distanceM: 100 },
    })
    expect(source.size).toBeGreaterThan(49 * megabyte)
    expect(peak() - before).toBeLessThan(40 * megabyte)
  })

  it('a FIT of nothing but empty messages ends too', async () => {
    const start = Uint8Array.from([...fileId, 0x41, 0, 0, 99, 0, 0])
    const { source } = repeatingFit(start, Uint8Array.of(0x01), 5 * megabyte)
    expect(await proveRecording(source, 'ride.fit')).toMatchObject({ kind: 'activity', isFinal: false })
  })

  it('a GPX of 30 MB is proved in a few MB of memory', async () => {
    const encode = (text: string) => new TextEncoder().encode(text)
    const head = encode('<gpx><trk><trkseg>')
    const tail = encode('</trkseg></trk></gpx>')
    const points = encode(
      '<trkpt lat="47.1" lon="8.5"><time>2026-11-20T06:31:00Z</time></trkpt>\n'.repeat(900),
    )
    const count = Math.ceil((30 * megabyte) / points.length)
    const { source, peak } = streamed(head.length + tail.length + count * points.length, head, function* () {
      yield head
      for (let n = 0; n < count; n++) yield points.slice()
      yield tail
    })
    const before = held()
    expect(await proveRecording(source, 'ride.gpx')).toMatchObject({
      kind: 'activity',
      facts: { distanceM: 0 },
    })
    expect(peak() - before).toBeLessThan(100 * megabyte)
  })
})
