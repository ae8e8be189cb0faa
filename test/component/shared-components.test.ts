import { render, screen } from '@testing-library/svelte'
import { userEvent } from '@testing-library/user-event'
import { createRawSnippet } from 'svelte'
import { expect, test } from 'vitest'
import Button from '../../renderer/components/Button.svelte'
import Card from '../../renderer/components/Card.svelte'
import ConfirmDialog from '../../renderer/components/ConfirmDialog.svelte'
import Loading from '../../renderer/components/Loading.svelte'
import StateChip from '../../renderer/components/StateChip.svelte'
import Trouble from '../../renderer/components/Trouble.svelte'
import { sportName } from '../../renderer/text/states.ts'
import { activityStates } from '../../shared/states.ts'

const children = createRawSnippet(() => ({ render: () => '<span>Do it</span>' }))

test('a busy button keeps the focus, says so, and does nothing more', async () => {
  const user = userEvent.setup()
  let presses = 0
  const onclick = (): void => {
    presses++
  }
  const { rerender } = render(Button, { onclick, children })
  const button = screen.getByRole('button', { name: 'Do it' })
  await user.click(button)
  await rerender({ onclick, children, isBusy: true })
  await user.click(button)
  await user.keyboard('{Enter}')
  expect(presses).toBe(1)
  expect(document.activeElement).toBe(button)
  expect(button.getAttribute('aria-busy')).toBe('true')
  expect(button.getAttribute('type')).toBe('button')
})

test('a card with a name is a part of the page', () => {
  render(Card, { label: 'Going up', children })
  expect(screen.getByRole('region', { name: 'Going up' }).textContent).toContain('Do it')
})

test('a trouble is told at once and can be tried again', async () => {
  let tries = 0
  render(Trouble, {
    message: 'No connection.',
    onRetry: () => {
      tries++
    },
  })
  expect(screen.getByRole('alert').textContent).toContain('No connection.')
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }))
  expect(tries).toBe(1)
})

test('loading tells how far it is where that is known', async () => {
  const { rerender } = render(Loading, { label: 'Looking…' })
  expect(screen.getByRole('status').textContent).toContain('Looking…')
  expect(screen.queryByRole('progressbar')).toBeNull()
  await rerender({ label: 'Looking…', progress: { done: 3, total: 12 } })
  expect(screen.getByRole('progressbar', { name: 'Looking…' }).getAttribute('max')).toBe('12')
})

function ask() {
  const before = document.createElement('button')
  document.body.append(before)
  before.focus()
  const answers: string[] = []
  const dialog = render(ConfirmDialog, {
    title: 'Remove Zwift?',
    text: 'Its rides stay.',
    confirm: 'Remove',
    onConfirm: () => void answers.push('confirmed'),
    onCancel: () => void answers.push('cancelled'),
  })
  return { before, answers, dialog }
}

test('a dialog asks, with the harmless answer in hand, and gives the focus back', async () => {
  const { before, answers, dialog } = ask()
  expect(screen.getByRole('alertdialog', { name: 'Remove Zwift?' }).textContent).toContain('Its rides stay.')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }))
  await userEvent.setup().click(screen.getByRole('button', { name: 'Remove' }))
  expect(answers).toEqual(['confirmed'])
  dialog.unmount()
  expect(document.activeElement).toBe(before)
  before.remove()
})

test('a dialog that is closed by Escape was answered with no', () => {
  const { before, answers } = ask()
  // What the browser says on Escape.
  const cancel = new Event('cancel', { cancelable: true })
  screen.getByRole('alertdialog').dispatchEvent(cancel)
  expect(answers).toEqual(['cancelled'])
  expect(cancel.defaultPrevented).toBe(true)
  before.remove()
})

test.each(activityStates)('the state %s has a word of its own', state => {
  const { container } = render(StateChip, { state })
  expect(container.textContent.trim()).toMatch(/^[a-z ]{4,16}$/)
})

test.each([
  ['VirtualRide', 'Virtual ride'],
  ['cycling', 'Ride'],
  ['WeightTraining', 'Strength'],
  ['stand_up_paddleboarding', 'Stand up paddleboarding'],
  ['InlineSkate', 'Inline skate'],
])('the sport %s is called %s', (sport, name) => {
  expect(sportName(sport)).toBe(name)
})
