import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import type { EngineParts } from '../engine-parts.ts'
import { isLedgerTrouble } from '../ledger/ledger-trouble.ts'
import type { VerdictToKeep } from '../ledger/verdicts.ts'
import type { Disk } from '../ports/disk.ts'

/** Where the verdict on an archived recording lies. */
export function verdictPath(archiveFolder: string, sha256: string): string {
  return join(archiveFolder, sha256.slice(0, 2), `${sha256}.verdict`)
}

/**
 * Writes the verdicts that were noted since the last time beside their archived copies. On return the disk has them,
 * unless it refused: then they stay noted, and the log says so. See [Note: Verdicts beside the archive].
 */
export function keepVerdicts(
  parts: Pick<EngineParts, 'ledger' | 'disk' | 'folders' | 'log' | 'verdictsTurn'>,
): Promise<void> {
  const { ledger, disk, folders, log } = parts
  return parts.verdictsTurn.take(async () => {
    const noted = ledger.verdicts.all()
    if (noted.length === 0) return
    try {
      const shards = new Set<string>()
      for (const verdict of noted) {
        const path = verdictPath(folders.archive, verdict.sha256)
        await writeVerdict(disk, path, verdict)
        shards.add(dirname(path))
      }
      for (const shard of shards) await disk.flushFolder(shard)
      await disk.flushFolder(folders.archive)
      ledger.db.transaction('normal', () => ledger.verdicts.forget(noted))
    } catch (error) {
      if (!(error instanceof AppError) || isLedgerTrouble(error)) throw error
      log('warn', 'verdicts could not be written beside the archive', { code: error.code })
    }
  })
}

async function writeVerdict(disk: Disk, path: string, { text }: VerdictToKeep): Promise<void> {
  await disk.makeFolder(dirname(path))
  await disk.remove(path)
  if (text === '') return
  const file = await disk.create(path)
  try {
    await file.write(new TextEncoder().encode(text))
    await file.flush()
  } finally {
    await file.close()
  }
}

/** The text beside an archived copy; null where there is none. Throws what the disk throws. */
export async function readVerdict(disk: Disk, path: string): Promise<string | null> {
  if ((await disk.stat(path)) === null) return null
  const file = await disk.openRead(path)
  try {
    return new TextDecoder().decode(await file.read(0, longestVerdict))
  } finally {
    await file.close()
  }
}

const longestVerdict = 65_536
