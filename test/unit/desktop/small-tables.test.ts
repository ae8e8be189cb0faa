import { expect, test } from 'vitest'
import { closeHint } from '../../../electron/desktop/close-hint.ts'
import { systemPageAddress } from '../../../electron/desktop/shell/system-pages.ts'

test.each([
  ['hidden', 'linux', /tray/],
  ['hidden', 'win32', /tray/],
  ['hidden', 'darwin', /menu bar/],
  ['minimized', 'linux', /minimized.*Ctrl\+Q/],
] as const)('a window that is %s on %s is told of so that it is found again', (went, platform, text) => {
  expect(closeHint(went, platform).body).toMatch(text)
})

test.each([
  ['privacySettings', 'darwin', /^x-apple\.systempreferences:/],
  ['notificationSettings', 'darwin', /^x-apple\.systempreferences:/],
  ['privacySettings', 'win32', /^ms-settings:privacy/],
  ['notificationSettings', 'win32', /^ms-settings:notifications$/],
] as const)('%s on %s', (page, platform, address) => {
  expect(systemPageAddress(page, platform)).toMatch(address)
})

test.each([
  ['privacySettings', 'linux'],
  ['notificationSettings', 'linux'],
  ['logFolder', 'darwin'],
  ['logFolder', 'win32'],
] as const)('%s on %s has no address', (page, platform) => {
  expect(systemPageAddress(page, platform)).toBeNull()
})
