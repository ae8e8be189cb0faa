import { readPage } from '../host/window/page-files.ts'
import type { OwnSession } from '../host/session.ts'
import { askAgain, askRestart } from './ask-user.ts'
import type { DesktopDeps } from './join/desktop-deps.ts'
import { joinParts, type Desktop } from './join/join-parts.ts'
import { followEngine } from './engine-death.ts'
import { openHome } from './open-home.ts'
import { Quit } from './quit.ts'
import { asksForHidden, restartCommand } from './start-arguments.ts'
import { appScheme, appSchemeHandler } from './window/app-scheme.ts'
import { guardContents, guardSession } from './window/navigation.ts'

/** Time passes in the tray's words and in the rules of the notices, also when nothing changes. */
const tickMs = 60_000

/**
 * The desktop app from its first event to its last: guards the window's surroundings, takes the home, and starts the
 * parts. Called before Electron is ready, so that no event is missed.
 */
export async function runDesktop(deps: DesktopDeps): Promise<void> {
  const { electron, log, clock, platform } = deps
  const { app, dialog } = electron
  const stop = new AbortController()
  let session: OwnSession | null = null
  let desktop: Desktop | null = null
  let isWindowWanted = !asksForHidden(deps.argv)

  const quit = new Quit({
    app,
    log,
    sleep: ms => clock.sleep(ms),
    prepare: () => {
      stop.abort()
      desktop?.window.prepareToQuit()
      desktop?.service.close()
    },
    close: async () => {
      await session?.close(true)
    },
  })
  const showWindow = (): void => {
    isWindowWanted = true
    desktop?.window.show()
  }
  app.on('second-instance', (_event, argv) => {
    if (!asksForHidden(argv)) showWindow()
  })
  app.on('activate', showWindow)
  // Electron would quit.
  app.on('window-all-closed', () => undefined)
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, { log, openExternal: url => electron.shell.openExternal(url) })
  })

  await app.whenReady()
  guardSession(electron.session.defaultSession, log)
  electron.protocol.handle(
    appScheme,
    appSchemeHandler(path => readPage(deps.rendererFolder, path)),
  )
  // macOS tells here, and nowhere else, that it was the login that started Musette.
  if (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin) isWindowWanted = false

  session = await openHome({
    open: () => deps.open(stop.signal),
    askAgain: async trouble => !quit.isClosing && (await askAgain(dialog, trouble)),
    ...{ clock, log },
  })
  if (session === null || quit.isClosing) {
    quit.end()
    return
  }
  const engine = followEngine({
    died: session.thread.died,
    ...{ quit, log },
    askRestart: () => askRestart(dialog),
    relaunch: () => app.relaunch(restartCommand(deps.env, deps.argv, platform)),
  })

  const joined = joinParts(deps, { session, quit, stop: stop.signal })
  desktop = joined
  if (isWindowWanted) joined.window.show()
  else app.dock?.hide()
  try {
    await joined.start()
  } catch (error) {
    // An engine that died has been told of, and the user is being asked. One that is being ended answers nothing more.
    if (engine.isOver) return
    throw error
  }
  for (;;) {
    await clock.sleep(tickMs, stop.signal)
    if (stop.signal.aborted) return
    joined.tick()
  }
}
