import { createRequire } from 'node:module'
import { AppError } from '../../shared/app-error.ts'
import type { SecretRead, SecretStore } from '../sync/ports/secret-store.ts'

/** The part of the keytar package that is used here. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, secret: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

export interface KeytarSecretStoreOptions {
  /** Loads the native library; asked on the first call, never before. */
  readonly load?: () => Promise<Keytar>
  /** How long one call may take before it counts as waiting behind a prompt that nobody sees. */
  readonly guardMs?: number
}

const SERVICE = 'Musette'
const CANARY_SERVICE = 'Musette canary'

/** What stands between us and the keychain. `why` is a sentence for people without anything secret in it. */
type Trouble =
  | { readonly kind: 'locked' }
  | { readonly kind: 'unavailable'; readonly why: string }
  | { readonly kind: 'failed' }

type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly cause: unknown }

/**
 * The OS keychain through keytar: libsecret on Linux, the Keychain on macOS, Credential Manager on Windows.
 * Calls run one at a time. A call that outlasts `guardMs` (default 30 s) is taken as locked; the native call
 * cannot be cancelled, so those after it wait for it, each up to its own guard. While such a call hangs, the
 * operating system may also hold up the end of the process.
 */
export function keytarSecretStore(options: KeytarSecretStoreOptions = {}): SecretStore {
  const load = options.load ?? loadKeytar
  const guardMs = options.guardMs ?? 30_000
  let last: Promise<unknown> = Promise.resolve()

  /** Runs `work` once all before it has ended; never rejects. */
  async function inTurn<T>(work: (keytar: Keytar) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const abandoned = new AbortController()
    const turn = last.then(async (): Promise<Outcome<T>> => {
      // Its caller has been told "locked" already: doing it now, behind their back, would surprise.
      if (abandoned.signal.aborted) return trouble({ kind: 'locked' })
      let keytar: Keytar
      try {
        keytar = await load()
      } catch (error) {
        return trouble({ kind: 'unavailable', why: libraryMissing(error) }, error)
      }
      return work(keytar)
    })
    last = turn
    return guarded(turn, guardMs, abandoned)
  }

  return {
    read: async account => {
      const outcome = await inTurn(async keytar => {
        const found = await attempt(() => keytar.getPassword(SERVICE, account))
        return found.kind === 'done' && found.value === null ? probe(keytar, null) : found
      })
      return outcome.kind === 'done' ? toRead(outcome.value) : readTrouble(outcome)
    },

    write: async (account, secret) => {
      const outcome = await inTurn(keytar => attempt(() => keytar.setPassword(SERVICE, account, secret)))
      if (outcome.kind === 'trouble') throw toAppError(outcome, 'store')
    },

    remove: async account => {
      const outcome = await inTurn(async keytar => {
        const removed = await attempt(() => keytar.deletePassword(SERVICE, account))
        // A locked collection also answers "nothing removed".
        return removed.kind === 'done' && !removed.value ? probe(keytar, false) : removed
      })
      if (outcome.kind === 'trouble') throw toAppError(outcome, 'remove')
    },
  }
}

// Promise-returning, so that a failing native library is a rejection. Not import(): of a CommonJS module's
// names it only sees some.
// eslint-disable-next-line @typescript-eslint/require-await -- as above
async function loadKeytar(): Promise<Keytar> {
  const keytar: unknown = createRequire(import.meta.url)('keytar')
  // The package's own type declarations say so.
  return keytar as Keytar
}

// [Note: A locked keychain answers null] libsecret searches a locked collection, is refused the unlock, and
// reports that nothing was found. Only storing something fails there, so storing a canary is the one way to
// tell "no such entry" from "cannot look".
async function probe<T>(keytar: Keytar, value: T): Promise<Outcome<T>> {
  const stored = await attempt(() => keytar.setPassword(CANARY_SERVICE, 'is the keychain open', 'yes'))
  if (stored.kind === 'trouble') return stored
  // A canary that stays behind is harmless and is overwritten by the next one.
  await attempt(() => keytar.deletePassword(CANARY_SERVICE, 'is the keychain open'))
  return { kind: 'done', value }
}

async function attempt<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { kind: 'done', value: await call() }
  } catch (error) {
    return trouble(classify(error), error)
  }
}

function trouble(what: Trouble, cause?: unknown): Outcome<never> {
  return { kind: 'trouble', trouble: what, cause }
}

function guarded<T>(
  turn: Promise<Outcome<T>>,
  guardMs: number,
  abandoned: AbortController,
): Promise<Outcome<T>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      abandoned.abort()
      resolve(trouble({ kind: 'locked' }))
    }, guardMs)
    void turn.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}

/** keytar's errors have no codes, only the platform's sentences. */
function classify(error: unknown): Trouble {
  const text = error instanceof Error ? error.message : ''
  // libsecret's refusals, then macOS's: not allowed to ask, asked and dismissed, wrong password.
  if (/locked|dismissed|interaction is not allowed|user cancell?ed|passphrase you entered/i.test(text)) {
    return { kind: 'locked' }
  }
  if (/does not exist at path/i.test(text)) {
    return { kind: 'unavailable', why: 'The keychain service runs, but no keyring has been set up in it.' }
  }
  if (/autolaunch D-Bus|could not connect|connection refused|no such file or directory/i.test(text)) {
    return { kind: 'unavailable', why: 'There is no D-Bus session here, so no keychain can be reached.' }
  }
  if (/not provided by any \.service files|ServiceUnknown|NameHasNoOwner|Spawn/i.test(text)) {
    return { kind: 'unavailable', why: 'No keychain service (such as gnome-keyring or KWallet) is running.' }
  }
  return { kind: 'failed' }
}

function libraryMissing(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  return /libsecret|Failed to load keytar/i.test(text) && process.platform === 'linux'
    ? 'The keychain library could not be loaded. Is libsecret (package libsecret-1-0) installed?'
    : 'The keychain library could not be loaded.'
}

function toRead(secret: string | null): SecretRead {
  return secret === null ? { kind: 'absent' } : { kind: 'found', secret }
}

function readTrouble(outcome: { readonly trouble: Trouble }): SecretRead {
  return outcome.trouble.kind === 'failed'
    ? { kind: 'unavailable', why: 'The keychain refused to answer.' }
    : outcome.trouble
}

/** The message is ours and fixed, so it can hold no secret; the platform's own words stay in `cause`. */
function toAppError(outcome: { trouble: Trouble; cause: unknown }, verb: 'store' | 'remove'): AppError {
  const details = { cause: outcome.cause }
  switch (outcome.trouble.kind) {
    case 'locked':
      return new AppError('keychain-locked', 'The keychain is locked.', 'give-up', details)
    case 'unavailable':
      return new AppError('keychain-missing', outcome.trouble.why, 'give-up', details)
    case 'failed':
      return new AppError('keychain-failed', `The keychain could not ${verb} the entry.`, 'give-up', details)
  }
}
