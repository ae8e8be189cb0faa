import { join } from 'node:path'
import type { FileEntry } from '../../shared/reports.ts'
import { hashesIn } from './folders.ts'
import { sha256Of } from './rides.ts'
import type { DemoFile } from './rides.ts'
import { expectEnds, readJson } from './world.ts'
import type { World } from './world.ts'

/** Checks every file, and tells of those given. */
export async function showFiles(
  { stage, folders, musette }: World,
  files: readonly DemoFile[],
  shown: readonly DemoFile[] = files,
): Promise<void> {
  const end = await musette('files', '--json')
  expectEnds(stage, 'files --json', new Map([['files', end]]), 0)
  // Musette's own words: what in them matters is compared below.
  const told = readJson(stage, 'files', end) as readonly FileEntry[] | null
  const entries = new Map((told ?? []).map(entry => [entry.path, entry]))
  const path = (name: string): string => join(folders.rides, name)
  for (const file of shown) {
    const entry = entries.get(path(file.name))
    if (entry !== undefined) stage.file(file.name, file.what, entry)
  }
  stage.expect(
    'files --json',
    new Map(files.map(file => [path(file.name), expectedEntry(file, path)])),
    new Map([...entries].map(([name, entry]) => [name, shownEntry(entry)])),
  )
  stage.expect(
    'The source folder',
    new Map(files.map(file => [file.name, sha256Of(file.bytes)])),
    hashesIn(folders.rides),
  )
}

function expectedEntry(file: DemoFile, path: (name: string) => string): object {
  return {
    state: file.state,
    reasonCode: file.reasonCode,
    rides: file.rides.map(ride => ride.sha256),
    activities: file.rides.length,
    sameAs: file.sameAs.map(path),
  }
}

/** What is compared of an entry. The hash of what is not sent is nobody's business here. */
function shownEntry(entry: FileEntry): object {
  const rides = (entry.entries ?? [entry]).filter(ride => ride.activityIds.length > 0)
  return {
    state: entry.state,
    reasonCode: entry.reasonCode,
    rides: rides.map(ride => ride.sha256),
    activities: entry.activityIds.length,
    sameAs: entry.sameAs,
  }
}
