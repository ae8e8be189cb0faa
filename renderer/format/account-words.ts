import type { AccountView } from '../../shared/app-snapshot.ts'
import { shellText } from '../text/shell.ts'

/** Whose Musette it is, and how it stands with the key. */
export interface AccountWords {
  readonly name: string
  readonly detail: string
  /** True where nothing can be sent. */
  readonly isOut: boolean
}

/** The athlete and where the key is, in two short lines. */
export function accountWords(account: AccountView): AccountWords {
  if (account.kind === 'none') {
    return { name: shellText.noAccount, detail: shellText.noAccountDetail, isOut: true }
  }
  const name = account.name ?? shellText.athlete(account.id)
  return account.kind === 'signedOut'
    ? { name, detail: shellText.signedOut, isOut: true }
    : { name, detail: shellText.keyIn[account.key], isOut: false }
}
