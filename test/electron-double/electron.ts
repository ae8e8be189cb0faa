// What `import … from 'electron'` gets in the main process. An import that is not here fails when the bundle is loaded.
export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { ipcMain } from './ipc-main.ts'
export { protocol, session } from './session.ts'
export { dialog, nativeTheme, net, Notification, powerMonitor, screen, shell } from './system.ts'
export { Menu, nativeImage, Tray } from './tray.ts'
