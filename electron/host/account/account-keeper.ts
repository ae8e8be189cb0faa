import { AppError } from '../../../shared/app-error.ts'
import type { AccountView, EngineView, KeyPlace } from '../../../shared/app-snapshot.ts'
import { errorText } from '../../../shared/error-text.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { ConnectOutcome } from '../../../shared/window-data.ts'
import { checkApiKey, type Credential } from '../../intervals/credential.ts'
import type { SecretRead, SecretStore } from '../../sync/ports/secret-store.ts'
import { Turn } from '../../sync/turn.ts'
import { fromWire } from '../app-error-wire.ts'
import type { CredentialState } from '../engine-host.ts'
import type { AskEngine } from '../engine-requests.ts'
import type { Environment } from '../environment.ts'
import { credentialFor, keychainEntry } from './keychain.ts'
import { senderNames } from './ride-senders.ts'

export interface AccountKeeperDeps {
  readonly ask: AskEngine
  readonly environment: Pick<Environment, 'origin' | 'apiKey'>
  /** The home's settings as they are now. */
  readonly settings: () => Settings
  readonly secrets: SecretStore
  /** What the engine was started with. */
  readonly credential: CredentialState
}

/** What to do with a good key that no keychain takes: use it until Musette ends, or give it back. */
export type WithoutKeychain = 'memory' | 'refuse'

/** Troubles that stand between a key and its account, as the engine names them. */
const keyTroubles = ['signed-out', 'wrong-athlete'] as const satisfies readonly AppError['code'][]

/** Whose key is used, and where it is kept. The key itself leaves only to the keychain and to the engine. */
export class AccountKeeper {
  readonly #deps: AccountKeeperDeps
  /** One question to the keychain at a time: each may show a prompt. */
  readonly #turn = new Turn()
  #credential: CredentialState
  #place: KeyPlace
  #tellChange: () => void = () => undefined

  constructor(deps: AccountKeeperDeps) {
    this.#deps = deps
    this.#credential = deps.credential
    this.#place = deps.environment.apiKey === null ? 'keychain' : 'environment'
  }

  /** What the engine signs with now. */
  get credential(): CredentialState {
    return this.#credential
  }

  /** Calls back whenever the view may have changed; one listener. */
  onChange(listener: () => void): void {
    this.#tellChange = listener
  }

