import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { firstRunText } from '../../renderer/text/first-run.ts'
import { foldersText } from '../../renderer/text/folders.ts'
import type { RequestError } from '../../shared/ipc-contract.ts'
import { previewOf } from '../helpers/window/folders.ts'
import { headlessAbilities } from '../helpers/window/snapshots.ts'
import { atStep, done, edge, openGuide, workouts, zwift } from './helpers/open-guide.ts'
import { bePatient } from './helpers/patience.ts'

bePatient()

const refused: RequestError = {
  code: 'folder-refused',
  message: 'It overlaps a folder that rides come from already.',
  recovery: 'give-up',
  file: null,
}

const newOnly = { kind: 'none' } as const

test('found and named folders are one list, and each is added with the choice and the name', async () => {
  const { user, asked, changes, press, tickFolder } = await openGuide(
    {},
    { chooseFolder: () => '/mnt/nas/rides' },
  )
  await press(firstRunText.next)
  await tickFolder(/^Zwift/)
  await press('Choose another folder')
  const named = await screen.findByRole('checkbox', { name: /^rides/ })
  expect(named).toHaveProperty('checked', true)
  expect(asked('chooseFolder')).toEqual([['chooseFolder', 'source']])
  expect(asked('previewFolder')).toEqual([
    ['previewFolder', zwift.folder],
    ['previewFolder', '/mnt/nas/rides'],
  ])
  await press(firstRunText.next)
  await user.click(await screen.findByRole('radio', { name: 'The last 30 days 28 rides' }))
  expect(screen.getAllByText('14 rides go up')).toHaveLength(2)
  await press('Rename rides')
  await user.keyboard('{Control>}a{/Control}Everyone{Enter}')
  await press(firstRunText.addFolders)
  await atStep(firstRunText.trainersTitle)
  const backfill = { kind: 'days', days: 30 }
  expect(changes()).toEqual([
    ['addSource', { folder: zwift.folder, name: 'Zwift', backfill }],
    ['addSource', { folder: '/mnt/nas/rides', name: 'Everyone', backfill }],
  ])
})

test('numbers that are only the least there is say so, and unknown ones promise nothing', async () => {
  const { press, tickFolder } = await openGuide(
    {},
    {
      previewFolder: folder =>
        folder === zwift.folder
          ? previewOf({
              isPartial: true,
              within: [
                { days: 7, rides: 0 },
                { days: 30, rides: 14 },
              ],
            })
          : previewOf(),
    },
  )
  await press(firstRunText.next)
  await tickFolder(/^Zwift/)
  await press(firstRunText.next)
  expect(await screen.findByRole('radio', { name: 'The last 30 days at least 14 rides' })).toBeTruthy()
  expect(screen.getByRole('radio', { name: 'The last 7 days not counted' })).toBeTruthy()
  expect(screen.getByRole('radio', { name: 'Only new rides nothing goes up now' })).toBeTruthy()
})

test('a folder that is refused says why on its row, is not chosen, and can be tried again', async () => {
  let isFree = false
  const { press, tickFolder } = await openGuide(
    {},
    { previewFolder: folder => previewOf({ folder, refusal: isFree ? null : refused.message }) },
  )
  await press(firstRunText.next)
  await tickFolder(/^Zwift/)
  const alert = await screen.findByText(/overlaps/)
  expect(alert.closest('li')?.textContent).toContain('Zwift')
  expect(screen.getByRole('checkbox', { name: /^Zwift/ })).toHaveProperty('checked', false)
  isFree = true
  await tickFolder(/^Zwift/)
  await waitFor(() => expect(screen.queryByText(/overlaps/)).toBeNull())
  expect(screen.getByRole('checkbox', { name: /^Zwift/ })).toHaveProperty('checked', true)
})

test('what is chosen is added when the step is jumped over, and the last step says so before', async () => {
  const { changes, press, step, tickFolder } = await openGuide()
  await press(firstRunText.next)
  await tickFolder(/^Zwift/)
  await step('trainers')
  await tickFolder(/Zwift \(991\)/)
  await step('startup')
  expect(screen.getByText(firstRunText.foldersToAdd(['Zwift'], firstRunText.rides.none))).toBeTruthy()
  expect(screen.getByText(firstRunText.trainerToAdd('Zwift (991)', 7))).toBeTruthy()
  await press(firstRunText.finish)
  await waitFor(() =>
    expect(changes()).toEqual([
      ['addSource', { folder: zwift.folder, name: 'Zwift', backfill: newOnly }],
      ['addTrainer', { folder: workouts.folder, name: 'Zwift (991)', format: 'zwo', days: 7, sports: null }],
      ['setStartAtLogin', true],
      done,
    ]),
  )
})

