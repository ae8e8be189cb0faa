import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import type { ByteSource } from '../../formats/byte-source.ts'
import { candidateKind, recordingBaseName } from '../../formats/candidate-name.ts'
import { gunzip } from '../../formats/gzip.ts'
import { FormatError, type Proof } from '../../formats/proof.ts'
import { proveRecording } from '../../formats/prove.ts'
import { quickLook } from '../../formats/quick-look.ts'
import { sniff } from '../../formats/sniff.ts'
import { readZip } from '../../formats/zip.ts'
import type { Disk, FileStat, OpenFile } from '../ports/disk.ts'

/** Nothing larger is read or unpacked: 256 MiB, far above any real ride. */
export const largestBytes = 256 * 1024 * 1024

export interface ExamineRequest {
  readonly path: string
  /** Ours alone; swept at start. */
  readonly stagingFolder: string
  /** A name no other examination uses. */
  readonly stagingName: string
  /** False for a baseline: the answer is wanted, not the bytes. */
  readonly keepStaged: boolean
  /** True for "upload anyway": the cheap checks that spare a copy are left out. */
  readonly isForced: boolean
}

/** One thing found inside a file. `stagedPath` holds a ride's own bytes, unpacked, until it is archived or discarded. */
export interface ExaminedItem {
  readonly entry: string | null
  readonly baseName: string
  readonly proof: Proof
  /** SHA-256 of the recording's bytes; null when there is nothing that could be sent. */
  readonly sha256: string | null
  readonly bytes: number | null
  readonly stagedPath: string | null
}

export type Examination =
  | {
      readonly kind: 'examined'
      readonly stat: FileStat
      readonly isZip: boolean
      readonly items: readonly ExaminedItem[]
    }
  /** It changed while it was read, or another program keeps it: look again soon. */
  | {
      readonly kind: 'notNow'
      readonly code: 'busy' | 'changing' | 'missing' | 'unreadable' | 'trouble'
      readonly detail: string
    }

function fault(error: FormatError): Proof {
  return { kind: 'incomplete', format: null, code: error.code, detail: error.message, readable: null }
}

/** Reads one candidate and says what is in it. The source is opened for reading only and closed again. */
export async function examineFile(disk: Disk, request: ExamineRequest): Promise<Examination> {
  try {
    return await examineOpen(disk, request)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.file !== request.path) return { kind: 'notNow', code: 'trouble', detail: error.message }
    const code =
      error.code === 'busy' || error.code === 'missing' || error.code === 'unreadable'
        ? error.code
        : 'trouble'
    return { kind: 'notNow', code, detail: error.message }
  }
}

async function examineOpen(disk: Disk, request: ExamineRequest): Promise<Examination> {
  const source = await disk.openRead(request.path)
  const staged = new Staging(disk, request)
  try {
    const before = await source.stat()
    const items = await examineContent(source, staged, request)
    const after = await source.stat()
    const isSame =
      before.size === after.size && before.mtimeMs === after.mtimeMs && before.ctimeMs === after.ctimeMs
    if (!isSame || source.size !== after.size) {
      await staged.discardAll()
      return { kind: 'notNow', code: 'changing', detail: '' }
    }
    const kept = items.items.flatMap(item => item.stagedPath ?? [])
    await staged.discardAll(request.keepStaged ? kept : [])
    return { kind: 'examined', stat: after, isZip: items.isZip, items: items.items }
  } catch (error) {
    await staged.discardAll()
    throw error
  } finally {
    await source.close()
  }
}

interface Contents {
  readonly isZip: boolean
  readonly items: readonly ExaminedItem[]
}