  /**
   * Verifies a key, keeps it, and binds the home to its athlete. Throws `bad-usage` for what can't be a key,
   * `key-unknown` for one the service does not know, and what else the service and, with `refuse`, the keychain say.
   */
  connect(text: string, withoutKeychain: WithoutKeychain): Promise<ConnectOutcome> {
    return this.#turn.take(async () => {
      const credential = { kind: 'apiKey', key: checkedApiKey(text) } as const
      const account = await this.#deps.ask('verify', { credential }).catch(asUnknownKey)
      const key = await this.#keep(account.id, credential.key, withoutKeychain)
      const used = this.#deps.ask('useCredential', { credential, account })
      // The engine signs with it from here on, also when the line breaks before it has asked whose it is.
      this.#become({ kind: 'ready', credential }, key)
      await used
      return { id: account.id, name: account.name, otherSenders: senderNames(account.connections), key }
    })
  }

  /**
   * Forgets the key. The home stays bound to its athlete, and nothing else is touched. Throws when the keychain does
   * not let go of a key; `keychain-keeps-key` when the one in memory is forgotten all the same.
   */
  disconnect(): Promise<void> {
    return this.#turn.take(async () => {
      const keptBy = await this.#removeKey()
      await this.#deps.ask('useCredential', { credential: null, account: null })
      this.#become({ kind: 'none' }, 'keychain')
      if (keptBy === null) return
      // One from before would sign in at the next start, unseen.
      const what = 'a key from before may be in the keychain'
      throw new AppError('keychain-keeps-key', what, 'give-up', { cause: keptBy })
    })
  }

  /** Asks a keychain that could not be read once more; only ever because the user asked. Throws when it still can't. */
  unlock(): Promise<void> {
    return this.#turn.take(async () => {
      if (this.#credential.kind !== 'failed') return
      const { environment, settings, secrets, ask } = this.#deps
      const next = await credentialFor(environment.apiKey, settings(), secrets)
      if (next.kind === 'failed') {
        this.#become(next, this.#place)
        throw fromWire(next.error)
      }
      const credential = next.kind === 'ready' ? next.credential : null
      await ask('useCredential', { credential, account: null })
      this.#become(next, this.#place)
    })
  }

  /** Asks whether the keychain is open, by an entry that is not there, after whatever it is being asked. */
  lookAtKeychain(entry: string): Promise<SecretRead> {
    return this.#turn.take(() => this.#deps.secrets.read(entry))
  }

  /** Another process has told the engine what to sign with, and has kept the key itself. */
  noteUsed(credential: Credential | null): void {
    this.#become(credential === null ? { kind: 'none' } : { kind: 'ready', credential }, 'keychain')
  }

  /** The account as the window shows it. */
  view(engine: Pick<EngineView, 'account' | 'troubles'>): AccountView {
    if (engine.account === null) return { kind: 'none' }
    const { id, name } = engine.account
    const signedOut = (error: Pick<AppError, 'code'>, message: string): AccountView => ({
      ...{ kind: 'signedOut', id, name },
      ...{ why: error.code, message },
    })
    switch (this.#credential.kind) {
      case 'failed': {
        const error = fromWire(this.#credential.error)
        return signedOut(error, errorText(error, 'window'))
      }
      case 'none': {
        const error = new AppError('signed-out', 'no key', 'sign-in')
        return signedOut(error, 'Signed out. Everything is kept. Connect again to go on.')
      }
      case 'ready': {
        for (const code of keyTroubles) {
          const trouble = engine.troubles.find(one => one.code === code)
          if (trouble !== undefined) return signedOut({ code }, trouble.message)
        }
        return { kind: 'connected', id, name, key: this.#place }
      }
    }
  }

  async #keep(
    athleteId: string,
    key: string,
    withoutKeychain: WithoutKeychain,
  ): Promise<'keychain' | 'memory'> {
    const { environment, settings, secrets } = this.#deps
    try {
      await secrets.write(keychainEntry(environment.origin, athleteId, settings().homeId), key)
      return 'keychain'
    } catch (error) {
      // Never in clear: without a keychain it lasts as long as this process.
      if (withoutKeychain === 'memory' && isKeychainTrouble(error)) return 'memory'
      throw error
    }
  }

  /** Answers what stands between a key in memory and an older one in the keychain; null when none can be there. */
  async #removeKey(): Promise<AppError | null> {
    const { account, homeId } = this.#deps.settings()
    if (account === null) return null
    try {
      await this.#deps.secrets.remove(keychainEntry(account.origin, account.athleteId, homeId))
      return null
    } catch (error) {
      if (this.#place !== 'memory' || !isKeychainTrouble(error)) throw error
      return error.code === 'keychain-missing' ? null : error
    }
  }

  #become(credential: CredentialState, place: KeyPlace): void {
    this.#credential = credential
    this.#place = place
    this.#tellChange()
  }
}

/** The key in what was pasted. Throws `bad-usage` with words that never repeat it. */
export function checkedApiKey(text: string): string {
  const check = checkApiKey(text)
  if (check.kind === 'bad') throw new AppError('bad-usage', check.message, 'sign-in')
  return check.key
}

/** A key that was never good is no sign-in that has ended. */
function asUnknownKey(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'signed-out') throw error
  throw new AppError('key-unknown', error.message, 'sign-in', { cause: error })
}

function isKeychainTrouble(error: unknown): error is AppError {
  return error instanceof AppError && error.code.startsWith('keychain-')
}
