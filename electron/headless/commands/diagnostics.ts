import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import type { FileEntry } from '../../../shared/reports.ts'
import { diskError } from '../../adapters/disk-errors.ts'
import { nodeDisk } from '../../adapters/node-disk.ts'
import { homeFolders } from '../../host/home.ts'
import type { Context } from '../context.ts'
import { examineHome } from '../doctor-findings.ts'
import { readFiles, readStatus } from '../read-home.ts'
import { hiddenName, hideNamesInLog, redactor } from '../redact.ts'

/** Writes a bundle for a bug report: what is known, without keys, names of people or files, places or times of rides. */
export async function diagnostics(context: Context, out: string): Promise<number> {
  const { environment } = context
  const folders = homeFolders(environment.home)
  const status = await readStatus(environment.home, nodeDisk())
  const redact = redactor({
    secrets: [environment.apiKey, status.account?.id ?? null, status.account?.name ?? null],
    userHome: homedir(),
    folders: [environment.home, ...status.sources.map(s => s.folder), ...status.trainers.map(t => t.folder)],
  })
  const files = readFiles(environment.home, Date.now()).map(withoutNames)
  const parts: Record<string, string> = {
    'status.json': JSON.stringify(status, null, 2),
    'files.json': JSON.stringify(files, null, 2),
    'doctor.json': JSON.stringify(await examineHome(environment), null, 2),
    'system.json': JSON.stringify(
      { versions: process.versions, platform: process.platform, arch: process.arch },
      null,
      2,
    ),
    'musette.log': existsSync(folders.log) ? hideNamesInLog(readFileSync(folders.log, 'utf8')) : '',
  }
  const zip = zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(redact(text))])),
  )
  const target = resolve(context.workingFolder, out)
  try {
    // Never over a file that is there already: it may be the user's own.
    writeFileSync(target, zip, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw diskError(error, target)
  }
  context.io.out(target)
  return 0
}

/** A file's entry without what tells of its rider: names, times, activities. */
function withoutNames(file: FileEntry): FileEntry {
  return {
    ...file,
    path: hiddenName(file.path),
    sameAs: file.sameAs.map(hiddenName),
    entries: file.entries?.map(withoutNames) ?? null,
    startTime: null,
    activityIds: [],
  }
}
