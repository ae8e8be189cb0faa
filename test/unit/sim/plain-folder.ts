import { memorySource } from '../../../electron/formats/byte-source.ts'
import { candidateKind } from '../../../electron/formats/candidate-name.ts'
import { gunzip } from '../../../electron/formats/gzip.ts'
import { FormatError, type Proof } from '../../../electron/formats/proof.ts'
import { proveRecording } from '../../../electron/formats/prove.ts'
import { sniff } from '../../../electron/formats/sniff.ts'
import { readZip } from '../../../electron/formats/zip.ts'
import type { RecorderAct } from '../../sim/recorder.ts'

/** A folder in memory that does what recorders ask, and nothing else. */
export class PlainFolder {
  readonly #files = new Map<string, Uint8Array>()

  get paths(): readonly string[] {
    return [...this.#files.keys()]
  }

  /** The bytes at this path; throws when there are none. */
  read(path: string): Uint8Array {
    const bytes = this.#files.get(path)
    if (bytes === undefined) throw new RangeError(`there is no ${path}`)
    return bytes
  }

  has(path: string): boolean {
    return this.#files.has(path)
  }

  /** Answers the path that has other bytes now; null where none has. */
  apply(act: RecorderAct): string | null {
    switch (act.kind) {
      case 'write': {
        const before = this.#files.get(act.path) ?? new Uint8Array(0)
        const after = new Uint8Array(Math.max(before.length, act.at + act.bytes.length))
        after.set(before)
        after.set(act.bytes, act.at)
        this.#files.set(act.path, after)
        return act.path
      }
      case 'truncate': {
        const before = this.#files.get(act.path) ?? new Uint8Array(0)
        const after = new Uint8Array(act.size)
        after.set(before.subarray(0, act.size))
        this.#files.set(act.path, after)
        return act.path
      }
      case 'rename': {
        this.#files.set(act.to, this.read(act.from))
        this.#files.delete(act.from)
        return act.to
      }
      case 'remove':
        this.read(act.path)
        this.#files.delete(act.path)
        return null
      case 'ageMtime':
        this.read(act.path)
        return null
    }
  }
}

/** One thing found in a file: its own bytes, unpacked, and what they prove to be. */
export interface Found {
  readonly bytes: Uint8Array
  readonly proof: Proof
}

/** Everything in a file that looks like a recording, unpacked; nothing for a name that is no candidate. */
export async function foundIn(path: string, bytes: Uint8Array): Promise<readonly Found[]> {
  if (candidateKind(path) === null) return []
  const source = memorySource(bytes)
  switch (sniff(bytes.subarray(0, 4096))) {
    case 'gzip':
      return unpacked(path, () => gunzip(source))
    case 'zip': {
      const entries = await unlessBroken(() => readZip(source), [])
      const recordings = entries.filter(entry => candidateKind(entry.name) === 'recording')
      return (await Promise.all(recordings.map(entry => unpacked(entry.name, () => entry.stream())))).flat()
    }
    default:
      return [{ bytes, proof: await proveRecording(source, path) }]
  }
}

function unpacked(name: string, open: () => AsyncIterable<Uint8Array>): Promise<readonly Found[]> {
  return unlessBroken(async () => {
    const bytes = await collect(open())
    return [{ bytes, proof: await proveRecording(memorySource(bytes), name) }]
  }, [])
}

/** What the readers refuse holds nothing. */
async function unlessBroken<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return otherwise
  }
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
