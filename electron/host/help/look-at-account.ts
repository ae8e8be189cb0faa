import { AppError } from '../../../shared/app-error.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Finding } from '../../../shared/window-data.ts'
import { systemClock } from '../../adapters/system-clock.ts'
import { createIntervalsClient } from '../../intervals/client.ts'
import type { SecretRead } from '../../sync/ports/secret-store.ts'
import { fromWire } from '../app-error-wire.ts'
import type { CredentialState } from '../engine-host.ts'
import { limitsFor, type Environment } from '../environment.ts'
import { userAgent } from '../version.ts'
import type { FindingTexts } from './finding-texts.ts'
import { fine, wrong } from './finding.ts'

/** Looks at the keychain, which is asked only where a key is kept in it. */
export async function keychainFinding(
  { apiKey }: Pick<Environment, 'apiKey'>,
  read: () => Promise<SecretRead>,
  texts: FindingTexts,
): Promise<Finding> {
  if (apiKey !== null) return fine('keychain', 'not used: the key comes from the environment')
  const answer = await read()
  switch (answer.kind) {
    case 'found':
    case 'absent':
      return fine('keychain', 'open')
    case 'locked':
      return wrong('keychain', 'locked. Unlock it and try again.')
    case 'unavailable':
      return wrong('keychain', texts.noKeychain(answer.why))
  }
}

export interface ServiceQuestion {
  readonly environment: Environment
  readonly settings: Settings
  readonly credential: CredentialState
  readonly texts: FindingTexts
}

/** Asks the service whose key this is; one request, outside the engine's budget. */
export async function serviceFindings(question: ServiceQuestion): Promise<readonly Finding[]> {
  const { environment, settings, credential: state, texts } = question
  if (state.kind === 'failed') return [wrong('account', texts.error(fromWire(state.error)))]
  if (state.kind === 'none') return [wrong('account', texts.notSignedIn)]
  const client = createIntervalsClient({
    ...{ origin: environment.origin, clock: systemClock(), userAgent },
    perSecond: limitsFor(environment, settings).perSecond,
    credential: () => Promise.resolve(state.credential),
    budget: { waitMs: () => null, spend: () => undefined },
  })
  try {
    const profile = await client.profile()
    const bound = settings.account
    const answers = fine('service', `${environment.origin} answers`)
    if (bound !== null && (bound.athleteId !== profile.id || bound.origin !== environment.origin)) {
      return [answers, wrong('account', texts.otherAthlete(bound, profile.id))]
    }
    return [answers, fine('account', `${profile.name ?? ''} (${profile.id})`.trim())]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [wrong(error.recovery === 'sign-in' ? 'account' : 'service', texts.error(error))]
  } finally {
    await client.close()
  }
}
