import { screen, waitFor, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { AppSnapshot } from '../../shared/app-snapshot.ts'
import { headline } from '../../shared/headline.ts'
import type { RequestError } from '../../shared/ipc-contract.ts'
import { snapshotOf } from '../helpers/window/snapshots.ts'
import { placeOf, rideOf, workoutOf } from '../helpers/window/workouts.ts'
import { commands, openWindow } from './helpers/open-window.ts'

const busy: RequestError = { code: 'busy', message: 'It is in use.', recovery: 'retry', file: null }
const source: AppSnapshot['sources'][number] = {
  ...{ id: 's1', name: 'Zwift', folder: '/zwift', backfill: 'none', isPaused: false, health: 'watching' },
  ...{ files: 1, sameRide: 'upload', otherFiles: 0, newestAt: null, counts: {} },
}
const trainer: AppSnapshot['trainers'][number] = {
  ...{ id: 't1', name: 'Zwift', folder: '/w', format: 'zwo', days: 7, sports: null, kind: 'library' },
  ...{ isPaused: false, health: 'watching', workouts: 1 },
}

test('is headed by the state of the whole, read out when it changes', async () => {
  const { bridge } = await openWindow({ sources: [source] })
  const words = headline(snapshotOf({ sources: [source] }), Date.now()).text
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(words)
  bridge.show({ account: { kind: 'none' } })
  const next = headline(snapshotOf({ account: { kind: 'none' } }), Date.now()).text
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(next))
  const told = screen.getAllByRole('status').map(status => status.textContent)
  expect(told).toContain(next)
})

test('syncs when asked to, and shows that it is at it', async () => {
  const { bridge, user } = await openWindow()
  await user.click(screen.getByRole('button', { name: 'Sync now' }))
  expect(commands(bridge)).toEqual(['syncNow()'])
  bridge.show({ isWorking: true })
  const button = screen.getByRole('button', { name: 'Sync now' })
  await waitFor(() => expect(button.getAttribute('aria-busy')).toBe('true'))
  await user.click(button)
  expect(commands(bridge)).toEqual(['syncNow()'])
})

test('says why a sync could not begin', async () => {
  const { user } = await openWindow({}, { syncNow: () => busy })
  await user.click(screen.getByRole('button', { name: 'Sync now' }))
  expect((await screen.findByText('It is in use.')).getAttribute('role')).toBe('status')
})

test.each([
  [1, 'For 1 hour', 'pause("hour")'],
  [2, 'Until tomorrow', 'pause("tomorrow")'],
  [3, 'Until I resume', 'pause("untilResumed")'],
] as const)('pauses by keyboard: choice %i is %s', async (steps, name, asked) => {
  const { bridge, user } = await openWindow()
  screen.getByRole('button', { name: 'Pause' }).focus()
  await user.keyboard('{Enter}')
  // Nothing is laid out here, so the menu is never in its place, and counts as hidden and nameless.
  const item = await screen.findByText(name)
  for (let step = 0; step < 6 && document.activeElement !== item; step++) await user.keyboard('{ArrowDown}')
  expect(document.activeElement).toBe(item)
  expect(screen.getAllByRole('menuitem', { hidden: true }).indexOf(item)).toBe(steps - 1)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(commands(bridge)).toEqual([asked]))
})

test('offers to resume while it is paused', async () => {
  const { bridge, user } = await openWindow({ pause: { kind: 'untilResumed' } })
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Resume' }))
  expect(commands(bridge)).toEqual(['resume()'])
})

