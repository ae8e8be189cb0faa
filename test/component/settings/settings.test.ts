import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../../../renderer/App.svelte'
import type { AppSnapshot, SourceView } from '../../../shared/app-snapshot.ts'
import { headlessAbilities, desktopAbilities, snapshotOf } from '../../helpers/window/snapshots.ts'
import { FakeBridge } from '../helpers/fake-bridge.ts'
import { giveDialogs } from '../helpers/give-sizes.ts'
import { bePatient } from '../helpers/patience.ts'

bePatient()
beforeAll(giveDialogs)

const refused = {
  code: 'disk-error',
  message: 'It could not be written. The old value stays.',
  recovery: 'retry',
  file: null,
} as const

const zwift: SourceView = {
  id: 's1',
  name: 'Zwift',
  folder: '/home/rider/Zwift',
  backfill: 'none',
  isPaused: false,
  health: 'watching',
  files: 3,
  sameRide: 'upload',
  otherFiles: 0,
  newestAt: null,
  counts: {},
}

async function open(
  some: Partial<AppSnapshot> = {},
  answers: ConstructorParameters<typeof FakeBridge>[1] = {},
) {
  const bridge = new FakeBridge(snapshotOf(some), answers)
  render(App, { bridge })
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: /^Settings/ }))
  await screen.findByRole('heading', { level: 1, name: 'Settings' })
  const asked = (name: string) => bridge.asked.filter(each => each.name === name).map(each => each.args)
  return { bridge, user, asked }
}

const radio = (name: string): HTMLInputElement => screen.getByRole('radio', { name })

describe('each control', () => {
  test('saves at once and says so', async () => {
    const { user, asked } = await open()
    await user.click(radio('Dark'))
    expect(asked('changePreferences')).toEqual([[{ theme: 'dark' }]])
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(radio('Dark').checked).toBe(true)
  })

  test('puts the old value back and says why when it could not be saved', async () => {
    const { user } = await open({}, { changePreferences: () => refused })
    await user.click(radio('Dark'))
    expect(await screen.findByText(refused.message)).toBeTruthy()
    expect(radio('As the system').checked).toBe(true)
    expect(radio('Dark').checked).toBe(false)
  })

  test('shows what the host says as soon as that changes', async () => {
    const { bridge, user } = await open()
    await user.click(radio('Miles'))
    const { preferences } = snapshotOf()
    bridge.show({ preferences: { ...preferences, units: 'metric' } })
    await waitFor(() => expect(radio('Kilometres').checked).toBe(true))
  })
})

describe('the account', () => {
  test('explains a key that is refused, and keeps it to be mended', async () => {
    const { user, asked } = await open(
      {},
      { connect: () => ({ ...refused, code: 'signed-out', message: 'This key is not known.' }) },
    )
    await user.click(screen.getByRole('button', { name: 'Change key' }))
    await user.keyboard('abc{Enter}')
    expect(await screen.findByText('This key is not known.')).toBeTruthy()
    expect(asked('connect')).toEqual([['abc']])
    expect(screen.getByLabelText<HTMLInputElement>('API key').value).toBe('abc')
  })

  test('takes a good key, forgets it and tells who is connected', async () => {
    const { user } = await open(
      {},
      { connect: () => ({ id: 'i1', name: 'Kim', otherSenders: [], key: 'keychain' }) },
    )
    await user.click(screen.getByRole('button', { name: 'Change key' }))
    await user.keyboard(' abc {Enter}')
    expect(await screen.findByText('The key works. Connected as Kim.')).toBeTruthy()
    expect(screen.queryByLabelText('API key')).toBeNull()
    expect(document.activeElement?.textContent).toMatch(/^Connected as/)
  })

  test('disconnects only after a yes', async () => {
    const { bridge, user, asked } = await open()
    await user.click(screen.getByRole('button', { name: 'Disconnect' }))
    const dialog = await screen.findByRole('alertdialog')
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }))
    expect(asked('disconnect')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Disconnect' }))
    await user.click(
      within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Disconnect' }),
    )
    expect(asked('disconnect')).toHaveLength(1)
    bridge.show({ account: { kind: 'none' } })
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Not connected yet'))
  })

  test('offers to ask a locked keychain again', async () => {
    const account = { kind: 'signedOut', id: 'i1', name: null, message: 'It is locked.' } as const
    const { user, asked } = await open({ account: { ...account, why: 'keychain-locked' } })
    expect(screen.getByText('It is locked.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Ask the keychain again' }))
    expect(asked('unlock')).toHaveLength(1)
  })

  test('says that the key comes from the environment and offers nothing else', async () => {
    const account = { kind: 'connected', id: 'i1', name: 'Kim', key: 'environment' } as const
    await open({ account, host: { ...desktopAbilities, canConnect: false } })
    expect(screen.getByText(/comes from the environment/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Change key' })).toBeNull()
  })
})

