/* eslint-disable @typescript-eslint/no-require-imports, no-undef -- a sandboxed preload script is CommonJS */
const { contextBridge, ipcRenderer } = require('electron')

globalThis.secretOfPreload = true
contextBridge.exposeInMainWorld('bridge', {
  list: [1, { deep: true }],
  invoke: (/** @type {string} */ channel, /** @type {unknown} */ value) => ipcRenderer.invoke(channel, value),
  onTold: (/** @type {(value: unknown) => void} */ listener) => {
    const hear = (/** @type {unknown} */ _event, /** @type {unknown} */ value) => listener(value)
    ipcRenderer.on('told', hear)
    return () => ipcRenderer.removeListener('told', hear)
  },
  sameFunction: (/** @type {unknown} */ one) => one,
})
