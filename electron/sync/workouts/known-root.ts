import { MetaTable } from '../ledger/meta.ts'
import { folderAway, lookAtRoot } from './workout-folder.ts'
import type { FileDeps } from './workout-files.ts'
import { loadManifest } from './workout-manifest.ts'

/**
 * The identity of a trainer's folder. Throws AppError `missing` where there is none, and where it was the top of a mount
 * when it was last looked at and no longer is: what is there now is the empty place of a stick or share that is gone, and
 * neither says what the user deleted nor is read by a trainer. A folder with a file of ours in it was moved there.
 */
export async function knownRoot(
  deps: FileDeps,
  { trainerId, folder }: { readonly trainerId: string; readonly folder: string },
): Promise<string> {
  const root = await lookAtRoot(deps.disk, folder)
  const meta = new MetaTable(deps.db)
  const known = readMountTops(meta.read('trainer-mounts'))
  const wasMountTop = known.includes(trainerId)
  if (wasMountTop === root.isMountTop) return root.identity
  if (wasMountTop && !(await holdsOurs(deps, trainerId, folder))) throw folderAway(folder)
  const others = known.filter(id => id !== trainerId)
  const tops = root.isMountTop ? [...others, trainerId] : others
  deps.db.transaction('normal', () => meta.write('trainer-mounts', JSON.stringify(tops)))
  return root.identity
}

async function holdsOurs({ db, disk }: FileDeps, trainerId: string, folder: string): Promise<boolean> {
  const names = new Set(loadManifest(db, trainerId).files.map(file => file.fileName.toLowerCase()))
  return (await disk.list(folder)).some(entry => names.has(entry.name.toLowerCase()))
}

/** What cannot be read of it is learnt anew. */
function readMountTops(text: string | null): readonly unknown[] {
  try {
    const tops: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(tops) ? tops : []
  } catch {
    return []
  }
}
