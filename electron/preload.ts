import { contextBridge, ipcRenderer } from 'electron'
import { ipcChannels, type MusetteBridge } from '../shared/ipc-contract.ts'

/** All that the page can reach: one request and one stream of events. */
const bridge: MusetteBridge = {
  request: (name, args) => ipcRenderer.invoke(ipcChannels.request, name, args),
  onEvent: listener => {
    // Electron's event would hand the page its sender: only the value goes on.
    const hear = (_event: unknown, value: unknown): void => {
      listener(value)
    }
    ipcRenderer.on(ipcChannels.event, hear)
    return () => {
      ipcRenderer.removeListener(ipcChannels.event, hear)
    }
  },
}

contextBridge.exposeInMainWorld('musette', bridge)
