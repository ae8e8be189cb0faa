import { expect, test } from 'vitest'
import { FilesView } from '../../../renderer/state/files-view.svelte.ts'
import { FilesSelection } from '../../../renderer/state/files-selection.svelte.ts'
import { outcomeText } from '../../../renderer/text/activities.ts'
import type { AppView } from '../../../renderer/state/app-view.svelte.ts'
import type { FileQuery } from '../../../shared/window-data.ts'
import { FakeFiles, fileRowOf } from '../../helpers/window/files.ts'

type Host = Pick<AppView, 'request'>

/** A host whose answers wait until the test lets one go; each is of the list as it was when it was asked. */
function slowHost(files: FakeFiles) {
  const waiting: { readonly query: FileQuery; readonly go: () => Promise<void> }[] = []
  const request = (_name: string, query: FileQuery): Promise<unknown> => {
    const value = files.list(query)
    return new Promise(resolve => {
      const go = async (): Promise<void> => {
        resolve({ kind: 'ok', value })
        await settled()
      }
      waiting.push({ query, go })
    })
  }
  const next = (): { readonly query: FileQuery; readonly go: () => Promise<void> } => {
    const first = waiting.shift()
    if (first === undefined) throw new Error('nothing was asked')
    return first
  }
  return { host: { request } as unknown as Host, waiting, next } // only listFiles is ever asked here
}

/** What follows an answer runs in the next turns. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

test('drops an answer to a filter that is no longer wanted', async () => {
  const { host, next } = slowHost(new FakeFiles(500))
  const view = new FilesView(host)
  view.follow(1)
  const old = next()
  view.change({ sourceId: 's1' })
  const wanted = next()
  await wanted.go()
  const total = view.total
  await old.go()
  expect(wanted.query.sourceId).toBe('s1')
  expect(view.total).toBe(total)
  expect(view.rowAt(0)?.sourceId).toBe('s1')
})

test('keeps the newer rows when an older answer comes late, and asks for its page again', async () => {
  const files = new FakeFiles(1000)
  const { host, next } = slowHost(files)
  const view = new FilesView(host)
  view.follow(1)
  await next().go()
  view.want(500, 510)
  const late = next()
  files.add(fileRowOf(7777))
  view.follow(2)
  view.want(0, 10)
  await next().go()
  expect(view.total).toBe(1001)
  view.want(500, 510)
  await late.go()
  expect(view.total).toBe(1001)
  expect(view.rowAt(500)).toBeNull()
  expect(next().query.offset).toBeLessThanOrEqual(500)
})

test('asks at most twice at a time however fast one scrolls, and then for where one stopped', async () => {
  const { host, waiting, next } = slowHost(new FakeFiles(100_000))
  const view = new FilesView(host)
  view.follow(1)
  await next().go()
  for (let top = 1000; top <= 90_000; top += 1000) view.want(top, top + 12)
  expect(waiting).toHaveLength(2)
  await next().go()
  expect(waiting.at(-1)?.query.offset).toBe(89_900)
})

test('does not ask again by itself after a failure', async () => {
  let asked = 0
  const failure = { code: 'internal', message: 'It is kept.', recovery: 'retry', file: null }
  const request = (): Promise<unknown> => {
    asked++
    return Promise.resolve({ kind: 'failed', error: failure })
  }
  const view = new FilesView({ request } as unknown as Host) // only listFiles is ever asked here
  view.follow(1)
  await settled()
  view.want(0, 20)
  await settled()
  expect([asked, view.failure]).toEqual([1, failure])
  view.retry()
  expect(asked).toBe(2)
})

test('keeps what was typed when another filter is chosen before the typing paused', async () => {
  const { host, waiting } = slowHost(new FakeFiles(10))
  const view = new FilesView(host)
  view.search('spin')
  view.change({ sport: 'cycling' })
  expect(view.filter).toMatchObject({ text: 'spin', sport: 'cycling' })
  expect(waiting.map(each => each.query.text)).toEqual(['spin'])
  await settled()
})

test('leaves one out of everything by naming all the others', async () => {
  const { host, next } = slowHost(new FakeFiles(3))
  const view = new FilesView(host)
  const selection = new FilesSelection(view)
  view.follow(1)
  await next().go()
  selection.selectAll()
  expect(selection.chosen.kind).toBe('matching')
  await selection.toggle(1)
  expect(selection.chosen).toEqual({ kind: 'ids', ids: [1, 3] })
})

test.each([
  ['uploadAnyway', { done: 12, skipped: 0, failedCount: 0, failed: [] }, '12 will be sent.'],
  [
    'ignore',
    { done: 1, skipped: 2, failedCount: 0, failed: [] },
    '1 is ignored from now on, 2 had been sent already.',
  ],
  ['retry', { done: 0, skipped: 0, failedCount: 0, failed: [] }, 'There was nothing to do.'],
  [
    'retry',
    { done: 4, skipped: 1, failedCount: 3, failed: [{ name: 'a.fit', message: 'It is gone.' }] },
    '4 will be tried again, 1 had been sent already, 3 failed: a.fit: It is gone; and 2 more.',
  ],
] as const)('tells what became of %s on %o', (action, outcome, said) => {
  expect(outcomeText(action, outcome)).toBe(said)
})
