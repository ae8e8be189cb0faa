import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { FileActivity } from '../types.ts'
import { isFit, readFit } from './fit.ts'
import { readGpx, readTcx, xmlKind } from './tcx-gpx.ts'
import { readZip } from './zip.ts'

/** One recording found in an upload: what duplicates are recognised by, and the activities inside. */
export interface Recording {
  readonly fileName: string
  readonly fileType: 'fit' | 'tcx' | 'gpx'
  readonly sha256: string
  readonly bytes: Buffer
  readonly activities: readonly FileActivity[]
}

const maxUnpacked = 256 * 1024 * 1024

/** SHA-256 in lower-case hex. */
export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * The recordings of an uploaded file: itself, what its gzip holds, or each entry of its zip. What cannot be read is left
 * out, so an unreadable file gives none. `hashOver` decides whether a gzipped file is recognised by its own bytes or by its content.
 */
export function readUpload(
  fileName: string,
  bytes: Buffer,
  how: { readonly hashOver: 'raw' | 'unpacked'; readonly strictFit: boolean },
): readonly Recording[] {
  const entries = isZip(bytes) ? (readZip(bytes, maxUnpacked) ?? []) : [{ name: fileName, content: bytes }]
  return entries.flatMap(({ name, content }) => {
    const plain = gunzipped(content)
    const recording = plain === null ? null : recordingIn(plain, how.strictFit)
    if (plain === null || recording === null) return []
    const hashed = how.hashOver === 'raw' ? content : plain
    return { fileName: name, ...recording, sha256: sha256Of(hashed), bytes: plain }
  })
}

function recordingIn(bytes: Buffer, strictFit: boolean): Pick<Recording, 'fileType' | 'activities'> | null {
  const fileType = isFit(bytes) ? 'fit' : xmlKind(bytes)
  if (fileType === null) return null
  const activities =
    fileType === 'fit' ? readFit(bytes, strictFit) : fileType === 'tcx' ? readTcx(bytes) : readGpx(bytes)
  return activities.length === 0 ? null : { fileType, activities }
}

function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
}

function gunzipped(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpacked })
  } catch {
    return null
  }
}
