import type { PageName, Result } from '../../shared/ipc-contract.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Log } from '../sync/ports/log.ts'
import type { TrayAction } from './tray/tray-menu.ts'

export interface PerformDeps {
  answer(name: string, args: readonly unknown[]): Promise<Result<unknown>>
  showWindow(): void
  showPage(page: PageName, fileId: number | null): void
  openLink(url: string): void
  quit(): void
  readonly log: Log
}

/** Does what a line of the tray's menu says; requests go the same way as the window's own. */
export function perform(action: TrayAction, deps: PerformDeps): void {
  switch (action.kind) {
    case 'open':
      deps.showWindow()
      return
    case 'show':
      deps.showPage(action.page, action.fileId)
      return
    case 'link':
      deps.openLink(action.url)
      return
    case 'sync':
      request(deps, 'syncNow', [])
      return
    case 'pause':
      request(deps, 'pause', [action.choice])
      return
    case 'resume':
      request(deps, 'resume', [])
      return
    case 'quit':
      deps.quit()
      return
    default:
      assertNever(action)
  }
}

/** Asks without waiting; what fails is in the snapshot or the log. */
export function request(
  { answer, log }: Pick<PerformDeps, 'answer' | 'log'>,
  name: string,
  args: readonly unknown[],
): void {
  void answer(name, args).then(result => {
    if (result.kind === 'failed') log('warn', 'a request failed', { request: name, why: result.error.code })
  })
}
