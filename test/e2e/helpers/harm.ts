import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { FileEntry } from '../../../shared/reports.ts'
import type { RunningCli } from './cli.ts'
import type { World } from './home.ts'
import { until } from './until.ts'

/** The most memory a process has had so far, in MiB; 0 once it is gone. */
function peakMebibytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Its end, and the most memory it ever had. */
export async function watched(running: RunningCli) {
  let peak = 0
  let isOver = false
  const over = running.ended.finally(() => (isOver = true))
  await until(
    () => {
      peak = Math.max(peak, peakMebibytes(running.pid))
      return isOver
    },
    'the end',
    75_000,
    20,
  )
  return { end: await over, peak }
}

/** Every path below a folder, links not followed, with what is at it. */
export function everythingBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return [path, ...everythingBelow(path)]
    if (entry.isSymbolicLink()) return [`${path} -> ${readlinkSync(path)}`]
    // A name that is no text cannot be asked for again.
    const stat = path.includes('\uFFFD') ? null : lstatSync(path)
    return [`${path} ${stat?.size ?? ''} ${stat?.mtimeMs ?? ''}`]
  })
}

/** Which state and reason each file has, by its name below the source. */
export function told(world: World, files: readonly FileEntry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    files.map(file => [file.path.slice(world.source.length + 1), `${file.state} ${file.reasonCode}`]),
  )
}

/** Everything of a world that is not Musette's own home, as it lies there. */
export function outsideHome(world: World): readonly string[] {
  return everythingBelow(world.root).filter(path => !path.startsWith(world.home))
}
