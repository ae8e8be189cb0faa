import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../../../renderer/App.svelte'
import type { FileQuery, FileSelection } from '../../../shared/window-data.ts'
import type { FileAction } from '../../../shared/app-snapshot.ts'
import { FakeFiles, fileRowOf } from '../../helpers/window/files.ts'
import { countsOf, snapshotOf } from '../../helpers/window/snapshots.ts'
import { FakeBridge } from '../helpers/fake-bridge.ts'
import { giveDialogs, giveSizes } from '../helpers/give-sizes.ts'
import { bePatient } from '../helpers/patience.ts'

bePatient()

beforeAll(() => {
  giveSizes(1000, 600)
  giveDialogs()
})

async function open(files: FakeFiles) {
  const bridge = new FakeBridge(snapshotOf({ counts: countsOf({ uploaded: files.rows.length }) }), {
    listFiles: (query: FileQuery) => files.list(query),
    getFileStory: (fileId: number) => files.story(fileId),
    actOnFiles: (action: FileAction, selection: FileSelection) => files.act(action, selection),
  })
  render(App, { bridge })
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: /^Activities/ }))
  const list = await screen.findByRole('listbox', { name: 'Files' })
  await within(list).findAllByRole('option', { name: new RegExp(files.rows[0]?.name ?? 'none') })
  return { bridge, user, list }
}

/** The row the keyboard is on, as a screen reader finds it. */
function activeRow(list: HTMLElement): HTMLElement {
  const row = document.getElementById(list.getAttribute('aria-activedescendant') ?? '')
  if (row === null) throw new Error('no row is active')
  return row
}

const place = (row: HTMLElement): number => Number(row.getAttribute('aria-posinset'))
const asked = (bridge: FakeBridge, name: string) => bridge.asked.filter(each => each.name === name)

describe('a long list', () => {
  test('keeps few rows in the page and tells the whole length', async () => {
    const { list } = await open(new FakeFiles(100_000))
    const rows = within(list).getAllByRole('option')
    expect(rows.length).toBeLessThan(40)
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('100000')
    expect(screen.getByText('100,000 files')).toBeTruthy()
  })

  test('fetches only what is looked at', async () => {
    const { bridge, user, list } = await open(new FakeFiles(100_000))
    list.focus()
    await user.keyboard('{End}')
    await waitFor(() => expect(activeRow(list).getAttribute('aria-label')).toBeNull())
    expect(place(activeRow(list))).toBe(100_000)
    const pages = asked(bridge, 'listFiles')
    expect(pages.length).toBeLessThan(6)
    expect(pages.at(-1)?.args[0]).toMatchObject({ offset: 99_900, limit: 100 })
  })

  test('moves by arrows, pages and ends, and stays within', async () => {
    const { user, list } = await open(new FakeFiles(300))
    list.focus()
    await user.keyboard('{ArrowUp}')
    expect(place(activeRow(list))).toBe(1)
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(place(activeRow(list))).toBe(3)
    await user.keyboard('{PageDown}')
    expect(place(activeRow(list))).toBe(12)
    await user.keyboard('{PageUp}{End}{ArrowDown}')
    expect(place(activeRow(list))).toBe(300)
    await user.keyboard('{Home}')
    expect(place(activeRow(list))).toBe(1)
  })

  test('keeps the keyboard with its file when a new ride comes first', async () => {
    const files = new FakeFiles(300)
    const { bridge, user, list } = await open(files)
    list.focus()
    await user.keyboard('{ArrowDown}{ArrowDown} ')
    const name = activeRow(list).textContent
    files.add(fileRowOf(9001, { name: 'Just finished' }))
    bridge.show({ filesRevision: 2 })
    await within(list).findByRole('option', { name: /Just finished/ })
    expect(place(activeRow(list))).toBe(4)
    expect(activeRow(list).textContent).toBe(name)
    expect(activeRow(list).getAttribute('aria-selected')).toBe('true')
    expect(document.activeElement).toBe(list)
  })

  test('scrolls along when rows come in above what is looked at', async () => {
    const files = new FakeFiles(1000)
    const { bridge, list } = await open(files)
    list.scrollTo({ top: 62 * 50 })
    await waitFor(() => expect(list.querySelector('[aria-posinset="51"]')).toBeTruthy())
    files.add(fileRowOf(9001))
    bridge.show({ filesRevision: 2 })
    await waitFor(() => expect(list.scrollTop).toBe(62 * 51))
  })
})

