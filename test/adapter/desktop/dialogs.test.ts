import type { OpenDialogOptions, SaveDialogOptions } from 'electron'
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { Dialogs } from '../../../electron/desktop/shell/dialogs.ts'

function stage() {
  const base = temporaryFolder('musette-dialogs-')
  const rides = join(base, 'documents', 'Zwift')
  mkdirSync(rides, { recursive: true })
  const asked: (OpenDialogOptions | SaveDialogOptions)[] = []
  const last = new Map<string, string>()
  const answer = { folder: [rides], file: join(base, 'documents', 'musette.zip'), canceled: false }
  const dialogs = new Dialogs({
    open: options => {
      asked.push(options)
      return Promise.resolve({ canceled: answer.canceled, filePaths: answer.folder })
    },
    save: options => {
      asked.push(options)
      return Promise.resolve({ canceled: answer.canceled, filePath: answer.canceled ? '' : answer.file })
    },
    lastFolder: purpose => last.get(purpose) ?? null,
    keepFolder: (purpose, folder) => void last.set(purpose, folder),
    userHome: base,
  })
  return { base, rides, asked, answer, dialogs }
}

test('begins at home, and then beside the folder that was chosen, for each purpose apart', async () => {
  const { base, rides, asked, dialogs } = stage()
  expect(await dialogs.chooseFolder('source')).toBe(rides)
  await dialogs.chooseFolder('source')
  await dialogs.chooseFolder('trainer')
  expect(asked.map(({ defaultPath }) => defaultPath)).toEqual([base, join(base, 'documents'), base])
})

test('only a trainer folder may be made on the way', async () => {
  const { asked, dialogs } = stage()
  await dialogs.chooseFolder('source')
  await dialogs.chooseFolder('trainer')
  expect(asked).toMatchObject([
    { properties: ['openDirectory'] },
    { properties: ['openDirectory', 'createDirectory'] },
  ])
})

test('a last place that is gone is no place', async () => {
  const { base, asked, dialogs } = stage()
  await dialogs.chooseFolder('source')
  rmSync(join(base, 'documents'), { recursive: true })
  await dialogs.chooseFolder('source')
  expect(asked[1]?.defaultPath).toBe(base)
})

test('a cancelled dialog chooses, saves and remembers nothing', async () => {
  const { base, asked, answer, dialogs } = stage()
  answer.canceled = true
  expect(await dialogs.chooseFolder('source')).toBeNull()
  expect(await dialogs.saveFile('musette.zip', Buffer.from('zip'))).toEqual({ kind: 'cancelled' })
  await dialogs.chooseFolder('source')
  expect(asked[2]?.defaultPath).toBe(base)
})

test('saves what it was given, for its owner only, and remembers where', async () => {
  const { base, asked, answer, dialogs } = stage()
  expect(await dialogs.saveFile('musette.zip', Buffer.from('zip'))).toEqual({
    kind: 'saved',
    path: answer.file,
  })
  expect(readFileSync(answer.file, 'utf8')).toBe('zip')
  expect(statSync(answer.file).mode & 0o777).toBe(0o600)
  await dialogs.saveFile('second.zip', Buffer.from('zip'))
  const starts = [join(base, 'musette.zip'), join(base, 'documents', 'second.zip')]
  expect(asked.map(({ defaultPath }) => defaultPath)).toEqual(starts)
})

test('a place that cannot be written is told by its name', async () => {
  const { answer, dialogs } = stage()
  answer.file = '/dev/null/musette.zip'
  await expect(dialogs.saveFile('musette.zip', Buffer.from('zip'))).rejects.toMatchObject({
    name: 'AppError',
    file: '/dev/null/musette.zip',
  })
})
