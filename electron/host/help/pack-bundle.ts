import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { strToU8, zipSync } from 'fflate'
import type { FileEntry } from '../../../shared/reports.ts'
import type { Finding } from '../../../shared/window-data.ts'
import { nodeDisk } from '../../adapters/node-disk.ts'
import { homeFolders } from '../home.ts'
import { readFiles, readStatus } from '../read-home.ts'
import { hiddenName, hideNamesInLog, nameHider, redactor } from './redact.ts'

export interface PackJob {
  readonly home: string
  /** Words that must not appear in the bundle. */
  readonly secrets: readonly string[]
  readonly nowMs: number
  readonly findings: readonly Finding[]
}

/** Reads everything a home knows and packs it as a zip, without secrets and without names of people or files. */
export async function packBundle({ home, secrets, nowMs, findings }: PackJob): Promise<Uint8Array> {
  const folders = homeFolders(home)
  const status = await readStatus(home, nodeDisk())
  // Folders of the user's own; what lies in the home has names that Musette gave.
  const theirs = [...status.sources, ...status.trainers].map(({ folder }) => folder)
  const hideNames = nameHider(theirs)
  const inLines = (value: unknown): string =>
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? hideNames(item) : item), 2)
  const redact = redactor({
    secrets: [...secrets, status.account?.id ?? null, status.account?.name ?? null],
    userHome: homedir(),
    folders: [home, ...theirs],
  })
  const files = readFiles(home, nowMs).map(withoutNames)
  const { versions, platform, arch } = process
  const parts: Readonly<Record<string, string>> = {
    'status.json': inLines(status),
    'files.json': inLines(files),
    'doctor.json': inLines(findings),
    'system.json': inLines({ versions, platform, arch }),
    'musette.log': existsSync(folders.log)
      ? hideNamesInLog(readFileSync(folders.log, 'utf8'), hideNames)
      : '',
  }
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(redact(text))])),
  )
}

/** A file's entry without what tells of its rider: names, times, activities. */
function withoutNames(file: FileEntry): FileEntry {
  return {
    ...file,
    path: hiddenName(file.path),
    sameAs: file.sameAs.map(hiddenName),
    formerPaths: file.formerPaths.map(hiddenName),
    entries: file.entries?.map(withoutNames) ?? null,
    startTime: null,
    activityIds: [],
  }
}
