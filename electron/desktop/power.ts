import type { Net, PowerMonitor } from 'electron'
import type { Clock } from '../sync/ports/clock.ts'
import type { Log } from '../sync/ports/log.ts'

export interface PowerDeps {
  readonly powerMonitor: Pick<PowerMonitor, 'on'>
  readonly net: Pick<Net, 'isOnline'>
  readonly clock: Clock
  readonly log: Log
  /** The world may have changed: look at everything now. */
  readonly wake: () => void
  /** The system is going down. */
  readonly onShutdown: () => void
}

/** Electron tells of the line only when asked. */
const lineEveryMs = 10_000

/**
 * Looks again when the computer wakes, its screen is unlocked, or the line is back. Battery changes nothing that
 * Musette does: it works only when a ride arrives, and a ride is worth its few seconds. Ends with the signal.
 */
export function followPower(deps: PowerDeps, signal: AbortSignal): void {
  const { powerMonitor, log, wake } = deps
  powerMonitor.on('suspend', () => {
    log('info', 'the computer goes to sleep')
  })
  powerMonitor.on('resume', () => {
    log('info', 'the computer woke up')
    wake()
  })
  powerMonitor.on('unlock-screen', wake)
  powerMonitor.on('on-battery', () => {
    log('info', 'on battery')
  })
  powerMonitor.on('on-ac', () => {
    log('info', 'on mains power')
  })
  // Electron passes an event that its types do not name: prevented, the system waits for us to end.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault()
    deps.onShutdown()
  })
  void followLine(deps, signal)
}

async function followLine({ net, clock, log, wake }: PowerDeps, signal: AbortSignal): Promise<void> {
  let isOnline = net.isOnline()
  for (;;) {
    await clock.sleep(lineEveryMs, signal)
    if (signal.aborted) return
    if (net.isOnline() === isOnline) continue
    isOnline = !isOnline
    log('info', isOnline ? 'the network is back' : 'the network is gone')
    if (isOnline) wake()
  }
}
