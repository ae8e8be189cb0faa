import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/app-error.ts'

/** Where the processes of one home meet. `folder` is the private folder of a Unix socket, null for a named pipe. */
export interface ControlAddress {
  readonly path: string
  readonly folder: string | null
}

// A Unix socket's path must fit into 104 bytes (macOS) or 108 (Linux), with the closing zero.
const MAX_SOCKET_PATH_BYTES = 100

/**
 * The address of a home, the same for all who name that home by whatever path. A home whose path is too long for a
 * socket gets a folder in /tmp: not the one TMPDIR names, which differs between a service, a login and a cron job.
 */
export async function controlAddress(
  homeFolder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<ControlAddress> {
  const home = await realpath(homeFolder).catch(() => homeFolder)
  const digest = createHash('sha256').update(home).digest('hex').slice(0, 32)
  if (platform === 'win32') return { path: `\\\\.\\pipe\\musette-${digest}`, folder: null }
  const inside = join(home, 'control')
  const path = join(inside, 'control.sock')
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return { path, folder: inside }
  const outside = join('/tmp', `musette-${digest}`)
  return { path: join(outside, 'control.sock'), folder: outside }
}

/** Makes a folder that only its owner may enter, or takes the one there if it is ours; else AppError `folder-refused`. */
export async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (!(await isOurFolder(folder))) {
      const message = `The folder for the control socket, ${folder}, cannot be made, is no folder, or belongs to somebody else.`
      throw new AppError('folder-refused', message, 'give-up', { cause: error, file: folder })
    }
    // A file system without modes keeps nobody out anyway.
    await chmod(folder, 0o700).catch(() => undefined)
  }
}

/** True for a real folder, not a link to one, that belongs to this user. In /tmp anyone may have put anything. */
export async function isOurFolder(folder: string): Promise<boolean> {
  const stat = await lstat(folder).catch(() => null)
  return stat !== null && stat.isDirectory() && stat.uid === process.geteuid?.()
}
