import { screen, waitFor, within } from '@testing-library/svelte'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { foldersText } from '../../renderer/text/folders.ts'
import type { AppSnapshot } from '../../shared/app-snapshot.ts'
import type { RequestError } from '../../shared/ipc-contract.ts'
import { foundOf, previewOf, sourceOf, trainerOf } from '../helpers/window/folders.ts'
import { desktopAbilities, headlessAbilities } from '../helpers/window/snapshots.ts'
import type { FakeBridge } from './helpers/fake-bridge.ts'
import { commands, openWindow } from './helpers/open-window.ts'
import { bePatient } from './helpers/patience.ts'

bePatient()

type Answers = NonNullable<ConstructorParameters<typeof FakeBridge>[1]>
interface Opened {
  readonly bridge: FakeBridge
  readonly user: UserEvent
}

const busy: RequestError = { code: 'busy', message: 'It is in use.', recovery: 'retry', file: null }

async function openFolders(some: Partial<AppSnapshot> = {}, answers: Answers = {}): Promise<Opened> {
  const opened = await openWindow(some, {
    previewFolder: folder => previewOf({ folder }),
    addSource: () => 's9',
    addTrainer: () => 't9',
    ...answers,
  })
  await opened.user.click(screen.getByRole('button', { name: /Folders/ }))
  await screen.findByRole('heading', { level: 1, name: foldersText.title })
  return opened
}

/** jsdom lays nothing out: to it a menu stays where nobody sees it, and no pointer opens it. */
const menuItem = (item: string): Promise<HTMLElement> =>
  screen.findByText(item, { selector: '[role="menuitem"]' })
const openMenu = async (user: UserEvent, folder: string): Promise<void> => {
  screen.getByRole('button', { name: foldersText.more(folder) }).focus()
  await user.keyboard('{Enter}')
}
const choose = async (user: UserEvent, folder: string, item: string): Promise<void> => {
  await openMenu(user, folder)
  const wanted = await menuItem(item)
  wanted.focus()
  await user.keyboard('{Enter}')
}
const section = (name: string): HTMLElement => screen.getByRole('region', { name })
const focused = (): string => document.activeElement?.textContent.trim() ?? ''

test('invites to add the first folder and the first trainer', async () => {
  await openFolders()
  expect(screen.getByText(foldersText.noSources)).toBeTruthy()
  expect(screen.getByText(foldersText.noTrainers)).toBeTruthy()
})

test('adds what is ticked, tells it, and gives the focus back to the button', async () => {
  const { bridge, user } = await openFolders({}, { discoverFolders: () => [foundOf()] })
  await user.click(screen.getAllByRole('button', { name: foldersText.addSource })[0] ?? document.body)
  await waitFor(() => expect(focused()).toBe(foldersText.addSource))
  expect(document.activeElement?.tagName).toBe('H3')
  await user.click(await screen.findByRole('checkbox', { name: /^Zwift/ }))
  await user.click(await screen.findByRole('radio', { name: 'The last 7 days 3 rides' }))
  await user.click(screen.getByRole('button', { name: foldersText.add }))
  await waitFor(() => expect(document.activeElement?.tagName).toBe('BUTTON'))
  expect(focused()).toBe(foldersText.addSource)
  const told = within(section(foldersText.sources)).getByText(foldersText.isAdded(['Zwift']))
  expect(told.getAttribute('role')).toBe('status')
  expect(commands(bridge)).toEqual([
    'previewFolder("/home/rider/Zwift/Activities")',
    'addSource({"folder":"/home/rider/Zwift/Activities","name":"Zwift","backfill":{"kind":"days","days":7}})',
  ])
})

test('keeps the card open while a folder could not be added, and says why on its row', async () => {
  const { user } = await openFolders({}, { discoverFolders: () => [foundOf()], addSource: () => busy })
  await user.click(screen.getAllByRole('button', { name: foldersText.addSource })[0] ?? document.body)
  await user.click(await screen.findByRole('checkbox', { name: /^Zwift/ }))
  await user.click(screen.getByRole('button', { name: foldersText.add }))
  expect((await screen.findByText(/It is in use/)).getAttribute('role')).toBe('alert')
  expect(screen.getByRole('button', { name: foldersText.add })).toHaveProperty('disabled', true)
})

