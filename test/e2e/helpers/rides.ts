import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildFit, type FitSpec } from '../../helpers/fit-builder.ts'

/** A short ride of its own: each number gives another start and other bytes. */
export function ride(number: number, spec: Partial<FitSpec> = {}): Uint8Array {
  const startTime = new Date(Date.UTC(2026, 2, 1, 6) + number * 7_200_000)
  return buildFit({ startTime, durationS: 30, serial: 5000 + number, ...spec })
}

/** Writes a file that has been lying there for a while, as most files have. Answers its path. */
export function put(folder: string, name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const at = new Date(Date.now() - 3_600_000)
  utimesSync(path, at, at)
  return path
}

/** Writes rides number 1 to `count` as `ride-001.fit` and so on. Answers their paths. */
export function putRides(folder: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, place) =>
    put(folder, `ride-${String(place + 1).padStart(3, '0')}.fit`, ride(place + 1)),
  )
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Everything about a folder that must not change: each name with its bytes' hash, size, mtime and mode. */
export function folderPrint(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    names.map(name => {
      const path = join(folder, name)
      const stat = statSync(path, { bigint: true })
      const content = stat.isFile() ? sha256(readFileSync(path)) : 'folder'
      return [name, `${content} ${stat.size} ${stat.mtimeNs} ${stat.ino} ${stat.mode}`]
    }),
  )
}
