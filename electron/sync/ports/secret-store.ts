/**
 * The OS keychain. `read` answers `absent` only when the keychain is open and holds no such entry;
 * a locked keychain is a state of its own, never "signed out".
 */
export type SecretRead =
  | { readonly kind: 'found'; readonly secret: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'unavailable'; readonly why: string }

export interface SecretStore {
  read(account: string): Promise<SecretRead>
  /** Throws AppError `keychain-missing`, `keychain-locked` or `keychain-failed`. */
  write(account: string, secret: string): Promise<void>
  /** Throws as `write`; an entry that is not there is fine. */
  remove(account: string): Promise<void>
}
