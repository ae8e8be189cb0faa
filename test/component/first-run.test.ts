import { screen, waitFor } from '@testing-library/svelte'
import { beforeAll, expect, test } from 'vitest'
import { firstRunText } from '../../renderer/text/first-run.ts'
import type { RequestError } from '../../shared/ipc-contract.ts'
import { sourceOf, trainerOf } from '../helpers/window/folders.ts'
import { desktopAbilities } from '../helpers/window/snapshots.ts'
import { atStep, done, openGuide, workouts, zwift } from './helpers/open-guide.ts'
import { bePatient } from './helpers/patience.ts'

bePatient()

// jsdom has no CSS.escape, which user-event asks for on the arrow keys among radio buttons; our names need none.
beforeAll(() => Object.assign(window, { CSS: { escape: (name: string) => name } }))

test('a key that is not known is said so beside the field, and the next one connects', async () => {
  const wrong: RequestError = {
    code: 'signed-out',
    message: 'Intervals.icu does not know this key.',
    recovery: 'sign-in',
    file: null,
  }
  const { user, asked } = await openGuide(
    { account: { kind: 'none' } },
    {
      connect: key =>
        key === 'good' ? { id: 'i1', name: 'Robin', otherSenders: [], key: 'keychain' } : wrong,
    },
  )
  const field = screen.getByLabelText(firstRunText.keyLabel)
  await user.type(field, 'bad{Enter}')
  expect((await screen.findByText(wrong.message)).getAttribute('role')).toBe('alert')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  await user.clear(field)
  await user.type(field, '  good {Enter}')
  await atStep(firstRunText.foldersTitle)
  expect(asked('connect')).toEqual([
    ['connect', 'bad'],
    ['connect', 'good'],
  ])
})

test('who else sends rides is told before the guide goes on', async () => {
  const { bridge, user, press } = await openGuide(
    { account: { kind: 'none' } },
    { connect: () => ({ id: 'i1', name: 'Robin', otherSenders: ['Garmin Connect'], key: 'keychain' }) },
  )
  await user.type(screen.getByLabelText(firstRunText.keyLabel), 'good{Enter}')
  bridge.show({ account: { kind: 'connected', id: 'i1', name: 'Robin', key: 'keychain' } })
  const told = await screen.findByText(firstRunText.otherSenders('Garmin Connect'))
  await waitFor(() => expect(document.activeElement).toBe(told.closest('[role="status"]')))
  await press(firstRunText.next)
  await atStep(firstRunText.foldersTitle)
})

test('a key that comes from outside is no trouble, and nothing else is promised', async () => {
  await openGuide({ account: { kind: 'none' }, host: { ...desktopAbilities, canConnect: false } })
  expect(screen.getByText(firstRunText.fromEnvironment)).toBeTruthy()
  expect(screen.queryByText(firstRunText.connectText)).toBeNull()
  expect(screen.queryByLabelText(firstRunText.keyLabel)).toBeNull()
})

test('a locked keychain can be unlocked, and says when it stays locked', async () => {
  let isOpen = false
  const locked: RequestError = {
    code: 'keychain-locked',
    message: 'The keychain is still locked.',
    recovery: 'retry',
    file: null,
  }
  const { press } = await openGuide(
    { account: { kind: 'signedOut', id: 'i1', name: null, why: 'keychain-locked', message: 'Locked.' } },
    { unlock: () => (isOpen ? null : locked) },
  )
  await press(firstRunText.unlock)
  expect(await screen.findByText(locked.message)).toBeTruthy()
  isOpen = true
  await press(firstRunText.unlock)
  await atStep(firstRunText.foldersTitle)
})

test('nothing but the end of the guide is asked for when everything is skipped', async () => {
  const { changes, press } = await openGuide({ account: { kind: 'none' } })
  await press(firstRunText.skipAll)
  await waitFor(() => expect(changes()).toEqual([done]))
})

