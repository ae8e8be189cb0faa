import { spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import type { CommandEnd } from './count.ts'

/** The process groups now running, so that ending the run ends them too. */
const groups = new Set<number>()

/**
 * Runs a command with this Node first in its PATH, without our own variables, and gathers what it prints. After `guardMs` it is killed with all
 * it started. Never rejects.
 */
export function runCommand(command: string, args: readonly string[], guardMs: number): Promise<CommandEnd> {
  return new Promise(resolve => {
    const PATH = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`
    const child = spawn(command, args, {
      // A group of its own, so that the guard reaches grandchildren as well.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...cleanEnvironment(), PATH, NO_COLOR: '1', FORCE_COLOR: '0' },
    })
    let output = ''
    const gather = (chunk: Buffer) => {
      output += chunk.toString('utf8')
    }
    child.stdout.on('data', gather)
    child.stderr.on('data', gather)
    const { pid } = child
    if (pid !== undefined) groups.add(pid)
    const guard = setTimeout(() => {
      output += `\nStopped: no end after ${guardMs / 60_000} minutes.\n`
      killGroup(pid)
      // Something that left the group may hold the output open: do not wait for it.
      finish(null)
    }, guardMs)
    const finish = (code: number | null) => {
      clearTimeout(guard)
      if (pid !== undefined) groups.delete(pid)
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code, output })
    }
    child.on('error', error => {
      output += `${error.message}\n`
      finish(null)
    })
    child.on('close', finish)
  })
}

/** Without the settings of a Musette its owner uses: no test may come near that home or that key. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MUSETTE_')))
}

/** Kills every command now running, with what it started. */
export function killAll(): void {
  for (const pid of groups) killGroup(pid)
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}