test('offers to pause again once the end of a pause has come', async () => {
  await openWindow({ pause: { kind: 'until', at: '2020-01-01T00:00:00.000Z' } })
  expect(screen.getByRole('button', { name: 'Pause' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull()
})

test('shows what goes up with its bytes and its place in the batch', async () => {
  const progress = { name: 'ride.fit', sourceName: 'Zwift', sentBytes: 1_100_000, totalBytes: 1_800_000 }
  const { bridge } = await openWindow({ progress: { ...progress, done: 1, total: 2 } })
  const bar = screen.getByRole('progressbar', { name: 'Zwift · ride.fit' })
  expect(bar.getAttribute('value')).toBe('1100000')
  expect(bar.getAttribute('max')).toBe('1800000')
  expect(screen.getByRole('region', { name: 'Going up' }).textContent).toContain('1.1 of 1.8 MB · 1 of 2')
  bridge.show({ progress: null })
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
})

test('shows the next workouts with what became of them', async () => {
  const places = [
    placeOf(),
    placeOf({ trainerId: 't2', trainerName: 'Edge', state: 'skipped', reason: 'Full.' }),
  ]
  await openWindow({ nextWorkouts: [workoutOf({ places })], trainers: [trainer] })
  const part = screen.getByRole('region', { name: 'Next workouts' })
  expect(within(part).getByRole('heading', { name: 'Big Gear Grinds' })).toBeTruthy()
  expect(part.textContent).toContain('today 17:30 · Ride · 1 h 05')
  expect(part.textContent).toContain('load 62')
  const picture = within(part).getByRole('slider', { name: 'Big Gear Grinds, 1 h 05, load 62' })
  expect(picture.getAttribute('aria-valuetext')).toBe('9 steps')
  expect(within(part).queryByRole('table')).toBeNull()
  expect(within(part).getByText('in Zwift')).toBeTruthy()
  expect(within(part).getByTitle('Full.').textContent).toBe('not for Edge')
})

test('invites to add a trainer folder where workouts have nowhere to go', async () => {
  const { user } = await openWindow({ nextWorkouts: [workoutOf({ places: [] })] })
  await user.click(screen.getByRole('button', { name: 'Add a trainer folder' }))
  expect(await screen.findByRole('heading', { level: 1, name: /Folders/ })).toBeTruthy()
})

test('shows the last rides with a link to each that is there, and opens the story of one', async () => {
  const ride = rideOf({ sport: 'cycling' })
  const waiting = rideOf({
    fileId: 2,
    name: 'b.fit',
    state: 'waiting',
    reason: 'Not finished.',
    activityIds: [],
  })
  const { bridge, user } = await openWindow({ lastRides: [ride, waiting], sources: [source] })
  const part = screen.getByRole('region', { name: 'Last rides' })
  const link = within(part).getByRole('link', { name: 'Open Lunch spin on Intervals.icu' })
  expect(link.getAttribute('href')).toBe('https://intervals.icu/activities/i900')
  expect(link.getAttribute('target')).toBe('_blank')
  expect(within(part).getAllByRole('link')).toHaveLength(1)
  expect(part.textContent).toMatch(/48 min · (24\.1 km|15\.0 mi)/)
  expect(within(part).getByText('Not finished.')).toBeTruthy()
  await user.click(within(part).getByRole('button', { name: 'Lunch spin' }))
  await waitFor(() => expect(bridge.asked).toContainEqual({ name: 'getFileStory', args: [1] }))
})

test('tells distances in the units that were chosen', async () => {
  const preferences = { ...snapshotOf().preferences, units: 'imperial' } as const
  await openWindow({ lastRides: [rideOf()], preferences })
  expect(screen.getByRole('region', { name: 'Last rides' }).textContent).toContain('15.0 mi')
})

test('invites to add a folder while there is none, and waits for rides once there is', async () => {
  const { bridge, user } = await openWindow()
  expect(screen.getByText('Where do your rides land?')).toBeTruthy()
  expect(screen.getByText('No workouts planned')).toBeTruthy()
  bridge.show({ sources: [source] })
  expect(await screen.findByText('No rides yet')).toBeTruthy()
  bridge.show({ sources: [] })
  await user.click(await screen.findByRole('button', { name: 'Add a folder' }))
  expect(await screen.findByRole('heading', { level: 1, name: /Folders/ })).toBeTruthy()
})
