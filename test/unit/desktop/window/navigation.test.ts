import type { Session, WebContents } from 'electron'
import { expect, test } from 'vitest'
import { guardContents, guardSession } from '../../../../electron/desktop/window/navigation.ts'
import { noLog } from '../../../../electron/sync/ports/log.ts'
import { FakeEmitter } from '../../../helpers/fake-emitter.ts'
import { LogLines } from '../../../helpers/log-lines.ts'

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]
type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>

class FakeContents extends FakeEmitter {
  #open: OpenHandler | null = null
  readonly setWindowOpenHandler = (handler: OpenHandler): void => {
    this.#open = handler
  }
  open(url: string): unknown {
    const details = { url, frameName: '', features: '', disposition: 'new-window' } as const
    return this.#open?.({ ...details, referrer: { url: '', policy: 'no-referrer' } })
  }
}

class FakeSession extends FakeEmitter {
  request: RequestHandler | null = null
  check: CheckHandler | null = null
  device: DeviceHandler | null = null
  readonly setPermissionRequestHandler = (handler: RequestHandler | null): void => {
    this.request = handler
  }
  readonly setPermissionCheckHandler = (handler: CheckHandler | null): void => {
    this.check = handler
  }
  readonly setDevicePermissionHandler = (handler: DeviceHandler | null): void => {
    this.device = handler
  }
}

test.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
  'prevents %s',
  name => {
    const contents = new FakeContents()
    guardContents(contents as unknown as WebContents, { openExternal: () => Promise.resolve(), log: noLog })
    expect(contents.happen(name).isPrevented).toBe(true)
  },
)

test('opens no window, and only a listed link in the browser', () => {
  const opened: string[] = []
  const contents = new FakeContents()
  const openExternal = (url: string): Promise<void> => {
    opened.push(url)
    return Promise.resolve()
  }
  guardContents(contents as unknown as WebContents, { openExternal, log: noLog })
  expect(contents.open('https://intervals.icu/activities/i1')).toEqual({ action: 'deny' })
  expect(contents.open('https://evil.example/')).toEqual({ action: 'deny' })
  expect(contents.open('file:///etc/passwd')).toEqual({ action: 'deny' })
  expect(opened).toEqual(['https://intervals.icu/activities/i1'])
})

test('a browser that cannot be opened is only said in the log', async () => {
  const { messages, log } = new LogLines()
  const contents = new FakeContents()
  guardContents(contents as unknown as WebContents, {
    openExternal: () => Promise.reject(new Error('no browser')),
    log,
  })
  contents.open('https://intervals.icu/settings')
  await expect.poll(() => messages).toContain('warn: the browser could not be opened')
})

test('grants no permission, no device and no download', () => {
  const session = new FakeSession()
  guardSession(session as unknown as Session, noLog) // its own methods are all that is used
  const answers: boolean[] = []
  // What is asked for, and by whom, is not looked at.
  const anybody = null as never
  const details = { isMainFrame: true, requestingUrl: 'app://musette/' }
  session.request?.(anybody, 'notifications', granted => answers.push(granted), details)
  session.request?.(anybody, 'media', granted => answers.push(granted), details)
  expect(answers).toEqual([false, false])
  expect(session.check?.(null, 'clipboard-read', 'app://musette', details as never)).toBe(false)
  expect(session.device?.({} as never)).toBe(false)
  expect(session.happen('will-download').isPrevented).toBe(true)
})
