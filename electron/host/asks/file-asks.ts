import { actOnFiles } from '../../sync/view/file-bulk.ts'
import { fileStory, listFiles } from '../../sync/view/file-pages.ts'
import type { HandlersOf } from '../handle-requests.ts'

/** What the window asks of files: pages, stories, and things to do to them. */
export const fileAsks: HandlersOf<'listFiles' | 'fileStory' | 'actOnFiles'> = {
  // Through a promise, so that what they throw rejects.
  listFiles: (host, { query }) => Promise.resolve().then(() => listFiles(host.parts, query)),
  fileStory: (host, { fileId }) => Promise.resolve().then(() => fileStory(host.parts, fileId)),
  actOnFiles: async (host, { action, selection }) => {
    try {
      return await actOnFiles(host.parts, action, selection, host.signal)
    } finally {
      host.wake()
    }
  },
}
