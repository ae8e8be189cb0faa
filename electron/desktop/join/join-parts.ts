import type { BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type { PageName } from '../../../shared/ipc-contract.ts'
import type { OwnSession } from '../../host/session.ts'
import { WindowService } from '../../host/window/window-service.ts'
import { tell } from '../ask-user.ts'
import { joinNotifications } from './join-notifications.ts'
import { joinShell } from './join-shell.ts'
import { joinTray } from './join-tray.ts'
import { joinWindow } from './join-window.ts'
import { closeHint } from '../close-hint.ts'
import type { DesktopDeps } from './desktop-deps.ts'
import { DesktopStateFile } from '../desktop-state-file.ts'
import { perform, request, type PerformDeps } from '../perform.ts'
import { followPower } from '../power.ts'
import type { Quit } from '../quit.ts'
import { HostTheme } from '../theme.ts'
import { appMenu } from '../window/app-menu.ts'
import { serveRequests } from '../window/ipc.ts'
import type { MainWindow } from '../window/main-window.ts'
import { openLink } from '../window/navigation.ts'

/** The joined parts, as the run of the app sees them. */
export interface Desktop {
  readonly window: MainWindow<BrowserWindow>
  readonly service: WindowService
  /** Starts the engine's loops and everything that follows the snapshot. */
  start(): Promise<void>
  /** Time has passed. */
  tick(): void
}

export interface JoinedWith {
  readonly session: OwnSession
  readonly quit: Quit
  readonly stop: AbortSignal
}

/** Joins engine, window, tray, notifications and power. Nothing runs before `start`. */
export function joinParts(deps: DesktopDeps, { session, quit, stop }: JoinedWith): Desktop {
  const { electron, environment, log, clock, platform } = deps
  const { app, dialog, Menu } = electron
  const state = new DesktopStateFile(join(deps.desktopFolder, 'desktop-state.json'), log)
  const shell = joinShell(deps, { state, parent: () => window.window, quit: quit.ask })
  const service = new WindowService({ session, environment, shell, log, clock })
  let isStarted = false

  const showPage = (page: PageName, fileId: number | null): void => {
    window.show()
    service.show(page, fileId)
  }
  const performing: PerformDeps = {
    answer: (name, args) => service.answer(name, args),
    showWindow: () => {
      window.show()
    },
    openLink: url => {
      openLink(url, { log, openExternal: address => electron.shell.openExternal(address) })
    },
    ...{ showPage, quit: quit.ask, log },
  }
  const ask = (name: string, ...args: readonly unknown[]): void => {
    request(performing, name, args)
  }
  const theme = new HostTheme({
    ...{ nativeTheme: electron.nativeTheme, platform, env: deps.env },
    onChange: () => {
      window.recolour()
      if (isStarted) tray.show(service.current)
    },
  })
  const tray = joinTray(deps, theme, action => {
    perform(action, performing)
  })
  const notifications = joinNotifications(deps, state, {
    show: showPage,
    snooze: until => {
      ask('changePreferences', { snoozedUntil: until })
    },
  })
  const say = (title: string, body: string): void => {
    if (!notifications.tell({ title, body, page: 'today', fileId: null }, false)) tell(dialog, title, body)
  }
  const window = joinWindow(deps, {
    ...{ state, theme, tray },
    onClosed: went => {
      if (!isStarted || service.current.preferences.isCloseHintShown) return
      const { title, body } = closeHint(went, platform)
      say(title, body)
      ask('changePreferences', { isCloseHintShown: true })
    },
    onGivenUp: () => {
      say(
        "Musette's window keeps failing",
        'It stays closed, and syncing goes on. Open Musette to try it again.',
      )
    },
    onSessionEnd: quit.end,
  })
  serveRequests(electron.ipcMain, (name, args) => {
    window.pageIsListening()
    return service.answer(name, args)
  })
  const menu = appMenu(platform, app.isPackaged, {
    show: page => {
      showPage(page, null)
    },
    syncNow: () => {
      ask('syncNow')
    },
    quit: quit.ask,
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))

  const follow = (snapshot: AppSnapshot): void => {
    theme.use(snapshot.preferences.theme)
    tray.show(snapshot)
    notifications.follow(snapshot)
  }
  return {
    window,
    service,
    start: async () => {
      service.onEvent(event => {
        window.tell(event)
        if (event.kind === 'snapshot') follow(event.snapshot)
      })
      await service.start()
      isStarted = true
      // The guide is for the first start, however it came about.
      if (!service.current.preferences.isFirstRunDone) window.show()
      const wake = (): void => {
        session.ask('wake', null).catch((error: unknown) => {
          log('warn', 'the engine was not woken', { why: String(error) })
        })
        service.refresh()
      }
      const { powerMonitor, net } = electron
      followPower({ powerMonitor, net, clock, log, wake, onShutdown: quit.end }, stop)
    },
    tick: () => {
      follow(service.current)
    },
  }
}
