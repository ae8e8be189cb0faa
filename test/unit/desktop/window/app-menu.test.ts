import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { appMenu } from '../../../../electron/desktop/window/app-menu.ts'

const platforms = ['linux', 'win32', 'darwin'] as const

function menuOf(platform: NodeJS.Platform, isPackaged = true) {
  const done: string[] = []
  const menu = appMenu(platform, isPackaged, {
    show: page => done.push(page),
    syncNow: () => done.push('sync'),
    quit: () => done.push('quit'),
  })
  const items = menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
  // A click takes the item, the window and the keys; ours look at none of them.
  const press = (item: MenuItemConstructorOptions): unknown => item.click?.(null as never, undefined, {})
  return { menu, items, done, press }
}

test.each(platforms)('every shortcut does what it says on %s', platform => {
  const { items, done, press } = menuOf(platform)
  const withKeys = items.filter(({ accelerator }) => accelerator !== undefined)
  const keys = withKeys.map(({ accelerator }) => accelerator)
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of ['1', '2', '3', '4', '5', '6', 'R', 'Q', ',']) {
    const item = withKeys.find(({ accelerator }) => accelerator === `CommandOrControl+${key}`)
    press(item ?? expect.fail(`no item for ${key}`))
  }
  const pages = ['today', 'activities', 'workouts', 'folders', 'settings', 'help']
  expect(done).toEqual([...pages, 'sync', 'quit', 'settings'])
})

test.each(platforms)('has the editing commands on %s', platform => {
  expect(menuOf(platform).menu).toContainEqual({ role: 'editMenu' })
})

test('developer tools and reloading are not in an installed app', () => {
  const roles = (isPackaged: boolean) => menuOf('linux', isPackaged).items.map(({ role }) => role)
  expect(roles(true)).not.toContain('toggleDevTools')
  expect(roles(true)).not.toContain('reload')
  expect(roles(false)).toContain('toggleDevTools')
})

test('only macOS has a menu of the app itself', () => {
  expect(menuOf('darwin').menu[0]?.label).toBe('Musette')
  expect(menuOf('linux').menu[0]?.label).toBe('File')
})
