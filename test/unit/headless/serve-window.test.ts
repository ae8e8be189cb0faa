import { expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { headlessShell } from '../../../electron/headless/headless-shell.ts'
import { assertWindowBuilt } from '../../../electron/headless/serve-window.ts'
import { exitCodeOf } from '../../../electron/headless/exit-codes.ts'

test('a window that is not built is named before anything is opened, with exit code 2', () => {
  const error = new AppError('bad-usage', 'The window is not built: npm run build', 'give-up')
  expect(() => assertWindowBuilt('/no/such/folder')).toThrow(error)
  expect(exitCodeOf(error)).toBe(2)
})

test.each([
  [null, true],
  ['a-key-of-the-environment', false],
])('with the key %s of the environment, connecting is offered: %s', (apiKey, canConnect) => {
  expect(headlessShell({ apiKey }).abilities.canConnect).toBe(canConnect)
})

test('without a desktop there is nothing to choose in, to show in, or to start at login', async () => {
  const shell = headlessShell({ apiKey: null })
  expect(await shell.chooseFolder('source')).toBeNull()
  expect(await shell.startup()).toBeNull()
  await expect(shell.showInFolder('/rides')).rejects.toMatchObject({ code: 'bad-usage' })
  await expect(shell.setStartAtLogin(true)).rejects.toMatchObject({ code: 'bad-usage' })
  await expect(shell.openSystemPage('logFolder', '/logs')).rejects.toMatchObject({ code: 'bad-usage' })
  expect(() => shell.quit()).toThrow('Only the desktop app')
  expect(await shell.saveFile('a.zip', Buffer.from('bundle'))).toEqual({
    ...{ kind: 'handedOver', name: 'a.zip', base64: Buffer.from('bundle').toString('base64') },
  })
})