describe('start at login', () => {
  test('says why the entry is broken and mends it', async () => {
    const why = 'The entry points to a file that is not there.'
    const { user, asked } = await open(
      { startup: { kind: 'broken', why } },
      { setStartAtLogin: () => ({ kind: 'on' }) },
    )
    expect(screen.getByText(why)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Mend' }))
    expect(asked('setStartAtLogin')).toEqual([[true]])
  })

  test('goes back to off when the system did not keep it', async () => {
    const { user } = await open(
      { startup: { kind: 'off' } },
      { setStartAtLogin: () => ({ kind: 'broken', why: 'The folder is read-only.' }) },
    )
    const control = screen.getByRole<HTMLInputElement>('switch', { name: 'Start Musette when I log in' })
    await user.click(control)
    expect(await screen.findByText('The folder is read-only.')).toBeTruthy()
    expect(control.checked).toBe(false)
  })

  test('is not there, nor are notifications, where the host has neither', async () => {
    await open({ host: headlessAbilities, startup: null })
    expect(screen.queryByRole('switch')).toBeNull()
    expect(screen.queryByRole('heading', { name: 'Notifications' })).toBeNull()
  })
})

describe('the rest', () => {
  test('is quiet for an hour and wakes again', async () => {
    const { bridge, user, asked } = await open()
    const before = Date.now()
    await user.click(screen.getByRole('button', { name: 'Quiet for 1 hour' }))
    const [[change] = []] = asked('changePreferences')
    const until = Date.parse((change as { readonly snoozedUntil: string }).snoozedUntil) // as just asked
    expect(until - before).toBeGreaterThanOrEqual(3_600_000)
    const preferences = { ...snapshotOf().preferences, snoozedUntil: new Date(until).toISOString() }
    bridge.show({ preferences })
    await user.click(await screen.findByRole('button', { name: 'Wake again' }))
    expect(asked('changePreferences').at(-1)).toEqual([{ snoozedUntil: null }])
  })

  test('changes what happens to the same ride for one source', async () => {
    const { user, asked } = await open({ sources: [zwift] })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Zwift' }), 'Ask me')
    expect(asked('changeSource')).toEqual([['s1', { sameRide: 'ask' }]])
    expect(await screen.findByText(/held until you say/)).toBeTruthy()
  })

  test('saves a limit, and none when all are as usual', async () => {
    const { user, asked } = await open()
    const field = screen.getByLabelText('Requests a day')
    await user.clear(field)
    await user.type(field, '800{Tab}')
    expect(asked('changePreferences')).toEqual([[{ limits: { perSecond: 10, per15Min: 2500, perDay: 800 } }]])
    await user.click(await screen.findByRole('button', { name: 'Back to the usual limits' }))
    expect(asked('changePreferences').at(-1)).toEqual([{ limits: null }])
  })

  test('refuses what is no number and shows the old one', async () => {
    const { user, asked } = await open()
    const field = screen.getByLabelText<HTMLInputElement>('Percent of the disk')
    await user.clear(field)
    await user.type(field, '70{Tab}')
    expect(await screen.findByText('That has to be a whole number from 0 to 50.')).toBeTruthy()
    expect([field.value, asked('changeKeepFree')]).toEqual(['5', []])
    await user.clear(field)
    await user.type(field, '5')
    await waitFor(() => expect(screen.queryByText(/^That has to be/)).toBeNull())
    expect(asked('changeKeepFree')).toEqual([])
  })

  test('saves the free space to keep', async () => {
    const { user, asked } = await open()
    const field = screen.getByLabelText('Gigabytes')
    await user.clear(field)
    await user.type(field, '2.5{Tab}')
    expect(asked('changeKeepFree')).toEqual([[{ bytes: 2_500_000_000, percent: 5 }]])
  })
})
