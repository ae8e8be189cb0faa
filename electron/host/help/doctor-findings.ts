import { AppError } from '../../../shared/app-error.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Voice } from '../../../shared/voice.ts'
import type { Finding } from '../../../shared/window-data.ts'
import { keytarSecretStore } from '../../adapters/keytar-secret-store.ts'
import { readSettings } from '../../adapters/settings-file.ts'
import type { SecretRead } from '../../sync/ports/secret-store.ts'
import { credentialFor } from '../account/keychain.ts'
import type { CredentialState } from '../engine-host.ts'
import type { Environment } from '../environment.ts'
import { homeFolders } from '../home.ts'
import { findingTexts } from './finding-texts.ts'
import { wrong } from './finding.ts'
import { helpHere, type HelpWork } from './help-work.ts'
import { keychainFinding, serviceFindings } from './look-at-account.ts'

/** What is looked at, and for whom. */
export interface Examination {
  readonly environment: Environment
  /** What a running engine signs with; left out, it is looked up as an engine would. */
  readonly credential?: CredentialState
  /** Asks the keychain for an entry that is not there; left out, by a connection of its own. */
  readonly keychain?: () => Promise<SecretRead>
  /** The command line's, unless a window asks. */
  readonly voice?: Voice
  /** Who reads the home; this thread, unless another one does. */
  readonly work?: HelpWork
}

/** The name of no entry: whether the keychain is open is all that is asked. */
export const nobodysEntry = 'musette doctor'

/** Looks at settings, ledger, keychain, service, clock, disk, folders and watcher limits. Nothing of the user's is changed. */
export async function examineHome(asked: Examination): Promise<readonly Finding[]> {
  const { environment, voice = 'cli', work = helpHere } = asked
  const texts = findingTexts(voice)
  const secrets = keytarSecretStore()
  const { keychain = () => secrets.read(nobodysEntry) } = asked
  let settings: Settings
  try {
    settings = readSettings(homeFolders(environment.home).settings).settings
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [wrong('settings', texts.error(error))]
  }
  const credential = asked.credential ?? (await credentialFor(environment.apiKey, settings, secrets))
  const [home, keychainIs, service] = await Promise.all([
    work.look({ home: environment.home, voice }),
    keychainFinding(environment, keychain, texts),
    serviceFindings({ environment, settings, credential, texts }),
  ])
  return [...home.records, keychainIs, ...service, ...home.surroundings]
}
