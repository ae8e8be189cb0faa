import type { DesktopState, DialogAnswer } from '../e2e/desktop/driver/controls.ts'

type Writable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] }
type Kept = 'opened' | 'dialogs' | 'outgoing' | 'navigations' | 'windowsAsked' | 'calls'

/** All that the app did which leaves nothing to look at. Tests read it. */
export const recorded: Writable<Pick<DesktopState, Kept>> = {
  ...{ opened: [], dialogs: [], outgoing: [], navigations: [], windowsAsked: [], calls: [] },
}

/** What the person will do, one after the other. Without a word a dialog is cancelled. */
export const answers: DialogAnswer[] = []
