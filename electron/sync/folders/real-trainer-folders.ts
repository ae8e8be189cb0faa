import type { EngineParts } from '../engine-parts.ts'

/** The trainer folders that are there now, by real path: no source takes in what lies in them. */
export async function realTrainerFolders(
  parts: Pick<EngineParts, 'settings' | 'disk'>,
): Promise<readonly string[]> {
  const folders: string[] = []
  for (const trainer of parts.settings.current().trainers) {
    const real = await parts.disk.realPath(trainer.folder).catch(() => null)
    if (real !== null) folders.push(real)
  }
  return folders
}
