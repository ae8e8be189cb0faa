import { AppError } from '../../shared/app-error.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { AthleteProfile, IntervalsService, ProfileOptions } from './ports/intervals-service.ts'
import type { SettingsStore } from './ports/settings-store.ts'

export interface AccountDeps {
  readonly service: IntervalsService
  readonly settings: SettingsStore
  readonly ledger: Ledger
  /** `https://intervals.icu` or what MUSETTE_API_URL says. */
  readonly origin: string
}

/**
 * Asks whose key this is and holds it against the athlete this home belongs to; a home that belongs to nobody yet is
 * bound. Throws `wrong-athlete` before anything else could be sent, and whatever the service throws.
 */
export async function checkAccount(
  deps: AccountDeps,
  signal?: AbortSignal,
  options: ProfileOptions = {},
): Promise<AthleteProfile> {
  assertOrigin(deps)
  const profile = await askProfile(deps.service, signal, options)
  const { account } = deps.settings.current()
  const boundTo = deps.ledger.meta.read('bound-to')
  const ours = `${deps.origin} ${profile.id}`
  if (account !== null && account.athleteId !== profile.id) throw wrongAthlete(account.athleteId, profile.id)
  if (boundTo !== null && boundTo !== ours) throw wrongAthlete(boundTo.split(' ').at(-1) ?? '', profile.id)
  if (boundTo === null) deps.ledger.meta.write('bound-to', ours)
  if (account?.name !== profile.name) {
    await deps.settings.update(settings => ({
      ...settings,
      account: { origin: deps.origin, athleteId: profile.id, name: profile.name },
    }))
  }
  if (profile.timeZone !== null && deps.ledger.meta.read('athlete-time-zone') !== profile.timeZone) {
    deps.ledger.meta.write('athlete-time-zone', profile.timeZone)
  }
  return profile
}

/** A key that may not even ask whose it is was revoked, or is none. */
async function askProfile(
  service: IntervalsService,
  signal: AbortSignal | undefined,
  options: ProfileOptions,
): Promise<AthleteProfile> {
  try {
    return await service.profile(signal, options)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'forbidden') throw error
    throw new AppError('signed-out', 'the key was refused for the profile', 'sign-in', { cause: error })
  }
}

/** Throws `wrong-athlete` when this home was bound to another service. */
export function assertOrigin(deps: {
  readonly settings: Pick<SettingsStore, 'current'>
  readonly origin: string
}): void {
  const bound = deps.settings.current().account
  if (bound === null || bound.origin === deps.origin) return
  throw new AppError(
    'wrong-athlete',
    `This home belongs to ${bound.athleteId} on ${bound.origin}; use another MUSETTE_HOME for ${deps.origin}.`,
    'give-up',
  )
}

function wrongAthlete(bound: string, asked: string): AppError {
  return new AppError(
    'wrong-athlete',
    `This home belongs to ${bound}, and the key is of ${asked}; use another MUSETTE_HOME.`,
    'give-up',
  )
}
