import { readFile } from 'node:fs/promises'
import { liesIn } from '../sync/activities/folder-rules.ts'
import type { FolderPlace, Mounts } from '../sync/ports/folder-watcher.ts'

const networkTypes = /^(?:nfs4?|cifs|smb3?|smbfs|afpfs|fuse(?:\..*)?|9p|ceph|davfs|sshfs|vboxsf|prl_fs)$/
const removableTypes = /^(?:vfat|exfat|msdos|hfsplus|udf|iso9660)$/
const removablePlaces = ['/media', '/run/media', '/mnt', '/Volumes']

interface Mount {
  readonly at: string
  readonly type: string
}

/** Reads Linux's mount table (proc_pid_mountinfo(5)): mount point is field 5, the type follows " - ". */
export function parseMountInfo(text: string): readonly Mount[] {
  return text.split('\n').flatMap(line => {
    const [before = '', after = ''] = line.split(' - ')
    const at = before.split(' ')[4]
    const type = after.split(' ')[0]
    if (at === undefined || type === undefined || type === '') return []
    const plain = at.replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    )
    return [{ at: plain, type }]
  })
}

/** Pure: where a real path lies. Removable and network folders do not tell of changes, so they are polled. */
export function placeFrom(mounts: readonly Mount[], folder: string): FolderPlace {
  // Of two mounts on one place the later covers the earlier (an automount and what it mounted).
  const mount = mounts
    .toReversed()
    .filter(candidate => liesIn(folder, candidate.at))
    .toSorted((a, b) => b.at.length - a.at.length)[0]
  if (mount !== undefined && networkTypes.test(mount.type)) return 'network'
  if (mount !== undefined && removableTypes.test(mount.type)) return 'removable'
  return removablePlaces.some(place => liesIn(folder, place)) ? 'removable' : 'local'
}

/** The computer's mounts. On Windows a UNC path is a network folder; drive letters are taken as local. */
export function systemMounts(): Mounts {
  return {
    placeOf: async folder => {
      if (folder.startsWith('\\\\')) return 'network'
      const table =
        process.platform === 'linux' ? await readFile('/proc/self/mountinfo', 'utf8').catch(() => '') : ''
      return placeFrom(parseMountInfo(table), folder)
    },
  }
}
