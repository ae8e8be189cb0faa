import { watch } from 'chokidar'
import type { FolderWatcher } from '../sync/ports/folder-watcher.ts'
import type { Log } from '../sync/ports/log.ts'
import { isSkippedFolder, deepestLevel } from '../sync/activities/folder-rules.ts'
import { basename } from 'node:path'

/** Events come in bursts: one hint for all of them is enough. */
const gatherMs = 100

/**
 * Hints from the file system through chokidar. Only "look" is told: what happened, and whether a file is whole, the
 * scan decides, so nothing of chokidar's own waiting for writes is used.
 */
export function chokidarWatcher(log: Log): FolderWatcher {
  return {
    watch: (folder, onHint, onLost = () => undefined) => {
      let timer: NodeJS.Timeout | null = null
      let isClosed = false
      const hint = (): void => {
        if (isClosed) return
        timer ??= setTimeout(() => {
          timer = null
          onHint()
        }, gatherMs)
      }
      const watcher = watch(folder, {
        ignoreInitial: true,
        followSymlinks: false,
        depth: deepestLevel,
        ignored: path => path !== folder && isSkippedFolder(basename(path)),
        ignorePermissionErrors: true,
      })
      watcher.on('all', (event, path) => {
        if (event === 'unlinkDir' && path === folder) onLost()
        hint()
      })
      // What arrived while it was still listing the folder counts as seen to it, and is never told.
      watcher.on('ready', hint)
      watcher.on('error', error => {
        // Watch limits, or a folder that went away: the slow scan goes on without hints.
        log('warn', 'a folder can no longer be watched', { folder, error: String(error) })
        hint()
      })
      return {
        close: async () => {
          isClosed = true
          if (timer !== null) clearTimeout(timer)
          await watcher.close()
        },
      }
    },
  }
}
