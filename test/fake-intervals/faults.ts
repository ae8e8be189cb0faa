import { asArray, asNumber, asObject, asText } from './json.ts'
import { defaultSwitches } from './switches.ts'
import type { Switches } from './switches.ts'
import type { JsonObject } from './types.ts'

/** What can be played on a request. */
export type FaultAction =
  /** Answers this instead. `when`: at once without reading the body, after reading it, or after acting on it. */
  | {
      readonly kind: 'status'
      readonly status: number
      /** A text is sent as an HTML page, anything else as JSON; left out: an edge page. */
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
      /** Seconds, or `date:N` for the HTTP date N seconds from now. */
      readonly retryAfter?: string | number
      readonly when?: 'early' | 'before' | 'after'
    }
  /** Waits before anything is done with the request, or (`after`) between acting on it and the reply. */
  | { readonly kind: 'delay'; readonly ms: number; readonly when?: 'before' | 'after' }
  /** Sends the reply in small pieces. */
  | { readonly kind: 'slowBody'; readonly chunkBytes: number; readonly everyMs: number }
  /** Destroys the connection: before or in the middle of the body, after acting on the request, or half-way through the reply. */
  | {
      readonly kind: 'cut'
      readonly at: 'beforeBody' | 'midBody' | 'afterStore' | 'midReply'
      /** For midBody: how much is read first (default 1024). */
      readonly afterBytes?: number
    }
  /** Acts on the request, then sends only the first half of the reply as if that were all. */
  | { readonly kind: 'truncatedJson' }
  | { readonly kind: 'contentType'; readonly value: string }
  /** Acts on the request, then sends noise that claims to be gzip. */
  | { readonly kind: 'gzipGarbage' }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** The Date header of this reply is wrong by that much. */
  | { readonly kind: 'clockSkew'; readonly ms: number }

/** When an action is played: on `times` matching requests (default 1, -1 = always) after letting `after` through. */
export interface FaultRule {
  readonly match: {
    readonly method?: string
    /** Part of the path; a regular expression where it starts with `^`. */
    readonly path?: string
    readonly athleteId?: string
  }
  readonly times?: number
  readonly after?: number
  readonly action: FaultAction
}

/** What a rule is matched against. */
export interface FaultTarget {
  readonly method: string
  readonly path: string
  readonly athleteId: string | null
}

interface ActiveRule {
  readonly rule: FaultRule
  seen: number
  played: number
}

/** The rules in force and the standing switches. */
export class Faults {
  switches: Switches = defaultSwitches()
  #rules: ActiveRule[] = []

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0, played: 0 })
  }

  /** Forgets the rules; the switches stay. */
  clearRules(): void {
    this.#rules = []
  }

  /** Every rule with how often it matched and was played. */
  get rules(): readonly (FaultRule & { readonly seen: number; readonly played: number })[] {
    return this.#rules.map(({ rule, seen, played }) => ({ ...rule, seen, played }))
  }

  /** The action for this request, counted as played; null for none. The first rule that is due wins. */
  next(target: FaultTarget): FaultAction | null {
    for (const active of this.#rules) {
      if (!matches(active.rule, target)) continue
      active.seen++
      if (active.seen <= (active.rule.after ?? 0)) continue
      const times = active.rule.times ?? 1
      if (times >= 0 && active.played >= times) continue
      active.played++
      return active.rule.action
    }
    return null
  }
}

function matches(rule: FaultRule, target: FaultTarget): boolean {
  const { method, path, athleteId } = rule.match
  if (method !== undefined && method.toUpperCase() !== target.method) return false
  if (athleteId !== undefined && athleteId !== target.athleteId) return false
  if (path === undefined) return true
  return path.startsWith('^') ? new RegExp(path).test(target.path) : target.path.includes(path)
}

const kinds: Readonly<Record<FaultAction['kind'], readonly string[]>> = {
  status: ['status'],
  delay: ['ms'],
  slowBody: ['chunkBytes', 'everyMs'],
  cut: [],
  truncatedJson: [],
  contentType: [],
  gzipGarbage: [],
  redirect: [],
  clockSkew: ['ms'],
}

/** Reads a rule that came over the control API. Null: not a rule. */
export function parseRule(value: unknown): FaultRule | null {
  const rule = asObject(value)
  const action = asObject(rule?.['action'])
  const kind = asText(action?.['kind'])
  if (rule === null || action === null || kind === null || !(kind in kinds)) return null
  const numbers = kinds[kind as FaultAction['kind']]
  if (numbers.some(name => asNumber(action[name]) === null)) return null
  if (
    kind === 'cut' &&
    !['beforeBody', 'midBody', 'afterStore', 'midReply'].includes(asText(action['at']) ?? '')
  )
    return null
  if (kind === 'redirect' && asText(action['location']) === null) return null
  if (kind === 'contentType' && asText(action['value']) === null) return null
  const match: JsonObject = asObject(rule['match']) ?? {}
  const [method, path, athleteId] = ['method', 'path', 'athleteId'].map(name => asText(match[name]))
  const times = asNumber(rule['times'])
  const after = asNumber(rule['after'])
  return {
    match: {
      ...(method ? { method } : {}),
      ...(path ? { path } : {}),
      ...(athleteId ? { athleteId } : {}),
    },
    ...(times === null ? {} : { times }),
    ...(after === null ? {} : { after }),
    // The fields that matter were checked above; the rest is optional.
    action: action as unknown as FaultAction,
  }
}

/** Reads one rule, an array of them, or `{rules: [...]}`; null when any is not a rule. */
export function parseRules(value: unknown): readonly FaultRule[] | null {
  const object = asObject(value)
  const list =
    asArray(value) ?? asArray(object?.['rules']) ?? (object !== null && 'action' in object ? [value] : [])
  const rules = list.map(parseRule)
  return rules.includes(null) ? null : rules.filter(rule => rule !== null)
}
