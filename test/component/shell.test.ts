import { fireEvent, render, screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import App from '../../renderer/App.svelte'
import type { AccountView } from '../../shared/app-snapshot.ts'
import { snapshotOf } from '../helpers/window/snapshots.ts'
import { FakeBridge } from './helpers/fake-bridge.ts'
import { commands, openWindow } from './helpers/open-window.ts'

test.each(['Activities', 'Workouts', 'Folders', 'Settings', 'Help'])(
  'shows %s when its name is pressed, names the window after it, and hands it the focus',
  async name => {
    const { user } = await openWindow()
    await user.click(screen.getByRole('button', { name }))
    expect(await screen.findByRole('heading', { level: 1, name: new RegExp(name) })).toBeTruthy()
    expect(screen.getByRole('button', { name }).getAttribute('aria-current')).toBe('page')
    await waitFor(() => expect(document.title).toBe(`${name} · Musette`))
    expect(screen.getByRole('main').contains(document.activeElement)).toBe(true)
  },
)

test.each([
  ['1', 'Today'],
  ['2', 'Activities'],
  ['3', 'Workouts'],
  ['4', 'Folders'],
  ['5', 'Settings'],
  ['6', 'Help'],
] as const)('goes to a page by Ctrl or Cmd and %s', async (digit, name) => {
  const { user } = await openWindow()
  await user.keyboard(`{Control>}${digit === '6' ? '5' : '6'}{/Control}`)
  await user.keyboard(`{Meta>}${digit}{/Meta}`)
  await waitFor(() => expect(screen.getByRole('button', { name }).getAttribute('aria-current')).toBe('page'))
})

test('finds the search of the activities by Ctrl and F from anywhere', async () => {
  const { user } = await openWindow()
  await user.keyboard('{Control>}f{/Control}')
  await waitFor(() => expect(document.activeElement?.getAttribute('type')).toBe('search'))
})

test('syncs by Ctrl and R, and keeps the page from being loaded again', async () => {
  const { bridge } = await openWindow()
  const wasLeftAlone = await fireEvent.keyDown(document.body, { key: 'r', code: 'KeyR', ctrlKey: true })
  expect(wasLeftAlone).toBe(false)
  expect(commands(bridge)).toEqual(['syncNow()'])
})

test('says why a sync by key could not begin, until it is closed', async () => {
  const error = { code: 'internal', message: 'It is in the log.', recovery: 'retry', file: null } as const
  const { user } = await openWindow({}, { syncNow: () => error })
  await user.keyboard('{Control>}r{/Control}')
  expect(await screen.findByText('The sync could not begin. It is in the log.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Close' }))
  expect(screen.queryByText(/could not begin/)).toBeNull()
})

test.each([
  { key: 'r', code: 'KeyR' },
  { key: 'r', code: 'KeyR', ctrlKey: true, shiftKey: true },
  { key: '3', code: 'Digit3', altKey: true },
])('leaves other keys alone: %o', async key => {
  const { bridge } = await openWindow()
  expect(await fireEvent.keyDown(document.body, key)).toBe(true)
  expect(commands(bridge)).toEqual([])
  expect(screen.getByRole('button', { name: 'Today' }).getAttribute('aria-current')).toBe('page')
})

test('goes where the host says', async () => {
  const { bridge } = await openWindow()
  bridge.say({ kind: 'show', page: 'help', fileId: null })
  expect(await screen.findByRole('heading', { level: 1, name: /Help/ })).toBeTruthy()
})

test('counts what needs the user beside Activities, in words too', async () => {
  const { bridge } = await openWindow({ needsCount: 3 })
  expect(screen.getByRole('button', { name: 'Activities 3 need you' })).toBeTruthy()
  bridge.show({ needsCount: 0 })
  expect(await screen.findByRole('button', { name: 'Activities' })).toBeTruthy()
})

test.each<readonly [AccountView, string, string]>([
  [{ kind: 'connected', id: 'i1', name: 'Robin', key: 'keychain' }, 'Robin', 'key in the keychain'],
  [{ kind: 'connected', id: 'i1', name: null, key: 'memory' }, 'Athlete i1', 'key until Musette ends'],
  [{ kind: 'signedOut', id: 'i1', name: 'Robin', why: 'signed-out', message: 'x' }, 'Robin', 'signed out'],
  [{ kind: 'none' }, 'Not connected', 'connect in Settings'],
])('says whose Musette it is and where the key is: %o', async (account, name, detail) => {
  await openWindow({ account })
  const nav = screen.getByRole('navigation', { name: 'Pages' })
  expect(nav.textContent).toContain(name)
  expect(nav.textContent).toContain(detail)
})

test('says when the host is lost and stops saying so when it is back', async () => {
  const { bridge } = await openWindow()
  bridge.loseHost()
  const banner = await screen.findByText(/Musette itself is not answering/)
  expect(banner.closest('[role="status"]')).not.toBeNull()
})

test('lets a keyboard skip the navigation', async () => {
  const { user } = await openWindow()
  await user.tab()
  expect(document.activeElement?.textContent).toBe('Go to the content')
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(screen.getByRole('main'))
})

test('says why it could not be opened and asks again when told to', async () => {
  class Mute extends FakeBridge {
    override listen(listener: Parameters<FakeBridge['listen']>[0]): () => void {
      const stop = super.listen(listener)
      this.loseHost()
      return stop
    }
  }
  const bridge = new Mute(snapshotOf())
  bridge.request = () =>
    Promise.resolve({
      kind: 'failed',
      error: { code: 'internal', message: 'Nobody is there.', recovery: 'retry', file: null },
    })
  render(App, { bridge })
  expect((await screen.findByText('Nobody is there.')).getAttribute('role')).toBe('alert')
  bridge.request = new FakeBridge(snapshotOf()).request.bind(new FakeBridge(snapshotOf()))
  screen.getByRole('button', { name: 'Try again' }).click()
  expect(await screen.findByRole('navigation', { name: 'Pages' })).toBeTruthy()
})
