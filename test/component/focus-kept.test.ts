import { render, screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import App from '../../renderer/App.svelte'
import { defaultPreferences } from '../../shared/preferences.ts'
import { snapshotOf } from '../helpers/window/snapshots.ts'
import { FakeBridge } from './helpers/fake-bridge.ts'
import { openWindow } from './helpers/open-window.ts'
import { bePatient } from './helpers/patience.ts'

bePatient()

test('the focus is on the title of Today when the guide has ended', async () => {
  const preferences = { ...defaultPreferences, isFirstRunDone: false }
  const bridge = new FakeBridge(snapshotOf({ preferences }), { discoverFolders: () => [] })
  render(App, { bridge })
  await screen.findByRole('heading', { level: 1, name: /Welcome/ })
  bridge.show({ preferences: { ...preferences, isFirstRunDone: true } })
  await screen.findByRole('navigation', { name: 'Pages' })
  await waitFor(() => expect(document.activeElement?.tagName).toBe('H1'))
})

test('nothing takes the focus in a window that opens past the guide', async () => {
  await openWindow()
  expect(document.activeElement).toBe(document.body)
})

test('the guide looks for folders once by itself', async () => {
  const preferences = { ...defaultPreferences, isFirstRunDone: false }
  const bridge = new FakeBridge(snapshotOf({ preferences }), { discoverFolders: () => [] })
  render(App, { bridge })
  await screen.findByRole('heading', { level: 1, name: /Welcome/ })
  // Each answer would begin the next look: a few turns are enough for many.
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  bridge.show({})
  await waitFor(() => expect(bridge.asked.some(({ name }) => name === 'discoverFolders')).toBe(true))
  expect(bridge.asked.filter(({ name }) => name === 'discoverFolders')).toHaveLength(1)
})

test('whoever resumes stands on Pause afterwards', async () => {
  const { bridge, user } = await openWindow({ pause: { kind: 'untilResumed' } })
  await user.click(screen.getByRole('button', { name: 'Resume' }))
  bridge.show({ pause: { kind: 'none' } })
  const pause = await screen.findByRole('button', { name: 'Pause' })
  await waitFor(() => expect(document.activeElement).toBe(pause))
})

test('a pause of another window leaves the focus alone', async () => {
  const { bridge } = await openWindow({ pause: { kind: 'untilResumed' } })
  bridge.show({ pause: { kind: 'none' } })
  await screen.findByRole('button', { name: 'Pause' })
  expect(document.activeElement).toBe(document.body)
})
