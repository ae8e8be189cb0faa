import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import App from '../../../renderer/App.svelte'
import type { Finding, LogLine, SavedDiagnostics } from '../../../shared/window-data.ts'
import { snapshotOf } from '../../helpers/window/snapshots.ts'
import { FakeBridge } from '../helpers/fake-bridge.ts'
import { bePatient } from '../helpers/patience.ts'

bePatient()

const findings: readonly Finding[] = [
  { subject: 'Clock', kind: 'fine', text: 'Right to the second.' },
  { subject: 'Watcher', kind: 'hint', text: 'Nearly used up.' },
  { subject: 'Folder Zwift', kind: 'wrong', text: 'It can’t be read. Allow it.' },
]
const line = (level: LogLine['level'], message: string, details = ''): LogLine => ({
  at: '2026-11-21T15:00:00.000Z',
  level,
  message,
  details,
})
const log = [
  line('info', 'A scan ended', '{"folder":"Zwift"}'),
  line('warn', 'Asked to slow down'),
  line('error', 'A copy was not made'),
]

async function open(answers: ConstructorParameters<typeof FakeBridge>[1] = {}) {
  const bridge = new FakeBridge(snapshotOf(), {
    examine: () => findings,
    readLog: () => log,
    ...answers,
  })
  render(App, { bridge })
  // Reading the clipboard back needs user-event's own.
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: /^Help/ }))
  await screen.findByRole('heading', { level: 1, name: 'Help' })
  return { bridge, user }
}

const listed = (): (string | null)[] =>
  within(screen.getByRole('region', { name: /Lines of the log/ }))
    .getAllByRole('listitem')
    .map(each => each.querySelector('p')?.textContent ?? null)

test('puts what is wrong first, and says how much there is to mend', async () => {
  const { bridge, user } = await open()
  const section = screen.getByRole('region', { name: 'Check-up' })
  await within(section).findByText('One thing to mend.')
  const subjects = within(section)
    .getAllByRole('listitem')
    .map(each => each.textContent.split(':')[0]?.trim())
  expect(subjects).toEqual(['Folder Zwift', 'Watcher', 'Clock'])
  await user.click(within(section).getByRole('button', { name: 'Check again' }))
  expect(bridge.asked.filter(each => each.name === 'examine')).toHaveLength(2)
})

test('says why it could not be examined, and tries again', async () => {
  const failure = {
    code: 'internal',
    message: 'The check-up did not end.',
    recovery: 'retry',
    file: null,
  } as const
  let isBroken = true
  const { user } = await open({ examine: () => (isBroken ? failure : findings) })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The check-up did not end.')
  isBroken = false
  await user.click(within(alert).getByRole('button'))
  expect(await screen.findByText('Folder Zwift')).toBeTruthy()
})

test('shows the log by level and by words, details folded, and copies what is shown', async () => {
  const { user } = await open()
  await screen.findByText('3 lines')
  expect(listed()).toEqual(['A scan ended', 'Asked to slow down', 'A copy was not made'])
  expect(document.querySelector('details')?.open).toBe(false)
  await user.selectOptions(screen.getByRole('combobox', { name: 'Lines' }), 'Warnings and worse')
  expect(listed()).toEqual(['Asked to slow down', 'A copy was not made'])
  await user.type(screen.getByRole('searchbox', { name: 'Search in the log' }), 'COPY')
  expect(listed()).toEqual(['A copy was not made'])
  await user.click(screen.getByRole('button', { name: 'Copy' }))
  expect(await screen.findByText('1 line copied.')).toBeTruthy()
  expect(await navigator.clipboard.readText()).toBe('2026-11-21T15:00:00.000Z error A copy was not made')
})

test('says when no line matches', async () => {
  const { user } = await open()
  await user.type(await screen.findByRole('searchbox', { name: 'Search in the log' }), 'zzz')
  expect(await screen.findByText('No line matches.')).toBeTruthy()
})

test.each<[SavedDiagnostics, string]>([
  [{ kind: 'saved', path: '/home/rider/bundle.zip' }, 'Saved as /home/rider/bundle.zip'],
  [{ kind: 'cancelled' }, 'Nothing was saved.'],
])('tells where the diagnostics are: %o', async (saved, said) => {
  const { user } = await open({ saveDiagnostics: () => saved })
  await user.click(screen.getByRole('button', { name: 'Save diagnostics' }))
  expect(await screen.findByText(said)).toBeTruthy()
})

test('offers diagnostics that were handed over as a download of the same bytes', async () => {
  const blobs: Blob[] = []
  Object.assign(URL, {
    createObjectURL: (blob: Blob) => `blob:made-${blobs.push(blob)}`,
    revokeObjectURL: () => undefined,
  })
  const { user } = await open({
    saveDiagnostics: () => ({ kind: 'handedOver', name: 'bundle.zip', base64: btoa('PK\u0005\u0006') }),
  })
  await user.click(screen.getByRole('button', { name: 'Save diagnostics' }))
  const link = await screen.findByRole('link', { name: 'Download bundle.zip' })
  expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual(['blob:made-1', 'bundle.zip'])
  expect(blobs[0]?.size).toBe(4)
})

test('names versions, the home and the pages on the web', async () => {
  await open()
  await waitFor(() => expect(screen.getByText('/home/rider/.config/Musette')).toBeTruthy())
  expect(screen.getByText('0.1.0')).toBeTruthy()
  const forum = screen.getByRole('link', { name: 'Forum of Intervals.icu' })
  expect(forum.getAttribute('href')).toBe('https://forum.intervals.icu/')
})

test('shows the guide again when asked to', async () => {
  const { bridge, user } = await open()
  await user.click(screen.getByRole('button', { name: 'Show the guide again' }))
  await waitFor(() =>
    expect(bridge.asked).toContainEqual({ name: 'changePreferences', args: [{ isFirstRunDone: false }] }),
  )
})
