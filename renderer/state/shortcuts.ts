import type { PageName } from '../../shared/ipc-contract.ts'

/** The pages in the order of their keys, Ctrl/Cmd 1 to 6. */
export const pageOrder: readonly PageName[] = [
  'today',
  'activities',
  'workouts',
  'folders',
  'settings',
  'help',
]

/** What a key means wherever the focus is. */
export type Shortcut =
  | { readonly kind: 'page'; readonly page: PageName }
  | { readonly kind: 'search' }
  | { readonly kind: 'sync' }
  | { readonly kind: 'close' }

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Null for a key that means nothing here. Ctrl and Cmd are one: a browser may show a window of another system. */
export function shortcutOf(event: Key): Shortcut | null {
  if (event.altKey || event.shiftKey) return null
  if (event.ctrlKey === event.metaKey) return event.key === 'Escape' ? { kind: 'close' } : null
  // By its place on the keyboard: where digits need Shift, the key says something else.
  const place = /^(?:Digit|Numpad)([1-6])$/.exec(event.code)?.[1]
  const page = place === undefined ? undefined : pageOrder[Number(place) - 1]
  if (page !== undefined) return { kind: 'page', page }
  switch (event.key.toLowerCase()) {
    case 'f':
      return { kind: 'search' }
    case 'r':
      return { kind: 'sync' }
    default:
      return null
  }
}