async function examineContent(source: OpenFile, staged: Staging, request: ExamineRequest): Promise<Contents> {
  const fileName = basename(request.path)
  const single = (proof: Proof): Contents => ({
    isZip: false,
    items: [
      {
        entry: null,
        baseName: recordingBaseName(fileName),
        proof,
        sha256: null,
        bytes: null,
        stagedPath: null,
      },
    ],
  })
  const early = request.isForced ? null : await quickLook(source)
  if (early !== null) return single(await quickFault(source, fileName, early))
  if (source.size > largestBytes) {
    return single(fault(new FormatError('too-large', 'it is larger than any ride (over 256 MiB)')))
  }
  // From here on only the staged copy is read: proof, hash and archive are of the same bytes.
  const copy = request.keepStaged ? await staged.add(source.stream()) : null
  const content: ByteSource = copy === null ? source : copy.file
  try {
    const kind = sniff(await content.read(0, 4096))
    if (kind === 'zip') return { isZip: true, items: await examineZip(content, staged, request) }
    if (kind === 'gzip') {
      const inner = await staged.add(gunzip(content, largestBytes))
      try {
        return { isZip: false, items: [await examineOne(inner.file, inner.path, null, fileName)] }
      } finally {
        await inner.file.close()
      }
    }
    return { isZip: false, items: [await examineOne(content, copy?.path ?? null, null, fileName)] }
  } catch (error) {
    if (error instanceof FormatError) return single(fault(error))
    throw error
  } finally {
    await copy?.file.close()
  }
}

/** A file the quick look refused is still proved where it lies: its readable part may be wanted, and its kind named. */
async function quickFault(source: OpenFile, fileName: string, code: FormatError['code']): Promise<Proof> {
  const kind = sniff(await source.read(0, 4096))
  if (kind !== 'gzip' && kind !== 'zip' && source.size <= largestBytes)
    return proveRecording(source, fileName)
  return fault(new FormatError(code, code === 'empty' ? 'the file is empty' : 'it ends too early'))
}

async function examineZip(
  content: ByteSource,
  staged: Staging,
  request: ExamineRequest,
): Promise<readonly ExaminedItem[]> {
  const items: ExaminedItem[] = []
  for (const entry of await readZip(content)) {
    const kind = candidateKind(basename(entry.name.replaceAll('\\', '/')))
    if (kind === null) continue
    const item = (proof: Proof): ExaminedItem => ({
      ...{ entry: entry.name, baseName: recordingBaseName(entry.name), proof },
      ...{ sha256: null, bytes: null, stagedPath: null },
    })
    if (kind !== 'recording') {
      items.push(
        item({ kind: 'notActivity', format: null, content: 'other', detail: 'an archive in an archive' }),
      )
      continue
    }
    try {
      const inner = await staged.add(entry.stream())
      try {
        const held = request.keepStaged ? inner.path : null
        items.push(await examineOne(inner.file, held, entry.name, entry.name))
      } finally {
        await inner.file.close()
      }
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      items.push(item(fault(error)))
    }
  }
  return items
}

async function examineOne(
  content: ByteSource,
  stagedPath: string | null,
  entry: string | null,
  fileName: string,
): Promise<ExaminedItem> {
  const proof = await proveRecording(content, basename(fileName.replaceAll('\\', '/')))
  const couldBeSent = proof.kind === 'activity' || (proof.kind !== 'notActivity' && proof.readable !== null)
  const hash = createHash('sha256')
  for await (const chunk of content.stream()) hash.update(chunk)
  return {
    entry,
    baseName: recordingBaseName(fileName),
    proof,
    sha256: hash.digest('hex'),
    bytes: content.size,
    stagedPath: couldBeSent ? stagedPath : null,
  }
}

/** The staging files of one examination. */
class Staging {
  readonly #disk: Disk
  readonly #request: ExamineRequest
  readonly #paths: string[] = []

  constructor(disk: Disk, request: ExamineRequest) {
    this.#disk = disk
    this.#request = request
  }

  /** Writes the bytes to a new staging file, at most 256 MiB, and opens it. */
  async add(bytes: AsyncIterable<Uint8Array>): Promise<{ readonly path: string; readonly file: OpenFile }> {
    const path = join(this.#request.stagingFolder, `${this.#request.stagingName}-${this.#paths.length}`)
    const file = await this.#disk.create(path)
    this.#paths.push(path)
    let total = 0
    try {
      for await (const chunk of bytes) {
        total += chunk.length
        if (total > largestBytes) throw new FormatError('too-large', 'it unpacks to more than 256 MiB')
        await file.write(chunk)
      }
    } finally {
      await file.close()
    }
    return { path, file: await this.#disk.openRead(path) }
  }

  async discardAll(except: readonly string[] = []): Promise<void> {
    for (const path of this.#paths) if (!except.includes(path)) await this.#disk.remove(path)
  }
}
