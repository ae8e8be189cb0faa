import type { BrowserWindowConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { MainWindow, type HostWindow } from '../../../../electron/desktop/window/main-window.ts'
import type { DesktopState } from '../../../../electron/desktop/parse-desktop-state.ts'
import type { Place } from '../../../../electron/desktop/window/place-window.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'
import { FakeEmitter } from '../../../helpers/fake-emitter.ts'
import { LogLines } from '../../../helpers/log-lines.ts'
import { snapshotMs } from '../../../helpers/snapshot-parts.ts'
import { snapshotOf } from '../../../helpers/window/snapshots.ts'

/** A window as the system keeps it, with what was done to it. */
class FakeWindow extends FakeEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly done: string[] = []
  readonly sent: unknown[] = []
  isGone = false
  isSmall = false
  isSeen = false
  isFull = false
  bounds: Place = { x: 5, y: 6, width: 700, height: 600 }
  readonly webContents = Object.assign(new FakeEmitter(), {
    send: (_channel: string, event: unknown): void => void this.sent.push(event),
  })
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }
  readonly loadURL = (address: string): Promise<void> => {
    this.done.push(`load ${address}`)
    return Promise.resolve()
  }
  readonly show = (): void => {
    this.isSeen = true
    this.done.push('show')
  }
  readonly hide = (): void => {
    this.isSeen = false
    this.done.push('hide')
  }
  readonly setFullScreen = (isFull: boolean): void => void this.done.push(`full screen ${isFull}`)
  readonly setBounds = (bounds: Place): void => {
    this.bounds = bounds
    this.done.push('move')
  }
  readonly focus = (): void => void this.done.push('focus')
  readonly maximize = (): void => void this.done.push('maximize')
  readonly minimize = (): void => {
    this.isSmall = true
    this.done.push('minimize')
  }
  readonly restore = (): void => {
    this.isSmall = false
    this.done.push('restore')
  }
  readonly destroy = (): void => {
    this.isGone = true
    this.done.push('destroy')
  }
  readonly setBackgroundColor = (colour: string): void => void this.done.push(`paper ${colour}`)
  readonly isDestroyed = (): boolean => this.isGone
  readonly isMinimized = (): boolean => this.isSmall
  readonly isMaximized = (): boolean => false
  readonly isVisible = (): boolean => this.isSeen
  readonly isFullScreen = (): boolean => this.isFull
  readonly getNormalBounds = (): Place => this.bounds
}

interface Given {
  readonly hasTray?: boolean
  readonly saved?: DesktopState['window']
}

function stage({ hasTray = true, saved = null }: Given = {}) {
  const windows: FakeWindow[] = []
  const told: string[] = []
  const places: DesktopState['window'][] = []
  const screens: Place[] = [{ x: 0, y: 0, width: 1920, height: 1040 }]
  const clock = new FakeClock(snapshotMs)
  const { messages, log } = new LogLines()
  const main = new MainWindow({
    build: options => {
      const window = new FakeWindow(options)
      windows.push(window)
      return window as unknown as HostWindow // every member that is picked is there
    },
    preload: '/app/preload.cjs',
    isPackaged: true,
    isDark: () => false,
    workAreas: () => screens,
    savedPlace: () => saved,
    keepPlace: window => places.push(window),
    hasTray: () => Promise.resolve(hasTray),
    onClosed: went => told.push(went),
    onVisible: isVisible => told.push(isVisible ? 'visible' : 'out of sight'),
    onGivenUp: () => told.push('given up'),
    onSessionEnd: () => told.push('session end'),
    monotonic: clock.monotonic,
    log,
  })
  const newest = (): FakeWindow => windows.at(-1) ?? expect.fail('there is no window')
  const shown = (): FakeWindow => {
    main.show()
    newest().happen('ready-to-show')
    return newest()
  }
  const crash = (): void => {
    newest().webContents.happen('render-process-gone', { reason: 'crashed', exitCode: 11 })
  }
  return { main, windows, newest, shown, crash, told, places, screens, clock, messages }
}

test('shows itself only once it is drawn', () => {
  const { main, newest } = stage()
  main.show()
  expect(newest().done).toEqual(['load app://musette/index.html'])
  newest().happen('ready-to-show')
  expect(newest().done).toEqual(['load app://musette/index.html', 'show', 'focus'])
})

test('showing it again takes the same window', () => {
  const { main, windows, shown } = stage()
  shown()
  main.show()
  expect(windows).toHaveLength(1)
})

test('closing hides it, keeps its place and says where it went', async () => {
  const { shown, told, places } = stage()
  const window = shown()
  expect(window.happen('close').isPrevented).toBe(true)
  await expect.poll(() => told).toEqual(['visible', 'out of sight', 'hidden'])
  expect(window.done).toContain('hide')
  expect(places).toEqual([{ place: { x: 5, y: 6, width: 700, height: 600 }, isMaximized: false }])
})

