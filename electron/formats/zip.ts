import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { fromRandomAccessReader, RandomAccessReader } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import type { ByteSource } from './byte-source.ts'
import { outputCapBytes, unpack } from './gzip.ts'
import { FormatError } from './proof.ts'
import { findZipEnd } from './zip-end.ts'

/** One file in a zip. */
export interface ZipEntry {
  /** As the archive spells it: data from outside, never a path. */
  readonly name: string
  /** Unpacked size as the archive says it, in bytes. */
  readonly bytes: number
  /**
   * The unpacked bytes; size and CRC are checked at the end. Throws FormatError `bad-checksum`, `bad-archive` (also for
   * encrypted and unknown packings) or `too-large`; the source's own I/O errors pass through.
   */
  stream(): AsyncIterable<Uint8Array>
}

/** Caps against archives made to harm. Bytes are counted as they are unpacked, whatever the archive says. */
export interface ZipCaps {
  readonly entries: number
  /** Of one entry, and of all together. */
  readonly outputBytes: number
}

const defaultCaps: ZipCaps = { entries: 10_000, outputBytes: outputCapBytes }
const readChunkBytes = 65_536
const stored = 0
const deflated = 8

/**
 * The files of a zip by its central directory, in its order, without folders and the leavings of macOS. Throws
 * FormatError `cut-off` (no central directory at the end), `bad-archive` or `too-large`; I/O errors pass through.
 */
export async function readZip(source: ByteSource, caps: ZipCaps = defaultCaps): Promise<readonly ZipEntry[]> {
  const reader = new SourceReader(source)
  try {
    const end = await findZipEnd(source)
    if (end === null) throw new FormatError('cut-off', 'the list of files at its end is missing')
    const zip = await open(reader, end)
    if (zip.entryCount > caps.entries)
      throw new FormatError('too-large', `the archive has more than ${caps.entries} entries`)
    const budget = new OutputBudget(caps.outputBytes)
    const entries: ZipEntry[] = []
    for (let entry = await nextEntry(zip); entry !== null; entry = await nextEntry(zip)) {
      const name = nameOf(entry)
      if (isFileOfInterest(name)) entries.push(zipEntry({ source, reader, zip, budget }, entry, name))
    }
    return entries
  } catch (error) {
    throw reader.failure ?? (error instanceof Error ? asFormatError(error) : error)
  }
}

/** What all entries of one archive share. */
interface Archive {
  readonly source: ByteSource
  readonly reader: SourceReader
  readonly zip: ZipFile
  readonly budget: OutputBudget
}

function zipEntry({ source, reader, zip, budget }: Archive, entry: Entry, name: string): ZipEntry {
  return {
    name,
    bytes: entry.uncompressedSize,
    stream: async function* () {
      if (entry.isEncrypted()) throw new FormatError('bad-archive', 'the entry is encrypted')
      if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated)
        throw new FormatError('bad-archive', 'the entry is packed in an unknown way')
      // What says itself that it is too much is not unpacked to find out.
      budget.count(entry, entry.uncompressedSize)
      const start = await dataStart(zip, reader, entry)
      const packed = range(source, start, start + entry.compressedSize)
      let bytes = 0
      let crc = 0
      for await (const chunk of entry.compressionMethod === stored
        ? packed
        : unpack(packed, createInflateRaw())) {
        bytes += chunk.length
        budget.count(entry, bytes)
        if (bytes > entry.uncompressedSize) throw otherSize()
        crc = crc32(chunk, crc)
        yield chunk
      }
      if (bytes !== entry.uncompressedSize) throw otherSize()
      if (crc !== entry.crc32) throw new FormatError('bad-checksum', 'the checksum does not fit the entry')
    },
  }
}

function otherSize(): FormatError {
  return new FormatError('bad-archive', 'the entry has another size than listed')
}

/**
 * Counts what each entry says it unpacks to, or has been unpacked to where that is more; reading one twice does not count
 * twice. One that is refused is not counted: a bomb must not cost the ride beside it.
 */
class OutputBudget {
  readonly #cap: number
  readonly #largest = new Map<Entry, number>()
  #total = 0

  constructor(cap: number) {
    this.#cap = cap
  }

  count(entry: Entry, bytes: number): void {
    const before = this.#largest.get(entry) ?? 0
    if (bytes <= before) return
    const total = this.#total + bytes - before
    if (total > this.#cap) throw new FormatError('too-large', 'the archive unpacks to far more than any ride')
    this.#largest.set(entry, bytes)
    this.#total = total
  }
}

/** Lets yauzl read from a ByteSource, and remembers the source's own error, which is not the archive's fault. */
class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource
  failure: Error | null = null

  constructor(source: ByteSource) {
    super()
    this.#source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(range(this.#source, start, end))
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.failure = null
    this.#source.read(position, length).then(
      bytes => {
        buffer.set(bytes, offset)
        callback(bytes.length < length ? new FormatError('cut-off', 'the archive ends too early') : null)
      },
      (error: unknown) => {
        this.failure = error instanceof Error ? error : new Error('reading failed', { cause: error })
        callback(this.failure)
      },
    )
  }
}

function open(reader: RandomAccessReader, size: number): Promise<ZipFile> {
  // Names are taken raw: a name that would be dangerous as a path must not hide the ride inside.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false }
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(reader, size, options, (error, zip) => {
      if (error === null) resolve(zip)
      else reject(error)
    })
  })
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      zip.removeListener('entry', onEntry)
      zip.removeListener('end', onEnd)
      zip.removeListener('error', onError)
    }
    const onEntry = (entry: Entry) => {
      settle()
      resolve(entry)
    }
    const onEnd = () => {
      settle()
      resolve(null)
    }
    const onError = (error: Error) => {
      settle()
      reject(error)
    }
    zip.on('entry', onEntry).on('end', onEnd).on('error', onError)
    zip.readEntry()
  })
}

function dataStart(zip: ZipFile, reader: SourceReader, entry: Entry): Promise<number> {
  return new Promise((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) => {
      if (error === null) resolve(header.fileDataStart)
      else reject(reader.failure ?? asFormatError(error))
    })
  })
}

async function* range(source: ByteSource, start: number, end: number): AsyncIterable<Uint8Array> {
  for (let at = start; at < end;) {
    const bytes = await source.read(at, Math.min(readChunkBytes, end - at))
    if (bytes.length === 0) return
    at += bytes.length
    yield bytes
  }
}

/** Bit 11 says UTF-8; without it many archives still are, and the rest is read byte by byte. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    return raw.toString('latin1')
  }
}

function isFileOfInterest(name: string): boolean {
  const parts = name.split(/[/\\]/)
  const last = parts.at(-1) ?? ''
  return last !== '' && !last.startsWith('._') && !parts.includes('__MACOSX')
}

/** Whatever yauzl finds wrong with an archive that has its end. */
function asFormatError(error: Error): Error {
  return error instanceof FormatError
    ? error
    : new FormatError('bad-archive', 'the archive makes no sense', { cause: error })
}