test('the last step tells in words what was set up', async () => {
  const { bridge, step } = await openGuide({ account: { kind: 'none' } })
  await step('startup')
  for (const text of [firstRunText.notConnected, firstRunText.noFolders, firstRunText.noTrainers]) {
    expect(screen.getByText(text)).toBeTruthy()
  }
  bridge.show({ sources: [sourceOf()], trainers: [trainerOf()] })
  expect(await screen.findByText(firstRunText.foldersOf(['Zwift']))).toBeTruthy()
  expect(screen.getByText(firstRunText.trainerWith('Zwift workouts', 7))).toBeTruthy()
})

test('a start at login that is unticked is left off', async () => {
  const { user, changes, press, step } = await openGuide()
  await step('startup')
  const box = screen.getByRole('checkbox', { name: firstRunText.startAtLogin })
  expect(box).toHaveProperty('checked', true)
  await user.click(box)
  await press(firstRunText.finish)
  await waitFor(() => expect(changes()).toEqual([done]))
})

test('who comes back to the guide finds the start at login as it is', async () => {
  const { step } = await openGuide({ sources: [sourceOf()], startup: { kind: 'off' } })
  await step('startup')
  expect(screen.getByRole('checkbox', { name: firstRunText.startAtLogin })).toHaveProperty('checked', false)
})

test('a start at login that can not be had is told once, and does not hold the guide', async () => {
  const { asked, press, step } = await openGuide(
    {},
    { setStartAtLogin: () => ({ kind: 'broken', why: 'The folder is read-only.' }) },
  )
  await step('startup')
  await press(firstRunText.finish)
  expect(await screen.findByText(/The folder is read-only/)).toBeTruthy()
  expect(asked('changePreferences')).toEqual([])
  await press(firstRunText.finish)
  await waitFor(() => expect(asked('changePreferences')).toEqual([done]))
  expect(asked('setStartAtLogin')).toHaveLength(1)
})

test('the whole guide can be walked by keyboard, and each step begins at its heading', async () => {
  const { bridge, user, changes } = await openGuide(
    { account: { kind: 'none' } },
    {
      connect: () => ({ id: 'i1', name: 'Robin', otherSenders: [], key: 'keychain' }),
    },
  )
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 40; presses++) {
      const focused = document.activeElement
      const label =
        focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : focused?.textContent
      if (name.test(`${focused?.tagName ?? ''} ${(label ?? '').trim()}`)) return
      await user.tab()
    }
    throw new Error(`never reached ${String(name)}`)
  }
  const begun = async (title: string): Promise<void> => {
    const heading = await atStep(title)
    await waitFor(() => expect(document.activeElement).toBe(heading))
  }
  await tabTo(/INPUT API key/)
  await user.keyboard('key{Enter}')
  await begun(firstRunText.foldersTitle)
  bridge.show({ account: { kind: 'connected', id: 'i1', name: 'Robin', key: 'keychain' } })
  await screen.findByRole('checkbox', { name: /^Zwift/ })
  await tabTo(/INPUT Zwift/)
  await user.keyboard(' ')
  await tabTo(/BUTTON Continue/)
  await user.keyboard('{Enter}')
  await begun(firstRunText.backfillTitle)
  await tabTo(/INPUT Only new/)
  await user.keyboard('{ArrowDown}')
  await tabTo(/BUTTON Add and continue/)
  await user.keyboard('{Enter}')
  await begun(firstRunText.trainersTitle)
  await tabTo(/INPUT Zwift/)
  await user.keyboard(' ')
  await tabTo(/BUTTON Add and continue/)
  await user.keyboard('{Enter}')
  await begun(firstRunText.startupTitle)
  await tabTo(/INPUT Start Musette/)
  await user.keyboard(' ')
  await tabTo(/BUTTON Start syncing/)
  await user.keyboard('{Enter}')
  await waitFor(() =>
    expect(changes()).toEqual([
      ['addSource', { folder: zwift.folder, name: 'Zwift', backfill: { kind: 'days', days: 7 } }],
      ['addTrainer', { folder: workouts.folder, name: 'Zwift (991)', format: 'zwo', days: 7, sports: null }],
      done,
    ]),
  )
})

test('says when Musette itself is out of reach', async () => {
  const { bridge } = await openGuide()
  bridge.loseHost()
  expect(await screen.findByText(/not answering/)).toBeTruthy()
})
