import { open, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** A file of the page, or why there is none; the caller adds `pageHeaders`. */
export interface PageReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What a built page is made of; anything else is not served. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * The only paths there are: plain names between single slashes. No escapes, backslashes, NULs, drives or hidden names,
 * so there is nothing to decode and no second meaning.
 */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)+$/

const missing: PageReply = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('There is nothing here.\n'),
}

/**
 * Reads a file of the built page by the path of its URL, as it was sent, without query and fragment; `/` is the page
 * itself. Never answers with anything that does not really lie in the folder. Never rejects.
 */
export async function readPage(rendererFolder: string, path: string): Promise<PageReply> {
  const wanted = path === '/' ? '/index.html' : path
  const type = types[extname(wanted)]
  if (type === undefined || !plainPath.test(wanted)) return missing
  try {
    // Real paths on both sides: a link in the folder must not lead out of it.
    const root = await realpath(rendererFolder)
    const real = await realpath(join(root, ...wanted.split('/')))
    if (!real.startsWith(`${root}${sep}`)) return missing
    const file = await open(real, 'r')
    try {
      if (!(await file.stat()).isFile()) return missing
      return { status: 200, headers: { 'content-type': type }, body: await file.readFile() }
    } finally {
      await file.close()
    }
  } catch {
    return missing
  }
}
