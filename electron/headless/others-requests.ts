import { AppError } from '../../shared/app-error.ts'
import type { ControlRequest } from '../adapters/control-channel.ts'
import type { CredentialState } from '../host/engine-host.ts'
import { isRequestName, parseRequest } from '../host/parse-requests.ts'
import type { EngineThread } from '../workers/engine-thread.ts'

/** What other processes ask of the one that holds the home: only names of the contract, their arguments read first. */
export class OthersRequests {
  readonly #thread: EngineThread
  readonly #readCredential: () => Promise<CredentialState>
  readonly #active = new Set<Promise<unknown>>()
  #credential: CredentialState
  #isEnding = false

  constructor(
    thread: EngineThread,
    credential: CredentialState,
    readCredential: () => Promise<CredentialState>,
  ) {
    this.#thread = thread
    this.#credential = credential
    this.#readCredential = readCredential
  }

  readonly answer = async ({ name, args }: ControlRequest): Promise<unknown> => {
    // The asker tries again, and finds the home free.
    if (this.#isEnding) throw new AppError('home-in-use', 'its holder is ending', 'retry')
    if (name === 'ping') return 'here'
    if (!isRequestName(name)) throw new AppError('bad-usage', `unknown request ${name}`, 'give-up')
    const parsed = parseRequest(name, args)
    const work = (name === 'sync' ? this.#unlock() : Promise.resolve()).then(() =>
      this.#thread.ask(name, parsed),
    )
    const settled = work.catch(() => undefined)
    this.#active.add(settled)
    try {
      return await work
    } finally {
      this.#active.delete(settled)
    }
  }

  /** Takes no new requests and waits for those under way. */
  async finish(): Promise<void> {
    this.#isEnding = true
    await Promise.all(this.#active)
  }

  /** A keychain that was locked is tried again when the user asks for a sync, and only then. */
  async #unlock(): Promise<void> {
    if (this.#credential.kind !== 'failed') return
    this.#credential = await this.#readCredential()
    if (this.#credential.kind !== 'ready') return
    await this.#thread.ask('useCredential', { credential: this.#credential.credential, account: null })
  }
}