test('leaving the guide early adds what is chosen, and does not touch the start at login', async () => {
  const { changes, press, tickFolder } = await openGuide()
  await press(firstRunText.next)
  await tickFolder(/^Edge/)
  await press(firstRunText.skipAllAdding)
  await waitFor(() =>
    expect(changes()).toEqual([
      ['addSource', { folder: edge.folder, name: 'Edge 530', backfill: newOnly }],
      done,
    ]),
  )
})

test('the guide does not end while something chosen could not be added; it shows which and why', async () => {
  const { asked, press, step, tickFolder } = await openGuide(
    {},
    { addSource: ({ folder }) => (folder === edge.folder ? refused : 's1') },
  )
  await press(firstRunText.next)
  await tickFolder(/^Zwift/)
  await tickFolder(/^Edge/)
  await step('startup')
  await press(firstRunText.finish)
  await atStep(firstRunText.foldersTitle)
  expect(await screen.findByText(firstRunText.notAllAdded)).toBeTruthy()
  expect(screen.getByText(/overlaps/).closest('li')?.textContent).toContain('Edge 530')
  expect(asked('changePreferences')).toEqual([])
  // Told so, the user may go on without it.
  await press(firstRunText.skipAll)
  await waitFor(() => expect(asked('changePreferences')).toEqual([done]))
  expect(asked('addSource')).toHaveLength(2)
})

test('a trainer folder keeps the days that were chosen; a named one is asked for its format', async () => {
  const { user, changes, press, step, tickFolder } = await openGuide(
    {},
    { chooseFolder: () => '/home/rider/MyWhoosh' },
  )
  await step('trainers')
  await tickFolder(/Zwift \(991\)/)
  expect(screen.queryByRole('combobox', { name: 'Format for Zwift (991)' })).toBeNull()
  await user.selectOptions(screen.getByRole('combobox', { name: 'Days ahead for Zwift (991)' }), '14')
  await press('Choose another folder')
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Format for MyWhoosh' }), 'erg')
  await press(firstRunText.addTrainers)
  await atStep(firstRunText.startupTitle)
  expect(changes()).toEqual([
    ['addTrainer', { folder: workouts.folder, name: 'Zwift (991)', format: 'zwo', days: 14, sports: null }],
    ['addTrainer', { folder: '/home/rider/MyWhoosh', name: null, format: 'erg', days: 7, sports: null }],
  ])
  expect(screen.getByText(firstRunText.trainerWith('MyWhoosh', 7))).toBeTruthy()
})

test('without a folder dialog the path is typed, and without a start at login there is no box for it', async () => {
  const { user, press, step } = await openGuide({ host: headlessAbilities, startup: null })
  await press(firstRunText.next)
  await user.type(await screen.findByRole('textbox', { name: 'Choose another folder' }), '/rides{Enter}')
  expect(await screen.findByRole('checkbox', { name: /^rides/ })).toHaveProperty('checked', true)
  expect(await screen.findByText('1 folder is chosen.')).toBeTruthy()
  await step('startup')
  expect(screen.queryByRole('checkbox')).toBeNull()
  expect(screen.getByText(firstRunText.startupHeadless)).toBeTruthy()
})

test('a folder that is named twice is said to be there, and looked at once', async () => {
  const { user, asked, press } = await openGuide({ host: headlessAbilities, startup: null })
  await press(firstRunText.next)
  const field = await screen.findByRole('textbox', { name: 'Choose another folder' })
  await user.type(field, '/rides{Enter}')
  await screen.findByRole('checkbox', { name: /^rides/ })
  expect(screen.queryByText(foldersText.twice('rides'))).toBeNull()
  await user.type(field, '/rides/{Enter}')
  expect((await screen.findByText(foldersText.twice('rides'))).getAttribute('role')).toBe('status')
  expect(asked('previewFolder')).toHaveLength(1)
  await user.click(screen.getByRole('checkbox', { name: /^rides/ }))
  await waitFor(() => expect(screen.queryByText(foldersText.twice('rides'))).toBeNull())
})

test('a search that fails can be asked for again, and folders can be named all the same', async () => {
  let isBroken = true
  const slow: RequestError = { code: 'busy', message: 'It could not look.', recovery: 'retry', file: null }
  const { press } = await openGuide({}, { discoverFolders: () => (isBroken ? slow : [zwift]) })
  await press(firstRunText.next)
  expect(await screen.findByText(slow.message)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Choose another folder' })).toBeTruthy()
  isBroken = false
  await press('Try again')
  expect(await screen.findByRole('checkbox', { name: /^Zwift/ })).toBeTruthy()
})
