import type { IpcMainInvokeEvent, WebFrameMain } from 'electron'
import { expect, test } from 'vitest'
import { isOwnPage, serveRequests, tellPage } from '../../../../electron/desktop/window/ipc.ts'
import { snapshotOf } from '../../../helpers/window/snapshots.ts'

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown

const frame = (url: string, parent: WebFrameMain | null = null): WebFrameMain =>
  ({ url, parent }) as unknown as WebFrameMain // all that is looked at
const eventFrom = (senderFrame: WebFrameMain | null): IpcMainInvokeEvent =>
  ({ senderFrame }) as unknown as IpcMainInvokeEvent // all that is looked at

const ours = frame('app://musette/index.html#/today')
const strangers = [
  ['a page of the web', frame('https://intervals.icu/')],
  ['another host of the scheme', frame('app://other/index.html')],
  ['a local file', frame('file:///tmp/index.html')],
  ['a blank page', frame('about:blank')],
  ['a frame inside our page', frame('app://musette/index.html', ours)],
  ['a frame that is gone', null],
] as const

test('knows its own page', () => {
  expect(isOwnPage(eventFrom(ours))).toBe(true)
})

test.each(strangers)('%s is not its own page', (_what, sender) => {
  expect(isOwnPage(eventFrom(sender))).toBe(false)
})

function served() {
  const asked: unknown[] = []
  const channels = new Map<string, Listener>()
  const ipcMain = {
    handle: (channel: string, listener: Listener): void => {
      channels.set(channel, listener)
    },
  }
  serveRequests(ipcMain, (name, args) => {
    asked.push([name, args])
    return Promise.resolve({ kind: 'ok', value: 'done' })
  })
  return { asked, channels, ask: channels.get('musette:request') }
}

test('answers its own page over the one channel', async () => {
  const { asked, channels, ask } = served()
  expect([...channels.keys()]).toEqual(['musette:request'])
  expect(await ask?.(eventFrom(ours), 'syncNow', [])).toEqual({ kind: 'ok', value: 'done' })
  expect(asked).toEqual([['syncNow', []]])
})

test.each(strangers)('refuses %s before anything is read', (_what, sender) => {
  const { asked, ask } = served()
  expect(ask?.(eventFrom(sender), 'syncNow', [])).toMatchObject({ kind: 'failed' })
  expect(asked).toEqual([])
})

test.each([null, undefined, 7, {}, ['syncNow']])('refuses a name that is no text: %j', name => {
  const { asked, ask } = served()
  expect(ask?.(eventFrom(ours), name, [])).toMatchObject({ kind: 'failed', error: { code: 'bad-usage' } })
  expect(asked).toEqual([])
})

test('tells the page on the channel of events', () => {
  const sent: unknown[] = []
  const event = { kind: 'snapshot', snapshot: snapshotOf() } as const
  tellPage({ send: (channel, value) => sent.push([channel, value]) }, event)
  expect(sent).toEqual([['musette:event', event]])
})
