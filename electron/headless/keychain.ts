import { keytarSecretStore } from '../adapters/keytar-secret-store.ts'
import { AppError } from '../../shared/app-error.ts'
import type { Settings } from '../../shared/settings.ts'
import type { CredentialState } from '../host/engine-host.ts'
import { toWire } from '../host/app-error-wire.ts'

/** The name of a home's keychain entry: service, athlete and home, so that no two homes share a key. */
export function keychainEntry(origin: string, athleteId: string, homeId: string): string {
  return `${origin} ${athleteId} ${homeId}`
}

/** What to sign with: the key of the environment, else the keychain's. keytar is loaded only when it is needed. */
export async function credentialFor(apiKey: string | null, settings: Settings): Promise<CredentialState> {
  if (apiKey !== null) return { kind: 'ready', credential: { kind: 'apiKey', key: apiKey } }
  const { account, homeId } = settings
  if (account === null) return { kind: 'none' }
  const read = await keytarSecretStore().read(keychainEntry(account.origin, account.athleteId, homeId))
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
