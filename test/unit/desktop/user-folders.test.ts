import type { App } from 'electron'
import { expect, test } from 'vitest'
import { readUserFolders } from '../../../electron/desktop/user-folders.ts'
import { LogLines } from '../../helpers/log-lines.ts'

function appWith(folders: Readonly<Record<string, string>>): Pick<App, 'getPath'> {
  return {
    getPath: name => {
      const folder = folders[name]
      if (folder === undefined) throw new Error(`Failed to get '${name}' path`)
      return folder
    },
  }
}

test('asks the system for the three folders', () => {
  const { messages, log } = new LogLines()
  const folders = { home: 'C:\\Users\\Anna', documents: 'D:\\Dokumente', downloads: 'E:\\Downloads' }
  expect(readUserFolders(appWith(folders), log)).toEqual(folders)
  expect(messages).toEqual([])
})

test('a folder the system does not have is null, and the others are told', () => {
  const { messages, log } = new LogLines()
  expect(readUserFolders(appWith({ home: '/home/anna', documents: '/home/anna/Dokumente' }), log)).toEqual({
    ...{ home: '/home/anna', documents: '/home/anna/Dokumente', downloads: null },
  })
  expect(messages).toEqual(['warn: the system does not tell of a folder'])
})

test('a system that tells of none leaves the engine to look itself', () => {
  expect(readUserFolders(appWith({}), new LogLines().log)).toBeNull()
})
