import type { SystemPage } from '../../../shared/window-data.ts'

/** The address that opens a page of the system's settings; null where a system has none that can be named. */
export function systemPageAddress(page: SystemPage, platform: NodeJS.Platform): string | null {
  switch (platform) {
    case 'darwin':
      return macPage(page)
    case 'win32':
      return windowsPage(page)
    default:
      return null
  }
}

function macPage(page: SystemPage): string | null {
  switch (page) {
    case 'privacySettings':
      return 'x-apple.systempreferences:com.apple.preference.security?Privacy_FilesAndFolders'
    case 'notificationSettings':
      return 'x-apple.systempreferences:com.apple.preference.notifications'
    case 'logFolder':
      return null
  }
}

function windowsPage(page: SystemPage): string | null {
  switch (page) {
    case 'privacySettings':
      return 'ms-settings:privacy-broadfilesystemaccess'
    case 'notificationSettings':
      return 'ms-settings:notifications'
    case 'logFolder':
      return null
  }
}
