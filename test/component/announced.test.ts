import { render, screen, waitFor } from '@testing-library/svelte'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import App from '../../renderer/App.svelte'
import { sourceOf } from '../helpers/window/folders.ts'
import { snapshotOf } from '../helpers/window/snapshots.ts'
import { FakeBridge } from './helpers/fake-bridge.ts'
import { openWindow } from './helpers/open-window.ts'
import { bePatient } from './helpers/patience.ts'

bePatient()

test('says that it has looked when a sync changed nothing that can be heard', async () => {
  const before = '2026-11-21T09:00:00.000Z'
  const bridge = new FakeBridge(snapshotOf({ lastLookAt: before }))
  render(App, { bridge })
  const sync = await screen.findByRole('button', { name: 'Sync now' })
  bridge.show({ lastLookAt: '2026-11-21T09:01:00.000Z' })
  expect(screen.queryByText('Looked for new rides.')).toBeNull()
  await userEvent.setup().click(sync)
  bridge.show({ lastLookAt: '2026-11-21T09:02:00.000Z' })
  expect((await screen.findByText('Looked for new rides.')).getAttribute('role')).toBe('status')
})

test('tells once that rides go up, however many of them are done since', async () => {
  const progress = { name: 'a.fit', sourceName: 'Zwift', sentBytes: 0, totalBytes: 900, done: 0, total: 24 }
  const { bridge } = await openWindow({ progress, sources: [sourceOf()], isWorking: true })
  const told = screen.getByText('Rides are going up')
  expect(told.getAttribute('role')).toBe('status')
  bridge.show({ progress: { ...progress, done: 7 } })
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/^17 rides/))
  expect(told.textContent).toBe('Rides are going up')
})
