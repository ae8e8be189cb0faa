import { EventEmitter } from 'node:events'

/** An event as Electron hands it to a listener that may forbid what comes next. */
export class FakeEvent {
  isPrevented = false
  readonly preventDefault = (): void => {
    this.isPrevented = true
  }
}

/** Something of Electron's that tells of events: a test makes them happen. */
export class FakeEmitter extends EventEmitter {
  /** Answers the event, which remembers whether it was prevented. */
  happen(name: string, ...details: readonly unknown[]): FakeEvent {
    const event = new FakeEvent()
    this.emit(name, event, ...details)
    return event
  }
}
