import type { Db } from '../../electron/sync/ports/db.ts'
import type { Disk, NewFile, OpenFile } from '../../electron/sync/ports/disk.ts'

/** What stands for a killed process: nothing may catch it and go on. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/**
 * A disk and a ledger that die right before their n-th effect; after that every effect dies too, as in a process that
 * is no more. Counts each change of the disk and the ledger, and each step of a transaction.
 */
export function crashingPorts(disk: Disk, db: Db, dieAt: number) {
  let effects = 0
  const effect = (): void => {
    effects += 1
    if (effects >= dieAt) throw new Killed()
  }
  const isDead = (): boolean => effects >= dieAt
  /** The operating system closes a dead process's files. */
  const close = async (file: NewFile | OpenFile): Promise<void> => {
    await file.close()
    if (isDead()) throw new Killed()
  }
  const dyingDisk: Disk = {
    ...disk,
    openRead: async path => {
      const file = await disk.openRead(path)
      return { ...file, close: () => close(file) }
    },
    create: async (path, access) => {
      effect()
      const file = await disk.create(path, access)
      return {
        write: async bytes => {
          effect()
          // A write that was under way leaves a part.
          await file.write(bytes.subarray(0, 10))
          effect()
          await file.write(bytes.subarray(10))
        },
        flush: async () => {
          effect()
          await file.flush()
        },
        close: () => close(file),
      }
    },
    rename: async (from, to) => {
      effect()
      await disk.rename(from, to)
    },
    remove: async path => {
      effect()
      await disk.remove(path)
    },
    flushFolder: async path => {
      effect()
      await disk.flushFolder(path)
    },
  }
  const dyingDb: Db = {
    ...db,
    run: (sql, ...values) => {
      effect()
      return db.run(sql, ...values)
    },
    transaction: (durability, work) =>
      db.transaction(durability, () => {
        const result = work()
        effect()
        return result
      }),
  }
  return { disk: dyingDisk, db: dyingDb, isDead }
}
