import type { ElectronParts } from './join/electron-parts.ts'
import type { StartTrouble } from './open-home.ts'

/** Asks whether to try again; false for quitting. */
export async function askAgain(dialog: ElectronParts['dialog'], trouble: StartTrouble): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Musette',
    message: trouble.title,
    detail: trouble.text,
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

/** The engine has ended by itself; nothing goes up until Musette starts anew. True for that. */
export async function askRestart(dialog: ElectronParts['dialog']): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Musette',
    message: 'Musette has stopped syncing',
    detail:
      'Something went wrong inside. Your rides are kept safe; what was under way is looked up at the next start.',
    buttons: ['Restart Musette', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

/** Says something that needs no answer, where there are no notifications. */
export function tell(dialog: ElectronParts['dialog'], message: string, detail: string): void {
  void dialog
    .showMessageBox({ type: 'info', title: 'Musette', message, detail, buttons: ['OK'], noLink: true })
    .catch(() => undefined)
}
