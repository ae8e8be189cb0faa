import { screen, waitFor, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { todayText } from '../../renderer/text/today.ts'
import type { RequestError } from '../../shared/ipc-contract.ts'
import type { ActionOutcome } from '../../shared/window-data.ts'
import { countsOf, desktopAbilities } from '../helpers/window/snapshots.ts'
import { needOf } from '../helpers/window/workouts.ts'
import { commands, openWindow } from './helpers/open-window.ts'

const done: ActionOutcome = { done: 1, skipped: 0, failedCount: 0, failed: [] }
const busy: RequestError = { code: 'busy', message: 'It is in use.', recovery: 'retry', file: null }

test('offers what can be done for a file that needs the user, and tells what became of it', async () => {
  const need = needOf()
  const { bridge, user } = await openWindow(
    { needs: [need], needsCount: 1 },
    { actOnFiles: (): ActionOutcome => done },
  )
  const card = screen.getByRole('region', { name: /from Edge 530/ })
  expect(card.textContent).toContain('Its first 1 h 12 min can be read. Kept safe in the archive.')
  await user.click(within(card).getByRole('button', { name: `Upload anyway: ${need.name}` }))
  expect(commands(bridge)).toEqual(['actOnFiles("uploadAnyway", {"kind":"ids","ids":[7]})'])
  expect(await screen.findByText(todayText.outcomes.uploadAnyway(need.name))).toBeTruthy()
})

test('hands the focus on to what became of a card that has gone', async () => {
  const need = needOf()
  const { bridge, user } = await openWindow(
    { needs: [need], needsCount: 1 },
    { actOnFiles: (): ActionOutcome => done },
  )
  await user.click(screen.getByRole('button', { name: `Ignore: ${need.name}` }))
  bridge.show({ needs: [], needsCount: 0 })
  await waitFor(() => expect(document.activeElement?.textContent).toBe(todayText.outcomes.ignore(need.name)))
})

test.each([
  ['a failed request', () => busy, 'It is in use.'],
  [
    'a failed file',
    () => ({
      done: 0,
      skipped: 0,
      failedCount: 1,
      failed: [{ name: 'x', message: 'It is gone.' }],
    }),
    'It is gone.',
  ],
  [
    'nothing to do',
    () => ({ done: 0, skipped: 1, failedCount: 0, failed: [] }),
    todayText.nothingDone(needOf().name),
  ],
] as const)('tells of %s', async (_, actOnFiles, words) => {
  const { user } = await openWindow({ needs: [needOf()], needsCount: 1 }, { actOnFiles })
  await user.click(screen.getByRole('button', { name: /^Ignore/ }))
  expect(await screen.findByText(words)).toBeTruthy()
})

test('opens the story of a file that needs the user', async () => {
  const { bridge, user } = await openWindow({ needs: [needOf()], needsCount: 1 })
  await user.click(screen.getByRole('button', { name: /^Look at/ }))
  await waitFor(() => expect(bridge.asked).toContainEqual({ name: 'getFileStory', args: [7] }))
})

test('shows three of many, so that the rest of the page stays in sight', async () => {
  const needs = [1, 2, 3, 4, 5].map(fileId => needOf({ fileId, name: `ride-${fileId}.fit` }))
  await openWindow({ needs, needsCount: 9 })
  expect(screen.getAllByRole('button', { name: /^Look at/ })).toHaveLength(3)
  expect(screen.getByRole('button', { name: 'And 6 more' })).toBeTruthy()
})

test('leads to files that cannot be read, too', async () => {
  const counts = countsOf({ held: 3, waiting: 2 })
  const { bridge, user } = await openWindow({ needs: [needOf()], needsCount: 4, counts })
  await user.click(screen.getByRole('button', { name: 'And 3 more' }))
  await waitFor(() =>
    expect(bridge.asked.findLast(({ name }) => name === 'listFiles')?.args[0]).toMatchObject({
      states: ['held', 'rejected', 'waiting'],
    }),
  )
})

test('leads to the rest of what needs the user, and only to that', async () => {
  const { bridge, user } = await openWindow({
    ...{ needs: [needOf()], needsCount: 4, counts: countsOf({ held: 3, rejected: 1 }) },
  })
  await user.click(screen.getByRole('button', { name: 'And 3 more' }))
  await waitFor(() =>
    expect(bridge.asked.findLast(({ name }) => name === 'listFiles')?.args[0]).toMatchObject({
      states: ['held', 'rejected'],
    }),
  )
})

const locked = {
  kind: 'signedOut',
  id: 'i1',
  name: null,
  why: 'keychain-locked',
  message: 'Locked.',
} as const

test('unlocks the keychain on request and says when it stays locked', async () => {
  const { bridge, user } = await openWindow({ account: locked }, { unlock: () => busy })
  await user.click(screen.getByRole('button', { name: 'Unlock' }))
  expect(commands(bridge)).toEqual(['unlock()'])
  expect((await screen.findAllByText('It is in use.')).length).toBeGreaterThan(0)
})

test.each([
  [{ kind: 'none' }, 'Connect'],
  [{ ...locked, why: 'signed-out' }, 'Sign in'],
] as const)('leads to the settings where a key is needed: %o', async (account, name) => {
  const { user } = await openWindow({ account })
  await user.click(screen.getByRole('button', { name }))
  expect(await screen.findByRole('heading', { level: 1, name: /Settings/ })).toBeTruthy()
})

test('does not offer to sign in where the key comes from outside', async () => {
  await openWindow({
    account: { ...locked, why: 'signed-out' },
    host: { ...desktopAbilities, canConnect: false },
  })
  expect(screen.queryByRole('button', { name: 'Sign in' })).toBeNull()
})

const unreadable = { code: 'folder-unreadable', message: "Zwift's folder can't be read.", file: '/zwift' }

test('says which folder is in trouble, where it is, and leads to it', async () => {
  const { user } = await openWindow({ troubles: [unreadable] })
  const card = screen.getByRole('region', { name: unreadable.message })
  expect(card.textContent).toContain('/zwift')
  expect(within(card).queryByRole('button', { name: 'Privacy settings' })).toBeNull()
  await user.click(within(card).getByRole('button', { name: 'Open Folders' }))
  expect(await screen.findByRole('heading', { level: 1, name: /Folders/ })).toBeTruthy()
})

test('leads to the privacy settings where the system may stand in the way', async () => {
  const host = { ...desktopAbilities, platform: 'darwin' } as const
  const { bridge, user } = await openWindow({ troubles: [unreadable], host })
  await user.click(screen.getByRole('button', { name: 'Privacy settings' }))
  expect(commands(bridge)).toEqual(['openSystemPage("privacySettings")'])
})

test('leaves what passes by itself to the headline', async () => {
  await openWindow({ troubles: [{ code: 'offline', message: 'No connection.', file: null }] })
  expect(screen.queryByRole('region', { name: 'No connection.' })).toBeNull()
})
