import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { CDPSession } from 'playwright-core'
import { strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>
export const schemes = new Set<string>()
const handlers = new Map<string, Handler>()
let isReady = false

/** From now on schemes can be handled and no longer be declared. */
export function sessionReady(): void {
  isReady = true
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(list: Electron.CustomScheme[]): void {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of list) {
      // Anything less has no origin of its own, and https could not stand in for it.
      if (privileges?.standard !== true || privileges.secure !== true) {
        throw new Error(`the Electron double models only standard and secure schemes: ${scheme}`)
      }
      schemes.add(scheme)
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!isReady) throw new Error('protocol.handle can only be used after app is ready')
    if (!schemes.has(scheme)) throw new Error(`the Electron double models only privileged schemes: ${scheme}`)
    if (handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`)
    handlers.set(scheme, handler)
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>)

/** What the scheme's handler answers; null where there is none. */
export async function askScheme(url: string, method: string, headers: Record<string, string>) {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (handler === undefined) return null
  const response = await handler(new Request(url, { method, headers }))
  const body = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}

type Ask = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
type Check = Parameters<Electron.Session['setPermissionCheckHandler']>[0]

class DoubleSession extends EventEmitter {
  ask: Ask = null
  check: Check = null
  setPermissionRequestHandler = (handler: Ask): void => void (this.ask = handler)
  setPermissionCheckHandler = (handler: Check): void => void (this.check = handler)
  /** No page here can have a device to ask about. */
  setDevicePermissionHandler: Electron.Session['setDevicePermissionHandler'] = () => undefined
}

const defaultSession = new DoubleSession() satisfies Pick<
  Electron.Session,
  Exclude<keyof DoubleSession, keyof EventEmitter | 'ask' | 'check'>
>
export const session = strict('session', { defaultSession: strict('session.defaultSession', defaultSession) })

/** Electron's words for what a page may want, and Chromium's. */
const permissions = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
  ['window-management', 'window-management'],
  ['display-capture', 'display-capture'],
] as const

/**
 * Asks the app's handlers about each permission and makes Chromium hold to the answers. Without a handler Electron
 * grants everything, and so does this. Asked when a page is opened, not when it wants something.
 */
export async function applyPermissions(
  cdp: CDPSession,
  contents: Electron.WebContents,
  origin: string,
): Promise<void> {
  const { ask, check } = defaultSession
  for (const [permission, name] of permissions) {
    const details = { isMainFrame: true, requestingUrl: origin }
    const isAllowed = check?.(contents, permission, origin, details) ?? true
    const isGranted = await new Promise<boolean>(resolve => {
      if (ask === null) resolve(true)
      else ask(contents, permission, resolve, details)
    })
    const setting = isAllowed && isGranted ? 'granted' : 'denied'
    await cdp.send('Browser.setPermission', { permission: { name }, setting, origin })
  }
}
