import type { Notification, NotificationConstructorOptions } from 'electron'
import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type { PageName } from '../../../shared/ipc-contract.ts'
import { quietWords } from '../../../shared/plain-words.ts'
import type { Log } from '../../sync/ports/log.ts'
import { freshNotices, notice, type Notice, type NoticeState } from './notices.ts'
import type { RideMemory } from '../parse-desktop-state.ts'

export type HostNotification = Pick<Notification, 'on' | 'show'>

export interface NotificationsDeps {
  isSupported(): boolean
  build(options: NotificationConstructorOptions): HostNotification
  readonly platform: NodeJS.Platform
  readonly rides: RideMemory
  keepRides(rides: RideMemory): void
  show(page: PageName, fileId: number | null): void
  /** Keeps notifications silent until then (ISO UTC). */
  snooze(until: string): void
  now(): number
  readonly log: Log
}

const snoozeMs = 3_600_000
const snoozeLabel = 'Snooze for 1 hour'

/** Shows what the rules in notices.ts say. */
export class Notifications {
  readonly #deps: NotificationsDeps
  #state: NoticeState
  /** Held while they are on the screen: a notification that is collected no longer answers a click. */
  readonly #shown = new Set<HostNotification>()

  constructor(deps: NotificationsDeps) {
    this.#deps = deps
    this.#state = freshNotices(deps.rides)
  }

  /** Looks at a snapshot and shows what is new. */
  follow(snapshot: AppSnapshot): void {
    const { state, notices } = notice(this.#state, snapshot, this.#deps.now())
    this.#state = state
    this.#deps.keepRides(state.rides)
    for (const one of notices) this.tell(one, true)
  }

  /** Shows one at once. False where the system has no notifications. */
  tell({ title, body, page, fileId }: Omit<Notice, 'level'>, canSnooze: boolean): boolean {
    if (!this.#deps.isSupported()) return false
    try {
      // Linux' notification servers are many; without the action the settings page still has the snooze.
      const hasActions = canSnooze && this.#deps.platform !== 'linux'
      const shown = this.#deps.build({
        title: quiet(title, this.#deps.platform),
        body: quiet(body, this.#deps.platform),
        ...(hasActions ? { actions: [{ type: 'button', text: snoozeLabel }] } : {}),
      })
      const forget = (): void => {
        this.#shown.delete(shown)
      }
      shown.on('click', () => {
        forget()
        this.#deps.show(page, fileId)
      })
      shown.on('action', () => {
        forget()
        this.#deps.snooze(new Date(this.#deps.now() + snoozeMs).toISOString())
      })
      shown.on('close', forget)
      shown.on('failed', (_event, error) => {
        forget()
        this.#deps.log('warn', 'notification not shown', { why: error })
      })
      this.#shown.add(shown)
      shown.show()
      return true
    } catch (error) {
      this.#deps.log('warn', 'notification not shown', { why: String(error) })
      return false
    }
  }
}

const longestText = 300

/** Names and what the service says come from outside, and Linux' servers read tags: no link, no picture, no new line. */
function quiet(text: string, platform: NodeJS.Platform): string {
  const letters = Array.from(quietWords(text))
  const short = letters.length <= longestText ? letters : [...letters.slice(0, longestText - 1), '…']
  return platform === 'linux' ? short.join('').replaceAll('<', '‹').replaceAll('>', '›') : short.join('')
}
