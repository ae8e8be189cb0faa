/** What to say when the window is closed for the first time. */
export interface CloseHint {
  readonly title: string
  readonly body: string
}

/** Where Musette went, and how to end it. */
export function closeHint(went: 'hidden' | 'minimized', platform: NodeJS.Platform): CloseHint {
  if (went === 'minimized') {
    return {
      title: 'Musette keeps syncing',
      body: 'Its window is only minimized, as this desktop has no tray. Ctrl+Q in the window ends it.',
    }
  }
  switch (platform) {
    case 'darwin':
      return {
        title: 'Musette keeps syncing',
        body: 'You find it in the menu bar. "Quit Musette" in its menu ends it.',
      }
    default:
      return {
        title: 'Musette keeps syncing',
        body: 'You find it in the tray. "Quit Musette" in its menu ends it.',
      }
  }
}
