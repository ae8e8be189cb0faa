import { AppError } from '../../shared/app-error.ts'
import type { ControlRequest } from '../adapters/control-channel.ts'
import type { AccountKeeper } from './account/account-keeper.ts'
import type { AskEngine, EngineRequestName, EngineRequests } from './engine-requests.ts'
import { isRequestName, parseRequest } from './parse-requests.ts'

/** What other processes ask of the one that holds the home: only names of the contract, their arguments read first. */
export class OthersRequests {
  readonly #ask: AskEngine
  readonly #account: AccountKeeper
  readonly #active = new Set<Promise<unknown>>()
  #isEnding = false

  constructor(ask: AskEngine, account: AccountKeeper) {
    this.#ask = ask
    this.#account = account
  }

  readonly answer = async ({ name, args }: ControlRequest): Promise<unknown> => {
    // The asker tries again, and finds the home free.
    if (this.#isEnding) throw new AppError('home-in-use', 'its holder is ending', 'retry')
    if (name === 'ping') return 'here'
    if (!isRequestName(name)) throw new AppError('bad-usage', `unknown request ${name}`, 'give-up')
    const work = this.#perform(name, parseRequest(name, args))
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

  async #perform<K extends EngineRequestName>(name: K, args: EngineRequests[K]['args']): Promise<unknown> {
    // A keychain that was locked is tried again when the user asks for a sync, and only then. The sync itself says
    // what is still missing.
    if (name === 'sync') await this.#account.unlock().catch(onlyAppErrors)
    const answer = this.#ask(name, args)
    if (name === 'useCredential') {
      // The engine signs with it from here on, whatever it finds out about it.
      const used = args as EngineRequests['useCredential']['args'] // the arguments of that name
      this.#account.noteUsed(used.credential)
    }
    return answer
  }
}

function onlyAppErrors(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}
