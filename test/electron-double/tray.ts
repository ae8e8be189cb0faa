import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type * as Electron from 'electron'
import { refuseUnknown, strict } from './strict.ts'

type BuildFromTemplate = (typeof Electron.Menu)['buildFromTemplate']

export interface DoubleImage {
  readonly name: string
  isEmpty(): boolean
}

export const nativeImage = strict('nativeImage', {
  createFromPath(path: string): DoubleImage {
    const isThere = existsSync(path)
    return strict('NativeImage', { name: basename(path), isEmpty: () => !isThere })
  },
})

export class DoubleMenu {
  readonly items: Parameters<BuildFromTemplate>[0]
  constructor(items: DoubleMenu['items']) {
    this.items = items
  }
  static buildFromTemplate(...[template]: Parameters<BuildFromTemplate>): DoubleMenu {
    for (const item of template) {
      refuseUnknown('menu item', item, [
        'label',
        'type',
        'enabled',
        'click',
        'submenu',
        'role',
        'accelerator',
      ])
      if (item.label ?? item.type ?? item.role) continue
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
    }
    return new DoubleMenu(template)
  }
  static setApplicationMenu(menu: DoubleMenu | null): void {
    shownMenus.application = menu
  }
}
/** What a handler gets of Electron's item is not modelled: reading it throws. */
export function clickItem({ click }: DoubleMenu['items'][number]): void {
  Reflect.apply(click ?? (() => undefined), null, [strict('MenuItem', {}), undefined, {}])
}

export const shownMenus: { application: DoubleMenu | null } = { application: null }
export const Menu = strict('Menu', DoubleMenu)
export const trays: DoubleTray[] = []

export class DoubleTray extends EventEmitter {
  image: DoubleImage
  toolTip = ''
  menu: DoubleMenu | null = null
  constructor(image: DoubleImage) {
    super()
    this.image = image
    trays.push(this)
    return strict('Tray', this)
  }
  setImage = (image: DoubleImage): void => void (this.image = image)
  setToolTip = (...[toolTip]: Parameters<Electron.Tray['setToolTip']>): void => void (this.toolTip = toolTip)
  setContextMenu = (menu: DoubleMenu | null): void => void (this.menu = menu)
}
export const Tray = strict('Tray', DoubleTray)
