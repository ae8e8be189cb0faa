import { AppError } from '../../shared/app-error.ts'
import { createIntervalsClient, type IntervalsClientDeps } from '../intervals/client.ts'
import type { Credential } from '../intervals/credential.ts'
import { assertOrigin } from '../sync/account.ts'
import type { EngineParts } from '../sync/engine-parts.ts'
import type { ConnectedAccount } from './engine-requests.ts'
import { userAgent } from './version.ts'

/**
 * Asks whose credential this is, without using it for anything else. Throws `signed-out` for a key the service does
 * not know, `wrong-athlete` for one that this home must not use, `offline` when nobody could be asked.
 */
export async function verifyCredential(
  parts: EngineParts,
  credential: Credential,
): Promise<ConnectedAccount> {
  assertOrigin(parts)
  const deps: IntervalsClientDeps = {
    origin: parts.origin,
    clock: parts.clock,
    userAgent,
    perSecond: 10,
    credential: () => Promise.resolve(credential),
    budget: {
      waitMs: () => null,
      heldMs: () => Math.max(0, parts.queue.askedUntilMs() - parts.clock.now()),
      spend: () => undefined,
    },
  }
  const client = createIntervalsClient(deps)
  try {
    const profile = await client.profile(undefined, { evenInWait: true })
    const bound = parts.settings.current().account
    if (bound !== null && bound.athleteId !== profile.id) {
      const message = `This home belongs to ${bound.athleteId}, and the key is of ${profile.id}; use another MUSETTE_HOME.`
      throw new AppError('wrong-athlete', message, 'give-up')
    }
    // Only a warning hangs on it: a key that may not ask is still good.
    const connections = await client.connections(profile.id).catch(() => [])
    return { id: profile.id, name: profile.name, connections }
  } finally {
    await client.close()
  }
}