test('without a tray, closing minimizes it, and showing brings it back', async () => {
  const { main, shown, told } = stage({ hasTray: false })
  const window = shown()
  window.happen('close')
  await expect.poll(() => told).toEqual(['visible', 'minimized'])
  expect(window.done).not.toContain('hide')
  main.show()
  expect(window.done.slice(-3)).toEqual(['restore', 'show', 'focus'])
})

test('leaves full screen before it hides: macOS would keep a black screen in its place', async () => {
  const { shown, told } = stage()
  const window = shown()
  window.isFull = true
  window.happen('close')
  await expect.poll(() => told).toContain('hidden')
  expect(window.done.at(-1)).toBe('full screen false')
  window.happen('leave-full-screen')
  expect(window.done.at(-1)).toBe('hide')
})

test('shown again before it has left full screen, it stays', async () => {
  const { main, shown, told } = stage()
  const window = shown()
  window.isFull = true
  window.happen('close')
  await expect.poll(() => told).toContain('hidden')
  main.show()
  window.happen('leave-full-screen')
  expect(window.done).not.toContain('hide')
})

test('comes back on a screen that is there when its own has gone meanwhile', async () => {
  const { main, shown, told, screens } = stage()
  screens.push({ x: 1920, y: 0, width: 1920, height: 1040 })
  const window = shown()
  window.bounds = { x: 2200, y: 100, width: 900, height: 640 }
  window.happen('close')
  await expect.poll(() => told).toContain('hidden')
  screens.pop()
  main.show()
  expect(window.bounds).toEqual({ x: 510, y: 200, width: 900, height: 640 })
  expect(window.done.slice(-3)).toEqual(['move', 'show', 'focus'])
})

test('is left where the user has put it', async () => {
  const { main, shown, told } = stage()
  const window = shown()
  window.happen('close')
  await expect.poll(() => told).toContain('hidden')
  main.show()
  main.show()
  expect(window.done).not.toContain('move')
})

test('comes back where it was, as large as it was', () => {
  const saved = { place: { x: 50, y: 60, width: 640, height: 560 }, isMaximized: true }
  const window = stage({ saved }).shown()
  expect(window.options).toMatchObject({ x: 50, y: 60, width: 640, height: 560 })
  expect(window.done).toContain('maximize')
})

test('quitting lets it close', () => {
  const { main, shown } = stage()
  const window = shown()
  main.prepareToQuit()
  expect(window.happen('close').isPrevented).toBe(false)
})

test('a crash is logged and the window built anew', () => {
  const { windows, shown, crash, newest, messages } = stage()
  const first = shown()
  crash()
  expect(first.isGone).toBe(true)
  expect(windows).toHaveLength(2)
  newest().happen('ready-to-show')
  expect(newest().done).toContain('show')
  expect(messages).toEqual(['error: the window crashed'])
})

test('a third crash within a minute leaves it closed until somebody asks for it', () => {
  const { main, windows, shown, crash, told } = stage()
  shown()
  crash()
  crash()
  crash()
  expect(windows).toHaveLength(3)
  expect(told.slice(-2)).toEqual(['out of sight', 'given up'])
  main.show()
  expect(windows).toHaveLength(4)
})

test('crashes far apart never end it', async () => {
  const { windows, shown, crash, told, clock } = stage()
  shown()
  for (let time = 0; time < 5; time += 1) {
    crash()
    await clock.advance(40_000)
  }
  expect(windows).toHaveLength(6)
  expect(told).not.toContain('given up')
})

test('a crash while it is hidden waits for somebody to want it', async () => {
  const { windows, shown, crash, told } = stage()
  shown().happen('close')
  await expect.poll(() => told).toContain('hidden')
  crash()
  expect(windows).toHaveLength(1)
})

test('a page that hears is told; one that does not yet is told the last wish when it asks', () => {
  const { main, newest, shown } = stage()
  const snapshot = { kind: 'snapshot', snapshot: snapshotOf() } as const
  const show = { kind: 'show', page: 'settings', fileId: null } as const
  shown()
  main.tell(snapshot)
  main.tell({ ...show, page: 'help' })
  main.tell(show)
  expect(newest().sent).toEqual([])
  main.pageIsListening()
  expect(newest().sent).toEqual([show])
  main.tell(snapshot)
  expect(newest().sent).toEqual([show, snapshot])
})

test('a rebuilt page is not told anything before it asks', () => {
  const { main, newest, shown, crash } = stage()
  shown()
  main.pageIsListening()
  crash()
  main.tell({ kind: 'snapshot', snapshot: snapshotOf() })
  expect(newest().sent).toEqual([])
})

test('says in the log that it does not answer, and tells of the end of the session', () => {
  const { shown, told, messages } = stage()
  const window = shown()
  window.happen('unresponsive')
  window.happen('session-end')
  expect(messages).toEqual(['warn: the window does not answer'])
  expect(told).toContain('session end')
})
