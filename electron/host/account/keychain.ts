import { AppError } from '../../../shared/app-error.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { SecretStore } from '../../sync/ports/secret-store.ts'
import { toWire } from '../app-error-wire.ts'
import type { CredentialState } from '../engine-host.ts'

/** The name of a home's keychain entry: service, athlete and home, so that no two homes share a key. */
export function keychainEntry(origin: string, athleteId: string, homeId: string): string {
  return `${origin} ${athleteId} ${homeId}`
}

/** What to sign with: the key of the environment, else the keychain's, which is asked only then. */
export async function credentialFor(
  apiKey: string | null,
  settings: Settings,
  secrets: SecretStore,
): Promise<CredentialState> {
  if (apiKey !== null) return { kind: 'ready', credential: { kind: 'apiKey', key: apiKey } }
  const { account, homeId } = settings
  if (account === null) return { kind: 'none' }
  const read = await secrets.read(keychainEntry(account.origin, account.athleteId, homeId))
  switch (read.kind) {
    case 'found':
      return { kind: 'ready', credential: { kind: 'apiKey', key: read.secret } }
    case 'absent':
      return { kind: 'none' }
    case 'locked':
      return failed(new AppError('keychain-locked', 'the keychain is locked', 'sign-in'))
    case 'unavailable':
      return failed(new AppError('keychain-missing', read.why, 'sign-in'))
  }
}

function failed(error: AppError): CredentialState {
  return { kind: 'failed', error: toWire(error) }
}
