import type { Session, WebContents } from 'electron'
import type { Log } from '../../sync/ports/log.ts'
import { allowedLink } from './allowed-link.ts'

export interface NavigationDeps {
  readonly openExternal: (url: string) => Promise<void>
  readonly log: Log
}

/** Keeps a page where it is: no navigation, no new window, no webview; a link on the list opens in the browser. */
export function guardContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  deps: NavigationDeps,
): void {
  const refuse = (what: string) => (event: { preventDefault(): void }) => {
    event.preventDefault()
    deps.log('warn', 'navigation refused', { what })
  }
  contents.on('will-navigate', refuse('navigate'))
  contents.on('will-redirect', refuse('redirect'))
  // Frames, too: the other two tell only of the main one.
  contents.on('will-frame-navigate', refuse('frame'))
  contents.on('will-attach-webview', refuse('webview'))
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url, deps)
    return { action: 'deny' }
  })
}

/** Opens a link in the system's browser if it is on the list; else only says so in the log. */
export function openLink(url: string, { openExternal, log }: NavigationDeps): void {
  const link = allowedLink(url)
  if (link === null) {
    log('warn', 'link refused')
    return
  }
  void openExternal(link).catch(() => {
    log('warn', 'the browser could not be opened')
  })
}

/** Denies every permission, device and download: the page needs none of them. */
export function guardSession(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'
  >,
  log: Log,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log('warn', 'permission refused', { permission })
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', event => {
    event.preventDefault()
    log('warn', 'download refused')
  })
}
