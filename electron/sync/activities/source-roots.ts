import type { MetaTable } from '../ledger/meta.ts'

/**
 * False for an empty folder that is not the one in which files were last seen: a mount point of which the mount is gone
 * may lie on the very device that was mounted there. Remembers the folder while it has files. Call it in a transaction.
 */
export function isSameRoot(
  meta: Pick<MetaTable, 'read' | 'write'>,
  sourceId: string,
  identity: string,
  isEmpty: boolean,
): boolean {
  const roots = readRoots(meta.read('source-roots'))
  const known = roots[sourceId]
  if (isEmpty) return known === undefined || known === identity
  if (known !== identity) meta.write('source-roots', JSON.stringify({ ...roots, [sourceId]: identity }))
  return true
}

/** What cannot be read of it is learnt anew. */
function readRoots(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const roots: unknown = JSON.parse(text ?? '{}')
    return typeof roots === 'object' && roots !== null ? { ...roots } : {}
  } catch {
    return {}
  }
}
