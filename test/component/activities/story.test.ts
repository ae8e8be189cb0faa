import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, expect, test } from 'vitest'
import App from '../../../renderer/App.svelte'
import { FakeFiles, fileRowOf, fileStoryOf } from '../../helpers/window/files.ts'
import { headlessAbilities, snapshotOf } from '../../helpers/window/snapshots.ts'
import { FakeBridge } from '../helpers/fake-bridge.ts'
import { giveSizes } from '../helpers/give-sizes.ts'
import { bePatient } from '../helpers/patience.ts'

bePatient()

beforeAll(() => giveSizes(1000, 600))

const files = new FakeFiles([
  fileRowOf(1, { name: 'Lunch spin', state: 'uploaded', activityIds: ['i77'] }),
  fileRowOf(2, { name: 'Damaged ride', state: 'held', activityIds: [] }),
])

async function open(some: Parameters<typeof snapshotOf>[0] = {}) {
  const bridge = new FakeBridge(snapshotOf(some), {
    listFiles: query => files.list(query),
    getFileStory: fileId =>
      fileStoryOf(files.rows[fileId - 1] ?? fileRowOf(fileId), {
        sameAs: ['/home/rider/Downloads/twin.fit.gz'],
        entries: [{ name: '../inside.fit', state: 'held', reason: 'Damaged.' }],
      }),
    actOnFiles: () => ({ done: 1, skipped: 0, failedCount: 0, failed: [] }),
  })
  render(App, { bridge })
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: /^Activities/ }))
  const list = await screen.findByRole('listbox', { name: 'Files' })
  await within(list).findByRole('option', { name: /Damaged ride/ })
  return { bridge, user, list }
}

test('opens with Enter, takes the focus, and gives it back with Escape', async () => {
  const { user, list } = await open()
  list.focus()
  await user.keyboard('{ArrowDown}{Enter}')
  const story = await screen.findByRole('region', { name: 'Damaged ride' })
  await waitFor(() => expect(story.contains(document.activeElement)).toBe(true))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(list))
  expect(screen.queryByRole('region', { name: 'Damaged ride' })).toBeNull()
  expect(list.getAttribute('aria-activedescendant')).toMatch(/-1$/)
})

test('tells the whole story: history newest first, facts, twins and entries, with a real link', async () => {
  const { user } = await open()
  await user.click(screen.getByRole('option', { name: /Lunch spin/ }))
  const story = await screen.findByRole('region', { name: 'Lunch spin' })
  const link = within(story).getByRole('link', { name: /Open on Intervals.icu/ })
  expect(link.getAttribute('href')).toBe('https://intervals.icu/activities/i77')
  const history = within(within(story).getByRole('list', { name: 'What happened' })).getAllByRole('listitem')
  expect(history).toHaveLength(4)
  expect(history[0]?.textContent).toContain('uploaded')
  expect(history[3]?.textContent).toContain('Not looked at yet')
  for (const fact of ['/home/rider/Downloads/twin.fit.gz', '../inside.fit']) {
    expect(within(story).getByText(fact)).toBeTruthy()
  }
})

test('does one file without asking, and tells what became of it', async () => {
  const { bridge, user } = await open()
  await user.click(screen.getByRole('option', { name: /Damaged ride/ }))
  const story = await screen.findByRole('region', { name: 'Damaged ride' })
  await user.click(within(story).getByRole('button', { name: 'Upload anyway' }))
  expect(await within(story).findByText('1 will be sent.')).toBeTruthy()
  expect(bridge.asked.find(each => each.name === 'actOnFiles')?.args).toEqual([
    'uploadAnyway',
    { kind: 'ids', ids: [2] },
  ])
})

test('shows in the folder only where the host can', async () => {
  const { bridge, user } = await open()
  await user.click(screen.getByRole('option', { name: /Damaged ride/ }))
  const story = await screen.findByRole('region', { name: 'Damaged ride' })
  await user.click(within(story).getByRole('button', { name: 'Show in folder' }))
  expect(bridge.asked.at(-1)).toEqual({ name: 'showFile', args: [2] })
  bridge.show({ host: headlessAbilities })
  await waitFor(() => expect(within(story).queryByRole('button', { name: 'Show in folder' })).toBeNull())
})

test('opens the story that the tray or a notification asked for', async () => {
  const { bridge } = await open()
  bridge.say({ kind: 'show', page: 'activities', fileId: 2 })
  expect(await screen.findByRole('region', { name: 'Damaged ride' })).toBeTruthy()
})

test('asks for the story again when files have changed', async () => {
  const { bridge, user } = await open()
  await user.click(screen.getByRole('option', { name: /Damaged ride/ }))
  await screen.findByRole('region', { name: 'Damaged ride' })
  files.change(2, { state: 'uploaded', reason: 'Sent to Intervals.icu.' })
  bridge.show({ filesRevision: 2 })
  const story = screen.getByRole('region', { name: 'Damaged ride' })
  await waitFor(() => expect(within(story).getAllByText('Sent to Intervals.icu.')).toHaveLength(2))
})

test('tells an archived copy as one, where it was, and which rides a file held before', async () => {
  const copy = fileRowOf(7, {
    ...{
      fileId: -7,
      name: 'MyNewActivity-5.0.fit',
      state: 'rejected',
      isStandIn: true,
      at: '2026-11-20T07:00:00.000Z',
    },
    reason: 'Intervals.icu refused it: No such sport. Kept in the archive.',
  })
  const now = fileRowOf(1, { name: 'MyNewActivity-5.0.fit', state: 'uploaded' })
  const list = new FakeFiles([now, copy])
  const bridge = new FakeBridge(snapshotOf(), {
    listFiles: query => list.list(query),
    getFileStory: fileId =>
      fileId === copy.fileId
        ? fileStoryOf(copy, {
            ...{ isPresent: false, path: '/home/rider/.musette/archive/ab/abc.fit.gz' },
            formerPaths: ['/home/rider/MyWhoosh/MyNewActivity-5.0.fit'],
          })
        : fileStoryOf(now, { earlier: [copy] }),
  })
  render(App, { bridge })
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: /^Activities/ }))
  const rows = await screen.findAllByRole('option', { name: /MyNewActivity/ })
  expect(rows.map(row => within(row).queryByRole('img', { name: 'archived copy' }) !== null)).toEqual([
    false,
    true,
  ])
  await user.click(rows[0] ?? screen.getByRole('listbox'))
  const story = await screen.findByRole('region', { name: now.name })
  const earlier = await within(story).findByText('The ride it held before')
  expect(earlier.nextElementSibling?.textContent).toContain('No such sport')
  await user.click(within(story).getByRole('button', { name: /2026/ }))
  await within(story).findByText('It was in')
  for (const said of [
    '/home/rider/MyWhoosh/MyNewActivity-5.0.fit',
    '/home/rider/.musette/archive/ab/abc.fit.gz',
    'No file holds this ride any more: it was overwritten or is gone. The archived copy is kept.',
  ])
    expect(within(story).getByText(said)).toBeTruthy()
})
