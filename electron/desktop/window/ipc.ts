import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { ipcChannels, type Result, type WindowEvent } from '../../../shared/ipc-contract.ts'
import { isOwnAddress } from './app-scheme.ts'

type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>

/** Only the top frame of our own page may ask for anything. */
export function isOwnPage({ senderFrame }: Sender): boolean {
  // Null when the frame has navigated away or is gone.
  return senderFrame !== null && senderFrame.parent === null && isOwnAddress(senderFrame.url)
}

const refused: Result<unknown> = {
  kind: 'failed',
  error: {
    code: 'bad-usage',
    message: 'This page may not ask that of Musette.',
    recovery: 'give-up',
    file: null,
  },
}

/** Answers the page's requests: the sender is checked here, the arguments are parsed before any handler sees them. */
export function serveRequests(
  ipcMain: Pick<IpcMain, 'handle'>,
  answer: (name: string, args: unknown) => Promise<Result<unknown>>,
): void {
  ipcMain.handle(ipcChannels.request, (event, name: unknown, args: unknown) =>
    isOwnPage(event) && typeof name === 'string' ? answer(name, args) : refused,
  )
}

/** A page that can be told something. */
export interface Page {
  send(channel: string, event: WindowEvent): void
}

/** Tells a page something it did not ask for. */
export function tellPage(page: Page, event: WindowEvent): void {
  page.send(ipcChannels.event, event)
}
