import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, realpathSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own that a test fills up, takes away and brings back. */
export interface TestDisk {
  /** Where it is, or would be, mounted. */
  readonly at: string
  /** Writes until nothing more fits. */
  fill(): void
  /** Takes out again what `fill` wrote. */
  free(): void
  /** What is open in it stays usable to those who have it open; for all others it is gone. */
  unmount(): void
  mount(): void
  remove(): void
}

const mounted = new Set<TestDisk>()

/** Removes every disk that is still there: for who is stopped in the middle. */
export function removeDisks(): void {
  for (const disk of mounted) disk.remove()
}

function command(name: string, ...words: readonly string[]): void {
  const end = spawnSync(name, words, { encoding: 'utf8', timeout: 20_000 })
  if (end.status !== 0) throw new Error(`${name} ${words.join(' ')}: ${end.stderr || String(end.error)}`)
}

/** Why nothing can be mounted here; null when it can. */
export function whyNotMounted(): string | null {
  if (process.platform !== 'linux') return 'mounting needs Linux'
  if (process.getuid?.() !== 0) return 'mounting needs root'
  try {
    smallDisk({ kind: 'tmpfs', bytes: 65_536 }).remove()
    return null
  } catch (error) {
    return `mounting does not work here: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Why no image of a disk can be mounted here; null when it can. */
export function whyNoImages(): string | null {
  try {
    smallDisk({ kind: 'image', bytes: 2 * 1024 * 1024 }).remove()
    return null
  } catch (error) {
    return `an image of a disk can't be mounted here: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** `tmpfs` loses what it holds when it is unmounted; an ext4 image and a bound folder keep it. */
export function smallDisk(spec: {
  readonly kind: 'tmpfs' | 'image' | 'bound folder'
  readonly bytes: number
}): TestDisk {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'musette-disk-')))
  const [at, image, behind] = [join(root, 'at'), join(root, 'image'), join(root, 'behind')]
  for (const folder of [at, behind]) mkdirSync(folder)
  let isMounted = false
  const mount = (): void => {
    if (spec.kind === 'tmpfs') command('mount', '-t', 'tmpfs', '-o', `size=${spec.bytes}`, 'tmpfs', at)
    else if (spec.kind === 'image') command('mount', '-o', 'loop', image, at)
    else command('mount', '--bind', behind, at)
    isMounted = true
  }
  const unmount = (): void => {
    command('umount', '-l', at)
    isMounted = false
  }
  const filler = join(at, '.filler')
  const remove = (): void => {
    if (isMounted) unmount()
    rmSync(root, { recursive: true, force: true })
    mounted.delete(disk)
  }
  const disk: TestDisk = {
    ...{ at, unmount, mount, remove },
    fill: () => fillFile(filler),
    free: () => rmSync(filler, { force: true }),
  }
  try {
    if (spec.kind === 'image') {
      command('truncate', '-s', String(spec.bytes), image)
      command('mkfs.ext4', '-q', '-F', '-m', '0', image)
    }
    mount()
  } catch (error) {
    remove()
    throw error
  }
  mounted.add(disk)
  return disk
}

/** In ever smaller pieces, so that not a byte is left. */
function fillFile(path: string): void {
  const file = openSync(path, 'a')
  try {
    for (let bytes = 1024 * 1024; bytes >= 1; bytes = Math.floor(bytes / 4)) writeUntilFull(file, bytes)
  } finally {
    closeSync(file)
  }
}

function writeUntilFull(file: number, bytes: number): void {
  const piece = Buffer.alloc(bytes, 1)
  try {
    while (writeSync(file, piece) === bytes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