describe('finding', () => {
  test('searches once the typing pauses, and a chip takes it back', async () => {
    const { bridge, user } = await open(new FakeFiles(200))
    await user.keyboard('{Control>}f{/Control}')
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
    await user.keyboard('tempus')
    const chip = await screen.findByRole('button', { name: 'Remove filter: “tempus”' })
    await screen.findByText(/^\d+ of 200 files$/)
    const texts = asked(bridge, 'listFiles').map(each => (each.args[0] as FileQuery).text)
    expect([...new Set(texts)]).toEqual(['', 'tempus'])
    await user.click(chip)
    expect(await screen.findByText('200 files')).toBeTruthy()
  })

  test('filters by a group of states and says when nothing matches', async () => {
    const { bridge, user } = await open(new FakeFiles([fileRowOf(1, { state: 'uploaded', reason: 'Sent.' })]))
    await user.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Needs you')
    expect(await screen.findByText('Nothing matches')).toBeTruthy()
    expect(asked(bridge, 'listFiles').at(-1)?.args[0]).toMatchObject({ states: ['held', 'rejected'] })
    await user.click(screen.getByRole('button', { name: 'Clear the filters' }))
    expect(await screen.findByText('1 file')).toBeTruthy()
  })
})

describe('several at once', () => {
  test('goes from the keyboard alone to an outcome in words', async () => {
    const files = new FakeFiles(
      (['held', 'held', 'uploaded', 'rejected'] as const).map((state, at) =>
        fileRowOf(at + 1, { state, name: `ride ${at + 1}` }),
      ),
    )
    const { bridge, user, list } = await open(files)
    list.focus()
    await user.keyboard(' {Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}')
    expect(await screen.findByText('4 selected')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    const said = '2 will be tried again, 1 had been sent already, 1 failed: ride 4: It is not there any more.'
    expect(await screen.findByText(said)).toBeTruthy()
    expect(asked(bridge, 'actOnFiles').at(-1)?.args).toEqual(['retry', { kind: 'ids', ids: [1, 2, 3, 4] }])
  })

  test('asks before it uploads more than one anyway, and sends the filter for all that match', async () => {
    const { bridge, user, list } = await open(new FakeFiles(20_000))
    list.focus()
    await user.keyboard(' ')
    await user.click(await screen.findByRole('button', { name: 'Select all 20,000 that match' }))
    await user.click(screen.getByRole('button', { name: 'Upload anyway' }))
    const dialog = await screen.findByRole('alertdialog')
    expect(asked(bridge, 'actOnFiles')).toEqual([])
    await user.click(within(dialog).getByRole('button', { name: 'Upload 20,000' }))
    await waitFor(() => expect(asked(bridge, 'actOnFiles')).toHaveLength(1))
    expect(asked(bridge, 'actOnFiles')[0]?.args[1]).toMatchObject({ kind: 'matching' })
  })

  test('says that more than 10,000 cannot be picked one by one', async () => {
    const { user, list } = await open(new FakeFiles(20_000))
    list.focus()
    await user.keyboard(' {Shift>}{End}{/Shift}')
    expect((await screen.findByRole('alert')).textContent).toContain('10,000')
  })
})

describe('nothing to show', () => {
  test('invites to choose folders when there are no files at all', async () => {
    const bridge = new FakeBridge(snapshotOf(), { listFiles: () => ({ total: 0, rows: [], sports: [] }) })
    render(App, { bridge })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: /^Activities/ }))
    await user.click(await screen.findByRole('button', { name: 'Choose folders' }))
    expect(await screen.findByRole('heading', { level: 1, name: /Folders/ })).toBeTruthy()
  })

  test('says why the list cannot be read, and tries again', async () => {
    let isBroken = true
    const files = new FakeFiles(3)
    const failure = { code: 'ledger-damaged', message: 'It is kept.', recovery: 'retry', file: null } as const
    const bridge = new FakeBridge(snapshotOf(), {
      listFiles: query => (isBroken ? failure : files.list(query)),
    })
    render(App, { bridge })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: /^Activities/ }))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('It is kept.')
    isBroken = false
    await user.click(within(alert).getByRole('button'))
    expect(await screen.findByText('3 files')).toBeTruthy()
  })
})
