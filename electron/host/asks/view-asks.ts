import type { HandlersOf } from '../handle-requests.ts'

/** What the window and the tray show, and the settings that are changed there. */
export const viewAsks: HandlersOf<'view' | 'setPause' | 'changePreferences' | 'changeKeepFree'> = {
  view: host => Promise.resolve(host.view()),
  setPause: async (host, { pause }) => {
    await host.parts.settings.update(before => ({ ...before, pause }))
    host.wake()
    return null
  },
  changePreferences: async (host, { change }) => {
    await host.parts.settings.update(before => ({
      ...before,
      preferences: { ...before.preferences, ...change },
    }))
    return null
  },
  changeKeepFree: async (host, keepFree) => {
    await host.parts.settings.update(before => ({ ...before, keepFree }))
    // More may fit on the disk now.
    host.wake()
    return null
  },
}
