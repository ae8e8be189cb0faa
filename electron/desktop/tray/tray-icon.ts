import type { Menu as HostMenu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron'
import { join } from 'node:path'
import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type { Log } from '../../sync/ports/log.ts'
import { trayImageName } from './tray-image-name.ts'
import { trayMenu, type TrayAction, type TrayLine } from './tray-menu.ts'
import { trayFace } from './tray-state.ts'

export type HostTray = Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on'>

export interface TrayIconDeps {
  build(image: NativeImage): HostTray
  readImage(path: string): NativeImage
  buildMenu(template: MenuItemConstructorOptions[]): Menu
  readonly imageFolder: string
  readonly platform: NodeJS.Platform
  readonly locale: string
  isDark(): boolean
  perform(action: TrayAction): void
  now(): number
  readonly log: Log
}

/** A menu as Electron builds it, which its types hold apart from the class. */
type Menu = ReturnType<typeof HostMenu.buildFromTemplate>

/** The tray's icon with its menu. Changes only what is different: some panels flicker or close an open menu else. */
export class TrayIcon {
  readonly #deps: TrayIconDeps
  #tray: HostTray | null = null
  #hasFailed = false
  #image = ''
  #text = ''
  #lines = ''

  constructor(deps: TrayIconDeps) {
    this.#deps = deps
  }

  get isThere(): boolean {
    return this.#tray !== null
  }

  /** Shows a snapshot. A system without a tray is said once in the log; the window is the way in then. */
  show(snapshot: AppSnapshot): void {
    if (this.#hasFailed) return
    try {
      this.#show(snapshot)
    } catch (error) {
      this.#hasFailed = true
      this.#deps.log('warn', 'no tray', { why: String(error) })
    }
  }

  #show(snapshot: AppSnapshot): void {
    const { platform, locale, log } = this.#deps
    const { state, text } = trayFace(snapshot, this.#deps.now(), { locale })
    const image = join(this.#deps.imageFolder, trayImageName(platform, state, this.#deps.isDark()))
    if (image !== this.#image) {
      const picture = this.#deps.readImage(image)
      if (picture.isEmpty()) log('warn', 'tray image missing', { file: image })
      if (this.#tray === null) this.#tray = this.#build(picture)
      else this.#tray.setImage(picture)
      this.#image = image
    }
    if (text !== this.#text) this.#tray?.setToolTip(text)
    this.#text = text
    const lines = trayMenu(snapshot, this.#deps.now(), { locale })
    const key = JSON.stringify(lines)
    if (key !== this.#lines) this.#tray?.setContextMenu(this.#deps.buildMenu(lines.map(this.#menuItem)))
    this.#lines = key
  }

  #build(picture: NativeImage): HostTray {
    const tray = this.#deps.build(picture)
    // On macOS a click opens the menu; elsewhere people expect the window.
    if (this.#deps.platform !== 'darwin') tray.on('click', () => this.#deps.perform({ kind: 'open' }))
    return tray
  }

  readonly #menuItem = (line: TrayLine): MenuItemConstructorOptions => {
    switch (line.kind) {
      case 'separator':
        return { type: 'separator' }
      case 'text':
        return { label: escaped(line.label), enabled: false }
      case 'action':
        return { label: escaped(line.label), click: () => this.#deps.perform(line.action) }
    }
  }
}

/** In a menu's label `&` marks the next letter as a shortcut; doubled it is a plain one. */
function escaped(label: string): string {
  return label.replaceAll('&', '&&')
}
