import { mkdirSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Of } from './rides.ts'
import type { DemoFile } from './rides.ts'

/** Everything the demo has on disk. */
export interface DemoFolders {
  readonly root: string
  readonly home: string
  readonly rides: string
  readonly zwift: string
  readonly garmin: string
}

/** Makes the demo's folders in a new temporary one. */
export function makeFolders(): DemoFolders {
  const root = mkdtempSync(join(tmpdir(), 'musette-demo-'))
  const folders = {
    root,
    home: join(root, 'home'),
    rides: join(root, 'Rides'),
    zwift: join(root, 'Zwift', 'Workouts', '1234567'),
    garmin: join(root, 'Edge', 'Garmin', 'NewFiles'),
  }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  return folders
}

/** Puts a file there, as old as it should be; answers its path. */
export function putFile(folder: string, file: DemoFile, nowMs: number): string {
  const path = join(folder, file.name)
  writeFileSync(path, file.bytes)
  const writtenAt = new Date(nowMs - file.ageMs)
  utimesSync(path, writtenAt, writtenAt)
  return path
}

/** The files right in a folder by name, each with the SHA-256 of its bytes. */
export function hashesIn(folder: string): ReadonlyMap<string, string> {
  return new Map(readdirSync(folder).map(name => [name, sha256Of(readFileSync(join(folder, name)))]))
}

/** The files anywhere below a folder in which this text stands. */
export function filesHolding(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => readFileSync(path).includes(text))
}
