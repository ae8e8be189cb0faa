import { screen, waitFor, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { TrainerView } from '../../shared/app-snapshot.ts'
import type { RequestError } from '../../shared/ipc-contract.ts'
import type { WorkoutsView } from '../../shared/window-data.ts'
import { placeOf, workoutOf, workoutsOf } from '../helpers/window/workouts.ts'
import { openWindow } from './helpers/open-window.ts'

const trainer: TrainerView = {
  ...{ id: 't1', name: 'Zwift', folder: '/w', format: 'zwo', days: 7, sports: null, kind: 'library' },
  ...{ isPaused: false, health: 'watching', workouts: 1 },
}

const failure: RequestError = {
  code: 'internal',
  message: 'It is in the log.',
  recovery: 'retry',
  file: null,
}

async function openWorkouts(answer: () => WorkoutsView | RequestError, trainers = [trainer]) {
  const opened = await openWindow({ trainers }, { listWorkouts: answer })
  await opened.user.click(screen.getByRole('button', { name: 'Workouts' }))
  const timesAsked = (): number => opened.bridge.asked.filter(({ name }) => name === 'listWorkouts').length
  return { ...opened, timesAsked }
}

test('shows fourteen days, today marked, and which of them have workouts', async () => {
  await openWorkouts(() =>
    workoutsOf({ workouts: [workoutOf(), workoutOf({ eventId: '2', date: '2026-11-24' })] }),
  )
  const strip = await screen.findByRole('list', { name: 'Coming days' })
  const days = within(strip).getAllByRole('listitem')
  expect(days).toHaveLength(14)
  expect(days.map(day => day.getAttribute('aria-current'))).toEqual([
    'date',
    ...days.slice(1).map(() => null),
  ])
  const chosen = within(strip).getAllByRole('button')
  expect(chosen).toHaveLength(2)
  expect(chosen[0]?.textContent).toMatch(/21.*today, 1 workout/)
  expect(days[1]?.textContent).toContain('no workout')
})

test('leads from a day of the strip to its workouts', async () => {
  const { user } = await openWorkouts(() => workoutsOf())
  const strip = await screen.findByRole('list', { name: 'Coming days' })
  await user.click(within(strip).getByRole('button'))
  expect(document.activeElement?.tagName).toBe('H2')
  expect(document.activeElement?.textContent).toContain('today')
})

test('says which file a workout became in which folder, and why another has none', async () => {
  const places = [
    placeOf({ fileName: 'a.zwo' }),
    placeOf({
      trainerId: 't2',
      trainerName: 'Edge',
      state: 'skipped',
      fileName: null,
      reason: 'It is full.',
    }),
  ]
  await openWorkouts(() => workoutsOf({ workouts: [workoutOf({ places })] }))
  const list = await screen.findByRole('list', { name: 'Where its file is' })
  const rows = within(list)
    .getAllByRole('listitem')
    .map(row => row.textContent.replace(/\s+/g, ' ').trim())
  expect(rows).toEqual(['Zwift there a.zwo', 'Edge left out It is full.'])
})

test('says that a workout without steps becomes no file', async () => {
  await openWorkouts(() => workoutsOf({ workouts: [workoutOf({ profile: null, places: [], time: null })] }))
  expect(await screen.findByText('no file: it has no steps')).toBeTruthy()
  expect(screen.queryByRole('slider')).toBeNull()
})

test('says that the last good copy is shown when the calendar could not be read', async () => {
  const trouble = { code: 'offline', message: 'Intervals.icu could not be reached.', file: null }
  const { bridge, user } = await openWorkouts(() =>
    workoutsOf({ trouble, fetchedAt: '2025-11-21T15:56:00.000Z' }),
  )
  const told = await screen.findByRole('alert')
  expect(told.textContent).toMatch(/could not be reached\. Shown is the calendar as it was read .* ago\./)
  expect(screen.getByRole('heading', { name: 'Big Gear Grinds' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(bridge.asked.at(-1)).toEqual({ name: 'syncNow', args: [] })
})

test('says that there is no copy when the calendar could never be read', async () => {
  const trouble = { code: 'offline', message: 'Intervals.icu could not be reached.', file: null }
  await openWorkouts(() => workoutsOf({ trouble, workouts: [], fetchedAt: null }))
  expect((await screen.findByRole('alert')).textContent).toContain('There is no earlier copy to show.')
  expect(screen.queryByText('Nothing planned in the coming days')).toBeNull()
})

test('invites to plan something, and to add a trainer folder where there is none', async () => {
  const { user } = await openWorkouts(() => workoutsOf({ workouts: [] }), [])
  expect(await screen.findByText('Nothing planned in the coming days')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Add a trainer folder' }))
  expect(await screen.findByRole('heading', { level: 1, name: /Folders/ })).toBeTruthy()
})

test('asks again when something may have changed, and not otherwise', async () => {
  let name = 'Before'
  const { bridge, timesAsked } = await openWorkouts(() => workoutsOf({ workouts: [workoutOf({ name })] }))
  expect(await screen.findByRole('heading', { name: 'Before' })).toBeTruthy()
  expect(timesAsked()).toBe(1)
  bridge.show({ sentCount: 3 })
  name = 'After'
  bridge.show({ lastSyncAt: '2026-11-21T16:00:10.000Z' })
  expect(await screen.findByRole('heading', { name: 'After' })).toBeTruthy()
  expect(timesAsked()).toBe(2)
})

test('keeps what is shown when it can not be asked for again', async () => {
  let answer: WorkoutsView | RequestError = workoutsOf()
  const { bridge } = await openWorkouts(() => answer)
  expect(await screen.findByRole('heading', { name: 'Big Gear Grinds' })).toBeTruthy()
  answer = failure
  bridge.show({ filesRevision: 2 })
  expect((await screen.findByRole('alert')).textContent).toContain('It is in the log.')
  expect(screen.getByRole('heading', { name: 'Big Gear Grinds' })).toBeTruthy()
})

test('says why nothing can be shown, and tries again when told to', async () => {
  let answer: WorkoutsView | RequestError = failure
  const { user } = await openWorkouts(() => answer)
  expect((await screen.findByRole('alert')).textContent).toContain('It is in the log.')
  answer = workoutsOf()
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'Big Gear Grinds' })).toBeTruthy()
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
})
