import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { TrayIcon, type HostTray, type TrayIconDeps } from '../../../../electron/desktop/tray/tray-icon.ts'
import type { TrayAction } from '../../../../electron/desktop/tray/tray-menu.ts'
import { FakeEmitter } from '../../../helpers/fake-emitter.ts'
import { LogLines } from '../../../helpers/log-lines.ts'
import { snapshotMs, sourceView, workoutView } from '../../../helpers/snapshot-parts.ts'
import { snapshotOf } from '../../../helpers/window/snapshots.ts'

// Of a picture only this is asked; a menu is only handed on.
const image = { isEmpty: () => false } as unknown as ReturnType<TrayIconDeps['readImage']>
const menu = {} as unknown as ReturnType<TrayIconDeps['buildMenu']>

class FakeTray extends FakeEmitter {
  readonly done: string[] = []
  readonly setImage = (): void => void this.done.push('image')
  readonly setToolTip = (text: string): void => void this.done.push(text)
  readonly setContextMenu = (): void => void this.done.push('menu')
}

function stage(platform: NodeJS.Platform = 'linux', build?: () => HostTray) {
  const tray = new FakeTray()
  const images: string[] = []
  const menus: MenuItemConstructorOptions[][] = []
  const actions: TrayAction[] = []
  const { messages, log } = new LogLines()
  let isDark = false
  const icon = new TrayIcon({
    build: build ?? (() => tray as unknown as HostTray), // every member that is picked is there
    readImage: path => {
      images.push(path)
      return image
    },
    buildMenu: template => {
      menus.push(template)
      return menu
    },
    imageFolder: '/tray',
    platform,
    locale: 'en-GB',
    isDark: () => isDark,
    perform: action => actions.push(action),
    now: () => snapshotMs,
    log,
  })
  const darken = (): void => {
    isDark = true
  }
  return { icon, tray, images, menus, actions, messages, darken }
}

const calm = snapshotOf({ sources: [sourceView()], lastLookAt: '2026-11-21T17:59:00.000Z' })

test('changes only what is different', () => {
  const { icon, tray, images } = stage()
  icon.show(calm)
  expect(images).toEqual(['/tray/idle-onLight.png'])
  expect(tray.done).toEqual([expect.stringMatching(/^Musette: /), 'menu'])
  icon.show({ ...calm, revision: 2 })
  expect(tray.done).toHaveLength(2)
  icon.show({ ...calm, nextWorkouts: [workoutView()] })
  expect(tray.done.slice(2)).toEqual(['menu'])
})

test('takes the other ink when the panel darkens', () => {
  const { icon, tray, images, darken } = stage()
  icon.show(calm)
  darken()
  icon.show(calm)
  expect(images).toEqual(['/tray/idle-onLight.png', '/tray/idle-onDark.png'])
  expect(tray.done).toContain('image')
})

test('its lines do what they say, and an ampersand in a name stays one', () => {
  const { icon, menus, actions } = stage()
  icon.show({ ...calm, nextWorkouts: [workoutView({ name: 'Hills & Sprints' })] })
  const labels = menus[0]?.map(({ label }) => label)
  expect(labels).toContainEqual(expect.stringContaining('Hills && Sprints'))
  // A click takes the item, the window and the keys; ours look at none of them.
  menus[0]?.find(({ label }) => label === 'Sync now')?.click?.(null as never, undefined, {})
  expect(actions).toEqual([{ kind: 'sync' }])
  expect(menus[0]?.[0]?.enabled).toBe(false)
})

test.each([
  ['linux', [{ kind: 'open' }]],
  ['win32', [{ kind: 'open' }]],
  ['darwin', []],
] as const)('a click on %s', (platform, expected) => {
  const { icon, tray, actions } = stage(platform)
  icon.show(calm)
  tray.happen('click')
  expect(actions).toEqual(expected)
})

test('a system without a tray stops nothing, and is said once', () => {
  const { icon, messages } = stage('linux', () => {
    throw new Error('no tray here')
  })
  icon.show(calm)
  icon.show(calm)
  expect(messages).toEqual(['warn: no tray'])
  expect(icon.isThere).toBe(false)
})