test('leaves the card by Escape and asks for nothing', async () => {
  const { bridge, user } = await openFolders({}, { discoverFolders: () => [foundOf({ isAdded: true })] })
  await user.click(screen.getAllByRole('button', { name: foldersText.addSource })[0] ?? document.body)
  expect(await screen.findByRole('checkbox', { name: /^Zwift/ })).toHaveProperty('disabled', true)
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement?.tagName).toBe('BUTTON'))
  expect(focused()).toBe(foldersText.addSource)
  expect(commands(bridge)).toEqual([])
})

test('adds a trainer with its format and days', async () => {
  const { bridge, user } = await openFolders(
    {},
    { discoverFolders: () => [foundOf({ kind: 'trainer', app: 'MyWhoosh', folder: '/w', format: null })] },
  )
  await user.click(screen.getAllByRole('button', { name: foldersText.addTrainer })[0] ?? document.body)
  await user.click(await screen.findByRole('checkbox', { name: /^MyWhoosh/ }))
  await user.selectOptions(screen.getByRole('combobox', { name: 'Format for MyWhoosh' }), 'mrc')
  await user.click(screen.getByRole('button', { name: foldersText.add }))
  expect(await screen.findByText(foldersText.isAdded(['MyWhoosh']))).toBeTruthy()
  expect(commands(bridge)).toEqual([
    'addTrainer({"folder":"/w","name":"MyWhoosh","format":"mrc","days":7,"sports":null})',
  ])
})

test('pauses and resumes, and says what that means', async () => {
  const { bridge, user } = await openFolders({ sources: [sourceOf()] })
  await user.click(screen.getByRole('button', { name: 'Pause Zwift' }))
  expect((await screen.findByText(foldersText.isPaused)).getAttribute('role')).toBe('status')
  bridge.show({ sources: [sourceOf({ isPaused: true })] })
  await user.click(await screen.findByRole('button', { name: 'Resume Zwift' }))
  await screen.findByText(foldersText.isResumed)
  expect(commands(bridge)).toEqual([
    'changeSource("s1", {"isPaused":true})',
    'changeSource("s1", {"isPaused":false})',
  ])
})

test('says why something could not be done, on the row', async () => {
  const { user } = await openFolders({ sources: [sourceOf()] }, { changeSource: () => busy })
  await user.click(screen.getByRole('button', { name: 'Pause Zwift' }))
  expect(await screen.findByText('It is in use.')).toBeTruthy()
})

test('renames by keyboard, and gives the focus back', async () => {
  const { bridge, user } = await openFolders({ sources: [sourceOf()] })
  const more = screen.getByRole('button', { name: foldersText.more('Zwift') })
  await choose(user, 'Zwift', foldersText.rename)
  const field = await screen.findByRole('textbox', { name: foldersText.nameOf('Zwift') })
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.keyboard('{Control>}a{/Control}Indoors{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(more))
  expect(commands(bridge)).toEqual(['changeSource("s1", {"name":"Indoors"})'])
  expect(await screen.findByText(foldersText.isRenamed('Indoors'))).toBeTruthy()
})

test('leaves the name as it was on Escape, and for an empty one', async () => {
  const { bridge, user } = await openFolders({ sources: [sourceOf()] })
  await choose(user, 'Zwift', foldersText.rename)
  const field = await screen.findByRole('textbox', { name: foldersText.nameOf('Zwift') })
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.keyboard('x{Escape}')
  expect(await screen.findByRole('heading', { level: 3, name: 'Zwift' })).toBeTruthy()
  await choose(user, 'Zwift', foldersText.rename)
  await user.clear(await screen.findByRole('textbox', { name: foldersText.nameOf('Zwift') }))
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('heading', { level: 3, name: 'Zwift' })).toBeTruthy()
  expect(commands(bridge)).toEqual([])
})

test('removes a folder only after saying what happens to what, and hands the focus on', async () => {
  const source = sourceOf({ counts: { uploaded: 9, queued: 2, held: 1 } })
  const { bridge, user } = await openFolders({ sources: [source] })
  await choose(user, 'Zwift', foldersText.remove)
  const dialog = await screen.findByRole('alertdialog', { name: foldersText.removeSourceTitle('Zwift') })
  expect(dialog.textContent).toContain('The files in it are not touched')
  expect(dialog.textContent).toContain('3 files that have not been sent yet will not be sent')
  await user.click(within(dialog).getByRole('button', { name: foldersText.cancel }))
  expect(commands(bridge)).toEqual([])
  await choose(user, 'Zwift', foldersText.remove)
  await user.click(await screen.findByRole('button', { name: foldersText.removeSource }))
  bridge.show({ sources: [] })
  await waitFor(() => expect(focused()).toBe(foldersText.isRemoved('Zwift')))
  expect(commands(bridge)).toEqual(['removeSource("s1")'])
})

