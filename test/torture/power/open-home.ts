import { nodeDisk } from '../../../electron/adapters/node-disk.ts'
import { homeFolders, makeHome } from '../../../electron/host/home.ts'
import { openHomeFiles } from '../../../electron/host/open-home-files.ts'
import { readFiles, readStatus } from '../../../electron/host/read-home.ts'
import type { Scene } from '../scenes/scene.ts'

/**
 * Looks at a home and opens it as Musette does, in this process, and tells what went wrong: quick enough for every state
 * that there is. The home is changed as a start would change it.
 */
export async function openHome(home: string, scene: Scene): Promise<readonly string[]> {
  const wrong: string[] = []
  const isFine = (code: string): boolean => code === 'outcome-unknown' || scene.mayTell.includes(code)
  const attempt = async (what: string, work: () => unknown): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!scene.mayTell.includes('ledger-damaged')) wrong.push(`${what}: ${String(error)}`)
    }
  }
  await attempt('status', async () => {
    const { errors } = await readStatus(home, nodeDisk())
    for (const { code, message } of errors) if (!isFine(code)) wrong.push(`status says ${code}: ${message}`)
  })
  await attempt('files', () => readFiles(home, Date.now()))
  await attempt('open', async () => {
    makeHome(home)
    const opened = await openHomeFiles(homeFolders(home), Date.now())
    const integrity = opened.ledger.db.get('PRAGMA integrity_check')?.['integrity_check']
    opened.ledger.db.close()
    if (integrity !== 'ok') wrong.push(`open: the ledger's check says ${String(integrity)}`)
    if (opened.setAside !== null && !scene.mayBeSetAside)
      wrong.push(`open: set aside, ${opened.setAside.why}`)
    for (const { code, message } of opened.troubles)
      if (!isFine(code)) wrong.push(`open: ${code}: ${message}`)
  })
  await attempt('files, opened', () => readFiles(home, Date.now()))
  return wrong
}
