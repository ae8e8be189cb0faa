import type * as Electron from 'electron'
import { strict } from './strict.ts'

type Listener = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown
const handlers = new Map<string, Listener>()

export const ipcMain = strict('ipcMain', {
  handle(channel: string, listener: Listener): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, listener)
  },
} satisfies Pick<Electron.IpcMain, 'handle'>)

/** Runs the handler of a channel; throws as `invoke` rejects in the page. */
export async function invoke(channel: string, event: Electron.IpcMainInvokeEvent, args: readonly unknown[]) {
  const handler = handlers.get(channel)
  const failed = `Error invoking remote method '${channel}': `
  if (handler === undefined) throw new Error(`${failed}Error: No handler registered for '${channel}'`)
  try {
    return structuredClone(await handler(event, ...args))
  } catch (error) {
    throw new Error(failed + String(error), { cause: error })
  }
}
