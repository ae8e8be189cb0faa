import { randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'

/** A key whose encodings all differ from itself, and that no other run has. */
export function makeCanary(): string {
  return `cAn4ry"\\+/%7K&=.${randomBytes(9).toString('base64url')}`
}

/** A way in which the key could be written down. */
interface Face {
  readonly name: string
  readonly bytes: Buffer
}

/** Base64 of anything that holds the text, wherever in it the text begins. */
function insideBase64(text: string): readonly Face[] {
  return [0, 1, 2].map(before => {
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
    // Its first and last letters depend on what stands beside it.
    const inner = whole
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6))
    return { name: `base64 of it, ${before} further`, bytes: Buffer.from(inner) }
  })
}

function facesOf(key: string): readonly Face[] {
  const basic = Buffer.from(`API_KEY:${key}`).toString('base64')
  const texts: Readonly<Record<string, string>> = {
    itself: key,
    'as a header': basic,
    'as a header, for URLs': Buffer.from(`API_KEY:${key}`).toString('base64url'),
    'in a URL': encodeURIComponent(key),
    'its header in a URL': encodeURIComponent(basic),
    'in a form': new URLSearchParams({ key }).toString().slice('key='.length),
    'in JSON': JSON.stringify(key).slice(1, -1),
    'in JSON in JSON': JSON.stringify(JSON.stringify(key)).slice(3, -3),
    'in HTML': key.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    'in HTML, between tags': key.replaceAll('&', '&amp;'),
    'in hex': Buffer.from(key).toString('hex'),
    'in large hex': Buffer.from(key).toString('hex').toUpperCase(),
    'its header in hex': Buffer.from(basic).toString('hex'),
  }
  const wide = [key, basic].flatMap(text => {
    const little = Buffer.from(text, 'utf16le')
    return [
      { name: 'in UTF-16', bytes: little },
      { name: 'in UTF-16, large end first', bytes: Buffer.from(little).swap16() },
    ]
  })
  const all = Object.entries(texts).map(([name, text]) => ({ name, bytes: Buffer.from(text) }))
  return [...all, ...wide, ...insideBase64(key)]
}

/** Looks for one key, however it is written down. */
export interface CanarySearch {
  /** The ways in which it stands in these bytes, also in a gzip or a zip that they are. */
  in(bytes: Uint8Array | string): readonly string[]
  /** `path: way`, for everything in these folders, names included. */
  inFolders(folders: readonly string[]): readonly string[]
  /** `/proc/…: way`, for the command line of every process there is and the environment of those we may look at (on Linux). */
  inProcesses(files?: readonly ('cmdline' | 'environ')[]): readonly string[]
}

export function searchFor(key: string): CanarySearch {
  const faces = facesOf(key)
  const search = (bytes: Uint8Array | string): readonly string[] => {
    const whole = Buffer.from(bytes as Uint8Array) // of a text its UTF-8
    const found = faces.filter(face => whole.includes(face.bytes)).map(face => face.name)
    return [...found, ...unpacked(whole).flatMap(part => search(part).map(name => `packed, ${name}`))]
  }
  return {
    in: search,
    inFolders: folders => folders.flatMap(folder => inFolder(folder, search)),
    inProcesses: (files = ['cmdline', 'environ']) =>
      (process.platform === 'linux' ? readdirSync('/proc') : [])
        .filter(name => /^\d+$/.test(name))
        .flatMap(pid => files.map(file => `/proc/${pid}/${file}`))
        .flatMap(path => search(readOrNothing(path)).map(name => `${path}: ${name}`)),
  }
}

function inFolder(folder: string, search: CanarySearch['in']): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap(name => {
    const path = join(folder, name)
    const inName = search(name)
    const stat = lstatSync(path, { throwIfNoEntry: false })
    const inBytes = stat?.isFile() === true ? search(readOrNothing(path)) : []
    return [...inName, ...inBytes].map(way => `${path}: ${way}`)
  })
}

/** A file that is gone or another's holds nothing. */
function readOrNothing(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

function unpacked(bytes: Buffer): readonly Uint8Array[] {
  try {
    if (bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return [gunzipSync(bytes)]
    if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return Object.values(unzipSync(bytes))
  } catch {
    // Not whole: it was searched as it is.
  }
  return []
}
