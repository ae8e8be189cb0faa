import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { desktopShell } from '../../../electron/desktop/shell/desktop-shell.ts'
import { Dialogs } from '../../../electron/desktop/shell/dialogs.ts'

const nobody = (): never => expect.fail('no dialog was asked for')

function stage(platform: NodeJS.Platform = 'linux', trouble = '') {
  const done: unknown[] = []
  const base = temporaryFolder('musette-shell-')
  const keepFolder = (): void => undefined
  const dialogs = new Dialogs({
    open: nobody,
    save: nobody,
    lastFolder: () => null,
    keepFolder,
    userHome: base,
  })
  const shell = desktopShell({
    system: {
      openExternal: url => {
        done.push(['external', url])
        return Promise.resolve()
      },
      openPath: path => {
        done.push(['open', path])
        return Promise.resolve(trouble)
      },
      showItemInFolder: path => void done.push(['show', path]),
    },
    dialogs,
    loginItem: { read: () => ({ kind: 'off' }), set: isOn => ({ kind: isOn ? 'on' : 'off' }) },
    platform,
    canNotify: true,
    quit: () => done.push('quit'),
  })
  return { done, base, shell }
}

test('opens a folder, and only points at everything else', async () => {
  const { done, base, shell } = stage()
  const [folder, bundle, file] = [join(base, 'rides'), join(base, 'Evil.app'), join(base, 'run.sh')]
  mkdirSync(folder)
  mkdirSync(bundle)
  writeFileSync(file, '#!/bin/sh\n')
  for (const path of [folder, bundle, file]) await shell.showInFolder(path)
  expect(done).toEqual([
    ['open', folder],
    ['show', bundle],
    ['show', file],
  ])
})

test('what is gone is told by its name', async () => {
  const { base, shell } = stage()
  const file = join(base, 'gone.fit')
  await expect(shell.showInFolder(file)).rejects.toMatchObject({ code: 'missing', file })
})

test('a folder that the system does not open is told by its name', async () => {
  const { base, shell } = stage('linux', 'no file browser')
  await expect(shell.showInFolder(base)).rejects.toMatchObject({ code: 'disk-error', file: base })
})

test('opens the log, and the system pages where they can be named', async () => {
  const { done, base, shell } = stage('win32')
  await shell.openSystemPage('logFolder', base)
  await shell.openSystemPage('notificationSettings', base)
  expect(done).toEqual([
    ['open', base],
    ['external', 'ms-settings:notifications'],
  ])
  await expect(stage('linux').shell.openSystemPage('privacySettings', base)).rejects.toMatchObject({
    code: 'bad-usage',
  })
})

test('reads and sets start at login', async () => {
  const { shell } = stage()
  expect(await shell.startup()).toEqual({ kind: 'off' })
  expect(await shell.setStartAtLogin(true)).toEqual({ kind: 'on' })
})

test('says what this host can do', () => {
  expect(stage('darwin').shell.abilities).toMatchObject({
    kind: 'desktop',
    platform: 'darwin',
    canStartAtLogin: true,
  })
  expect(stage('freebsd').shell.abilities).toMatchObject({ platform: 'other', canStartAtLogin: false })
})
