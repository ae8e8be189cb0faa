import type { FoundFolder } from '../../../shared/window-data.ts'

/** A row of a list of folders to choose from. */
export interface Pick {
  readonly folder: string
  readonly name: string
  /** As it was found here; null for one the user named. */
  readonly found: FoundFolder | null
  readonly isSure: boolean
  readonly isAdded: boolean
  readonly isChosen: boolean
  readonly detail: string
  /** Why it can't be had, in words. */
  readonly wrong: string | null
}
