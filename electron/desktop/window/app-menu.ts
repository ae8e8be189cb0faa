import type { MenuItemConstructorOptions } from 'electron'
import type { PageName } from '../../../shared/ipc-contract.ts'

export interface AppMenuActions {
  show(page: PageName): void
  syncNow(): void
  quit(): void
}

const pages: readonly { readonly page: PageName; readonly label: string }[] = [
  { page: 'today', label: 'Today' },
  { page: 'activities', label: 'Activities' },
  { page: 'workouts', label: 'Workouts' },
  { page: 'folders', label: 'Folders and trainers' },
  { page: 'settings', label: 'Settings' },
  { page: 'help', label: 'Help' },
]

/**
 * The application's menu: it carries the keyboard shortcuts, and on macOS the editing commands, which work in text
 * fields only while a menu has them.
 */
export function appMenu(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  actions: AppMenuActions,
): MenuItemConstructorOptions[] {
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    click: () => actions.show('settings'),
  }
  const quit: MenuItemConstructorOptions = {
    label: 'Quit Musette',
    accelerator: 'CommandOrControl+Q',
    click: () => actions.quit(),
  }
  const sync: MenuItemConstructorOptions = {
    label: 'Sync now',
    accelerator: 'CommandOrControl+R',
    click: () => actions.syncNow(),
  }
  const close: MenuItemConstructorOptions = { role: 'close', label: 'Close window' }
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const isMac = platform === 'darwin'
  return [
    ...(isMac
      ? [
          {
            label: 'Musette',
            submenu: [
              { role: 'about' as const },
              separator,
              settings,
              separator,
              { role: 'hide' as const },
              { role: 'hideOthers' as const },
              { role: 'unhide' as const },
              separator,
              quit,
            ],
          },
        ]
      : []),
    { label: 'File', submenu: [sync, separator, close, ...(isMac ? [] : [settings, separator, quit])] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        ...pages.map(({ page, label }, index): MenuItemConstructorOptions => ({
          label,
          accelerator: `CommandOrControl+${index + 1}`,
          click: () => actions.show(page),
        })),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        ...(isPackaged ? [] : [separator, { role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
  ]
}
