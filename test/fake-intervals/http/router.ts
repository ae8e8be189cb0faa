import type { Call, Reply } from './exchange.ts'
import type { FakeState } from '../state.ts'

/** One operation. `path` names its parameters in braces; a parameter at the end of a word is an extension. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** Scope a token needs; a function where a switch decides; null for none. */
  readonly scope: string | null | ((state: FakeState) => string | null)
  readonly handle: (call: Call) => Reply | Promise<Reply>
}

export type Match =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'not-found' }

/** `{ext}` and `{format}` may be empty or start with a dot; every other parameter is one whole path part. */
function pattern(path: string): RegExp {
  const source = path
    .replaceAll('.', '\\.')
    .replace(/\{(ext|format)\}/g, '(?<$1>(?:\\.[a-z]+)?)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  return new RegExp(`^${source}$`)
}

/** Answers which route serves a request; the first in the list wins. */
export function routeMatcher(routes: readonly Route[]): (method: string, path: string) => Match {
  const table = routes.map(route => ({ route, regex: pattern(route.path) }))
  return (method, path) => {
    let isKnownPath = false
    for (const { route, regex } of table) {
      const found = regex.exec(path)
      if (found === null) continue
      isKnownPath = true
      if (route.method !== method) continue
      const entries = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decode(value)])
      return { kind: 'found', route, params: Object.fromEntries(entries) as Record<string, string> }
    }
    return { kind: isKnownPath ? 'wrong-method' : 'not-found' }
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
