import { join } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import type { Disk } from '../../sync/ports/disk.ts'
import type { Base, Places } from './places.ts'

/** No program makes more folders beside each other than this; a folder that has them is something else. */
const mostMatches = 200

const wholeNames: Readonly<Record<string, RegExp>> = {
  '<number>': /^\d{1,20}$/,
  '<id>': /^[0-9a-z]{16}$/i,
  '<name>': /^[^.]/,
}

/** The folders on this disk that a pattern of the table means. What cannot be read is passed over. */
export async function expandPattern(
  disk: Disk,
  places: Places,
  pattern: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const [, base = '', rest = ''] = /^\{([^}]+)\}\/?(.*)$/.exec(pattern) ?? []
  const found: string[] = []
  for (const start of startsOf(places, base)) {
    found.push(...(await expandPath(disk, `${start}/${rest}`, signal)))
  }
  return found
}

function startsOf({ bases, env }: Places, base: string): readonly string[] {
  if (base.startsWith('env:')) {
    const value = env[base.slice(4)] ?? ''
    // A relative one would mean something else wherever Musette is started.
    return /^(?:[a-z]:)?[\\/]/i.test(value) ? [value] : []
  }
  return isBase(bases, base) ? bases[base] : []
}

function isBase(bases: Places['bases'], base: string): base is Base {
  return Object.hasOwn(bases, base)
}

/** The folders that a path with `*` and `<...>` in it means, links followed. */
export async function expandPath(disk: Disk, path: string, signal: AbortSignal): Promise<readonly string[]> {
  const { root, parts } = apart(path)
  let folders: readonly string[] = [root]
  let literal: string[] = []
  for (const part of parts) {
    const name = namePattern(part)
    if (name === null) {
      literal.push(part)
      continue
    }
    const inside: string[] = []
    for (const folder of folders) {
      signal.throwIfAborted()
      inside.push(...(await foldersIn(disk, join(folder, ...literal), name)))
    }
    folders = inside.slice(0, mostMatches)
    literal = []
  }
  const there: string[] = []
  for (const folder of folders) {
    signal.throwIfAborted()
    const whole = join(folder, ...literal)
    if (await isFolder(disk, whole)) there.push(whole)
  }
  return there
}

/** A path's root (`/`, `D:\\`, `\\\\server\\share\\`) and the names below it. */
function apart(path: string): { readonly root: string; readonly parts: readonly string[] } {
  const root = /^(?:\\\\[^\\/]+[\\/][^\\/]+|[a-z]:|)[\\/]*/i.exec(path)?.[0] ?? ''
  const parts = path.slice(root.length).split(/[\\/]/)
  return { root, parts: parts.filter(part => part !== '') }
}

function namePattern(part: string): RegExp | null {
  const whole = wholeNames[part]
  if (whole !== undefined) return whole
  if (!part.includes('*')) return null
  const escaped = part.split('*').map(text => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.*')}$`, 'i')
}

async function foldersIn(disk: Disk, folder: string, name: RegExp): Promise<readonly string[]> {
  const entries = await passedOver(disk.list(folder), [])
  return entries
    .filter(entry => (entry.kind === 'folder' || entry.kind === 'link') && name.test(entry.name))
    .map(entry => join(folder, entry.name))
    .toSorted()
}

/** True for a folder, also at the end of a link; false for what cannot be seen. */
export async function isFolder(disk: Disk, path: string): Promise<boolean> {
  const real = await passedOver(disk.realPath(path), null)
  return real !== null && (await passedOver(disk.stat(real), null))?.kind === 'folder'
}

/** What is not there, or may not be read, is no trouble while looking around. */
export async function passedOver<T>(work: Promise<T>, instead: T): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError) return instead
    throw error
  }
}
