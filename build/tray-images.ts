/** The states the tray can show, each drawn in build/tray-src/. */
export const trayStates = ['idle', 'syncing', 'paused', 'offline', 'attention', 'signedOut'] as const

/** Dark ink is for light panels, light ink for dark ones; macOS colours a template itself. */
export const trayVariants = [
  { suffix: '-onLight', colour: '#22261f' },
  { suffix: '-onDark', colour: '#f4f1ea' },
  { suffix: 'Template', colour: '#000000' },
] as const
