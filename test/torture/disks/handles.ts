import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a process holds open, as the system counts it. */
export interface Handles {
  readonly files: number
  /** Folders watched through inotify. */
  readonly watches: number
}

/** Kept connections end after some seconds without a request. */
const restMs = 7_000
const patienceMs = 40_000

/** The fewest seen in a while in which nothing is done. */
export async function handlesAtRest(pid: number): Promise<Handles> {
  let least = handlesOf(pid)
  const until = performance.now() + restMs
  while (performance.now() < until) {
    await sleep(100)
    const now = handlesOf(pid)
    least = { files: Math.min(least.files, now.files), watches: Math.min(least.watches, now.watches) }
  }
  return least
}

/** Waits until no more are held than at another time of rest; answers what is held then, or when patience ends. */
export async function handlesAtMost(pid: number, most: Handles): Promise<Handles> {
  const until = performance.now() + patienceMs
  for (;;) {
    const now = handlesOf(pid)
    if ((now.files <= most.files && now.watches <= most.watches) || performance.now() > until) return now
    await sleep(100)
  }
}

/** Counts them by /proc (Linux). */
function handlesOf(pid: number): Handles {
  const fds = readdirSync(`/proc/${pid}/fd`)
  const watches = fds.map(fd => watchesOf(`/proc/${pid}/fdinfo/${fd}`))
  return { files: fds.length, watches: watches.reduce((sum, count) => sum + count, 0) }
}

function watchesOf(info: string): number {
  try {
    return readFileSync(info, 'utf8')
      .split('\n')
      .filter(line => line.startsWith('inotify')).length
  } catch {
    // Closed since it was listed.
    return 0
  }
}
