import { AppError } from '../../shared/app-error.ts'
import { checkAccount } from './account.ts'
import type { EngineParts } from './engine-parts.ts'
import { isLedgerTrouble } from './ledger/ledger-trouble.ts'
import type { AthleteProfile } from './ports/intervals-service.ts'

/** How long one `sync` may wait in place for what is settling or falls due. */
export const waitInPlaceMs = 60_000
const profileTries = 3

/**
 * One `profile` request. By a `sync`, which someone asked for, it is tried again for a short while when the service
 * stumbles, not when there is no connection; and its first try goes out even while the service's wait lasts: a key that
 * was refused, or another athlete's, is not told as a wait. Who asks again of itself asks once and heeds the wait: three
 * at once every five minutes are no back-off.
 */
export async function askAccount(
  parts: EngineParts,
  signal: AbortSignal,
  by: 'sync' | 'loop',
): Promise<AthleteProfile | AppError> {
  const { clock, queue } = parts
  const tries = by === 'sync' ? profileTries : 1
  for (let tried = 1; ; tried += 1) {
    try {
      return await checkAccount(parts, signal, { evenInWait: by === 'sync' && tried === 1 })
    } catch (error) {
      if (!(error instanceof AppError) || isLedgerTrouble(error)) throw error
      // "At once" again and again would be a hammer: never sooner than our own back-off, nor than an earlier wait ends.
      const ownMs = 1000 * 2 ** (tried - 1)
      const waitMs = Math.max(error.retryAfterMs ?? 0, ownMs, queue.askedUntilMs() - clock.now())
      const isPassing = error.code === 'service-down' || error.code === 'rate-limited'
      if (!isPassing || tried === tries || waitMs > waitInPlaceMs || signal.aborted) return error
      await clock.sleep(waitMs, signal)
    }
  }
}
