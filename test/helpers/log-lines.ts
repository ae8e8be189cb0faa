import type { Log } from '../../electron/sync/ports/log.ts'

/** A log that keeps its messages. */
export class LogLines {
  readonly messages: string[] = []
  readonly log: Log = (level, message) => {
    this.messages.push(`${level}: ${message}`)
  }
}
