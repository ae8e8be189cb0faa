import type { MessageBoxOptions } from 'electron'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { askAgain, askRestart, tell } from '../../../electron/desktop/ask-user.ts'
import type { ElectronParts } from '../../../electron/desktop/join/electron-parts.ts'

/** A dialog that answers with a button; closing it by Escape or its cross answers with `cancelId`. */
function dialogAnswering(button: number | 'escape') {
  const shown: MessageBoxOptions[] = []
  const dialog = {
    showMessageBox: (options: MessageBoxOptions) => {
      shown.push(options)
      const response = button === 'escape' ? (options.cancelId ?? -1) : button
      return Promise.resolve({ response, checkboxChecked: false })
    },
  } as unknown as ElectronParts['dialog'] // the one member that is used
  return { dialog, shown }
}

const trouble = { title: 'Another Musette is at work here', text: 'Stop it there.' }

test.each([
  [0, true],
  [1, false],
  ['escape', false],
] as const)('button %s: another try is %s, and so is a restart', async (button, isYes) => {
  const { dialog, shown } = dialogAnswering(button)
  expect([await askAgain(dialog, trouble), await askRestart(dialog)]).toEqual([isYes, isYes])
  expect(shown.map(({ buttons }) => buttons)).toEqual([
    ['Try again', 'Quit'],
    ['Restart Musette', 'Quit'],
  ])
})

test('the home that is in use is told in the words given', async () => {
  const { dialog, shown } = dialogAnswering(1)
  await askAgain(dialog, trouble)
  expect(shown[0]).toMatchObject({ type: 'warning', message: trouble.title, detail: trouble.text })
})

test('the death of the engine says that rides are kept safe', async () => {
  const { dialog, shown } = dialogAnswering(1)
  await askRestart(dialog)
  expect(shown[0]).toMatchObject({ type: 'error', message: 'Musette has stopped syncing' })
  expect(shown[0]?.detail).toContain('kept safe')
})

test('a message that cannot be shown harms nothing', async () => {
  const dialog = {
    showMessageBox: () => Promise.reject(new Error('no display')),
  } as unknown as ElectronParts['dialog'] // the one member that is used
  tell(dialog, 'Musette', 'still here')
  // A rejection that nobody catches would fail this test.
  await setImmediate()
})
