import { constants } from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import { systemCode } from './disk-errors.ts'

/**
 * Renames a file. Where the new name lies on another disk (an archive folder that is a link to a larger one, say) it is
 * copied beside that name, flushed, and renamed there: what has the new name is whole all the same.
 */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (systemCode(error) !== 'EXDEV') throw error
    await copyAcross(from, to)
    await rm(from)
  }
}

async function copyAcross(from: string, to: string): Promise<void> {
  const part = `${to}.part`
  // What a killed process left, or a link that would lead our bytes elsewhere.
  await rm(part, { force: true })
  try {
    await copyFile(from, part, constants.COPYFILE_EXCL)
    const file = await open(part, 'r+')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, to)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
}