test('removes a trainer and leaves the workouts that are there', async () => {
  const { bridge, user } = await openFolders({ trainers: [trainerOf({ workouts: 1 })] })
  await choose(user, 'Zwift workouts', foldersText.remove)
  expect((await screen.findByRole('alertdialog')).textContent).toContain('The 1 workout there stays')
  await user.click(screen.getByRole('button', { name: foldersText.removeTrainer }))
  await waitFor(() => expect(commands(bridge)).toEqual(['removeTrainer("t1")']))
})

test('changes the days and sports of a trainer, and keeps what was typed when it fails', async () => {
  let isBusy = true
  const { bridge, user } = await openFolders(
    { trainers: [trainerOf({ days: 4, sports: ['Ride'] })] },
    { changeTrainer: () => (isBusy ? busy : null) },
  )
  await choose(user, 'Zwift workouts', foldersText.edit)
  const days = await screen.findByRole('combobox', { name: foldersText.daysOf('Zwift workouts') })
  expect(days).toHaveProperty('value', '4')
  await user.selectOptions(days, '14')
  const sports = screen.getByRole('textbox', { name: foldersText.sports })
  await user.clear(sports)
  await user.type(sports, ' Run,, Ride ,Run')
  await user.click(screen.getByRole('button', { name: foldersText.save }))
  expect(await screen.findByText('It is in use.')).toBeTruthy()
  expect(sports).toHaveProperty('value', ' Run,, Ride ,Run')
  isBusy = false
  await user.clear(sports)
  await user.click(screen.getByRole('button', { name: foldersText.save }))
  expect(await screen.findByText(foldersText.isChanged)).toBeTruthy()
  expect(commands(bridge)).toEqual([
    'changeTrainer("t1", {"days":14,"sports":["Run","Ride"]})',
    'changeTrainer("t1", {"days":14,"sports":null})',
  ])
  await waitFor(() =>
    expect(document.activeElement).toBe(
      screen.getByRole('button', { name: foldersText.more('Zwift workouts') }),
    ),
  )
})

test('leads to the files of the folder that need the user', async () => {
  const { bridge, user } = await openFolders({
    sources: [sourceOf({ counts: { held: 2, rejected: 1 } }), sourceOf({ id: 's2', name: 'Edge' })],
  })
  await user.click(screen.getByRole('button', { name: '3 need you: show the files of Zwift' }))
  await waitFor(() =>
    expect(bridge.asked.findLast(({ name }) => name === 'listFiles')?.args[0]).toMatchObject({
      states: ['held', 'rejected'],
      sourceId: 's1',
    }),
  )
})

test.each([
  ['missing', foldersText.mend.missing, true],
  ['unreadable', foldersText.mend.unreadable, true],
  ['empty', foldersText.mend.empty, false],
] as const)('says what to do about a folder that is %s', async (health, words, canLook) => {
  const { bridge, user } = await openFolders({ sources: [sourceOf({ health })] })
  expect(screen.getByText(words)).toBeTruthy()
  const look = screen.queryByRole('button', { name: 'Look again Zwift' })
  expect(look !== null).toBe(canLook)
  if (look === null) return
  await user.click(look)
  await screen.findByText(foldersText.lookedNow)
  expect(commands(bridge)).toEqual(['syncNow()'])
})

test('does not offer a look that would end the pause of everything', async () => {
  await openFolders({ sources: [sourceOf({ health: 'missing' })], pause: { kind: 'untilResumed' } })
  expect(screen.queryByRole('button', { name: 'Look again Zwift' })).toBeNull()
})

test('leads to the privacy settings where macOS stands in the way', async () => {
  const host = { ...desktopAbilities, platform: 'darwin' } as const
  const { bridge, user } = await openFolders({ sources: [sourceOf({ health: 'unreadable' })], host })
  await user.click(screen.getByRole('button', { name: foldersText.privacy }))
  expect(commands(bridge)).toEqual(['openSystemPage("privacySettings")'])
})

test('shows a folder in the file browser where there is one', async () => {
  const { bridge, user } = await openFolders({ sources: [sourceOf()] })
  await choose(user, 'Zwift', foldersText.show)
  await waitFor(() => expect(commands(bridge)).toEqual(['showFolder("s1")']))
  bridge.show({ host: headlessAbilities })
  await openMenu(user, 'Zwift')
  await menuItem(foldersText.rename)
  expect(screen.queryByText(foldersText.show, { selector: '[role="menuitem"]' })).toBeNull()
})
