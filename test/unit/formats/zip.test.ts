import { deflateRawSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { memorySource } from '../../../electron/formats/byte-source.ts'
import type { ByteSource } from '../../../electron/formats/byte-source.ts'
import { readZip } from '../../../electron/formats/zip.ts'
import { gzipBytes, zipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { join } from '../../helpers/fit-writer.ts'
import { honestEntry, rawZip } from '../../helpers/hostile-archives.ts'
import { collect } from './collect.ts'

const ride = buildFit({ startTime: '2026-11-20T06:31:00Z', durationS: 600 })
const text = new TextEncoder().encode('hello')
const zip = zipBytes([{ name: 'ride.fit', bytes: ride }])

async function contents(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  const entries = await readZip(memorySource(bytes, 1000))
  const pairs: [string, Uint8Array][] = []
  for (const entry of entries) pairs.push([entry.name, await collect(entry.stream())])
  return Object.fromEntries(pairs)
}

/** The archive with a number in its central directory, `offset` bytes into the first entry, replaced. */
function patched(bytes: Uint8Array, offset: number, value: number, length: 2 | 4): Uint8Array {
  const copy = bytes.slice()
  const directory = Buffer.from(copy.buffer).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  const view = new DataView(copy.buffer)
  if (length === 2) view.setUint16(directory + offset, value, true)
  else view.setUint32(directory + offset, value, true)
  return copy
}

describe('readZip', () => {
  it('gives name, size and bytes of each file, in the order of the archive', async () => {
    const bytes = zipBytes([
      { name: 'b/ride.fit', bytes: ride },
      { name: 'a.txt', bytes: text },
    ])
    const entries = await readZip(memorySource(bytes))
    expect(entries.map(({ name, bytes: size }) => ({ name, size }))).toEqual([
      { name: 'b/ride.fit', size: ride.length },
      { name: 'a.txt', size: 5 },
    ])
    expect(await contents(bytes)).toEqual({ 'b/ride.fit': ride, 'a.txt': text })
  })

  it('leaves out folders and what macOS adds', async () => {
    const bytes = zipBytes([
      { name: 'folder/', bytes: new Uint8Array(0) },
      { name: '__MACOSX/._ride.fit', bytes: text },
      { name: 'folder/._ride.fit', bytes: text },
      { name: 'folder/ride.fit', bytes: ride },
    ])
    expect(await contents(bytes)).toEqual({ 'folder/ride.fit': ride })
  })

  test.each(['../../evil.fit', '/etc/ride.fit', 'C:\\rides\\ride.fit', '..\\ride.fit', 'Zürich 東京.fit'])(
    'takes the name %s as data',
    async name => {
      expect(await contents(zipBytes([{ name, bytes: ride }]))).toEqual({ [name]: ride })
    },
  )

  it('reads an archive with nothing in it, and one with padding behind it', async () => {
    expect(await contents(zipBytes([]))).toEqual({})
    expect(await contents(join([zip, new Uint8Array(30)]))).toEqual({ 'ride.fit': ride })
  })

  it('reads a stored entry', async () => {
    const stored = zipBytes([{ name: 'ride.fit.gz', bytes: gzipBytes(ride) }])
    expect(await contents(stored)).toEqual({ 'ride.fit.gz': gzipBytes(ride) })
  })

  test.each([
    ['an archive cut in half', zip.subarray(0, zip.length / 2), 'cut-off'],
    ['an archive without its last byte', zip.subarray(0, -1), 'cut-off'],
    ['the magic alone', zip.subarray(0, 4), 'cut-off'],
    ['an encrypted entry', patched(zip, 8, 1, 2), 'bad-archive'],
    ['strong encryption', patched(zip, 8, 0x41, 2), 'bad-archive'],
    ['an unknown packing', patched(zip, 10, 99, 2), 'bad-archive'],
    ['a wrong CRC', patched(zip, 16, 1234, 4), 'bad-checksum'],
    ['a wrong unpacked size', patched(zip, 24, 3, 4), 'bad-archive'],
    ['a packed size beyond the file', patched(zip, 20, 0x7fffffff, 4), 'bad-archive'],
    ['an entry that starts nowhere', patched(zip, 42, 0x7fffffff, 4), 'cut-off'],
    ['an entry that starts elsewhere', patched(zip, 42, 7, 4), 'bad-archive'],
  ])('refuses %s', async (_name, bytes, code) => {
    await expect(contents(bytes)).rejects.toMatchObject({ name: 'FormatError', code })
  })

  it('stops a bomb where it goes beyond the size it claims, and unpacks nothing of one that claims its own', async () => {
    const packed = deflateRawSync(Buffer.alloc(8 * 1024 * 1024))
    const bombs = rawZip([
      { name: 'small.fit', packed, size: 10 },
      { name: 'honest.fit', packed, size: 8 * 1024 * 1024 },
    ])
    const ends: string[] = []
    for (const entry of await readZip(memorySource(bombs), { entries: 10, outputBytes: 100_000 })) {
      let seen = 0
      const read = async (): Promise<void> => {
        for await (const chunk of entry.stream()) seen += chunk.length
      }
      await expect(read()).rejects.toMatchObject({ name: 'FormatError' })
      ends.push(`${entry.name} ${seen}`)
    }
    expect(ends).toEqual(['small.fit 0', 'honest.fit 0'])
  })

  it('gives the ride beside a bomb', async () => {
    const two = rawZip([
      { name: 'bomb.fit', packed: deflateRawSync(Buffer.alloc(8 * 1024 * 1024)), size: 8 * 1024 * 1024 },
      honestEntry('ride.fit', ride),
    ])
    const [bomb, beside] = await readZip(memorySource(two), { entries: 10, outputBytes: 100_000 })
    await expect(collect(bomb?.stream())).rejects.toMatchObject({ code: 'too-large' })
    expect(await collect(beside?.stream())).toEqual(ride)
  })

  it('counts the output of all entries together, and one that is read twice only once', async () => {
    const two = zipBytes([
      { name: 'a.fit', bytes: ride },
      { name: 'b.fit', bytes: ride },
    ])
    const caps = { entries: 10, outputBytes: ride.length + 10 }
    const [first, second] = await readZip(memorySource(two), caps)
    expect(await collect(first?.stream())).toEqual(ride)
    expect(await collect(first?.stream())).toEqual(ride)
    await expect(collect(second?.stream())).rejects.toMatchObject({ code: 'too-large' })
  })

  it('refuses more entries than the cap', async () => {
    const many = Array.from({ length: 11 }, (_, index) => ({ name: `${index}.fit`, bytes: text }))
    await expect(
      readZip(memorySource(zipBytes(many)), { entries: 10, outputBytes: 1000 }),
    ).rejects.toMatchObject({ code: 'too-large' })
  })

  it('passes errors of the source through as they are', async () => {
    const broken = new Error('the disk is gone')
    let reads = 0
    const source = (failAt: number): ByteSource => ({
      ...memorySource(zip),
      read: (at, length) =>
        ++reads > failAt ? Promise.reject(broken) : Promise.resolve(zip.subarray(at, at + length)),
    })
    await expect(readZip(source(1))).rejects.toBe(broken)
    reads = 0
    const [entry] = await readZip(source(4))
    await expect(collect(entry?.stream())).rejects.toBe(broken)
  })

  it('never crashes on damage at any place', async () => {
    const small = zipBytes([{ name: 'a.fit', bytes: ride.subarray(0, 300) }])
    for (let at = 0; at < small.length; at++) {
      const damaged = small.slice()
      damaged[at] = (damaged[at] ?? 0) ^ 0xff
      await contents(damaged).catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'FormatError' })
      })
    }
  })
})
