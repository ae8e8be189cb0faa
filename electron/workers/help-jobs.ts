import type { WireError } from '../host/app-error-wire.ts'
import type { HomeFindings, LookJob } from '../host/help/look-at-home.ts'
import type { PackJob } from '../host/help/pack-bundle.ts'

/** What a thread that helps is started with. */
export type HelpJob =
  { readonly kind: 'look'; readonly look: LookJob } | { readonly kind: 'pack'; readonly pack: PackJob }

/** The one thing it says. */
export type HelpAnswer =
  | { readonly kind: 'looked'; readonly findings: HomeFindings }
  | { readonly kind: 'packed'; readonly zip: Uint8Array }
  | { readonly kind: 'failed'; readonly error: WireError }
  /** A bug, with its stack, for the log. */
  | { readonly kind: 'broken'; readonly message: string }
