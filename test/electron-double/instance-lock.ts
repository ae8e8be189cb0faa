import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Takes the lock of a folder and answers how to free it; null where a process that lives has it, which then finds a
 * note of this start.
 */
export function lockInstance(userData: string, onSecond: (argv: string[]) => void): (() => void) | null {
  const folder = join(userData, 'electron-double-lock')
  const [holder, notes] = [join(folder, 'holder'), join(folder, 'notes')]
  mkdirSync(notes, { recursive: true })
  try {
    writeFileSync(holder, String(process.pid), { flag: 'wx' })
  } catch {
    if (isAlive(Number(readFileSync(holder, 'utf8')))) {
      const draft = join(folder, `note-${process.pid}`)
      writeFileSync(draft, JSON.stringify(process.argv))
      renameSync(draft, join(notes, String(process.pid)))
      return null
    }
    writeFileSync(holder, String(process.pid))
  }
  const watcher = watch(notes, () => {
    for (const name of readdirSync(notes)) {
      const argv = JSON.parse(readFileSync(join(notes, name), 'utf8')) as string[] // written above
      rmSync(join(notes, name))
      onSecond(argv)
    }
  })
  return () => {
    watcher.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
