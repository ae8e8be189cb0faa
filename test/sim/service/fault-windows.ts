/** What kind of trouble a fault is: it passes by itself, it speaks about this one ride, or about the key. */
export type FaultEffect = 'transient' | 'ride' | 'key'

/** Whether the service acts on a request before the fault: `either` lets the seed decide. */
export type Acts = 'never' | 'always' | 'either'

interface FaultRule {
  /** `line`: before anything was said; `body`: while it is sent; `reply`: once the whole request is there. */
  readonly at: 'line' | 'body' | 'reply'
  readonly acts: Acts
  readonly effect: FaultEffect
}

const onLine = { at: 'line', acts: 'never', effect: 'transient' } as const
const inBody = { at: 'body', acts: 'never', effect: 'transient' } as const
const unserved = { at: 'reply', acts: 'never', effect: 'transient' } as const
const served = { at: 'reply', acts: 'always', effect: 'transient' } as const
const perhaps = { at: 'reply', acts: 'either', effect: 'transient' } as const

/** Every fault there is. */
export const faults = {
  refused: onLine,
  'host-unknown': onLine,
  'dns-down': onLine,
  'no-route': onLine,
  'connect-timeout': onLine,
  'certificate-expired': onLine,
  'reset-before-body': inBody,
  'reset-mid-body': inBody,
  /** A page with 413, from somebody in between, before the whole file is there. */
  'too-large-early': inBody,
  'reset-not-stored': unserved,
  'reset-stored': served,
  /** No reply's head until the client gives up. */
  silence: perhaps,
  /** A reply that drips until the client gives up. */
  'slow-loris': served,
  /** A reply that stops after its first byte. */
  'reply-stalls': served,
  'reply-cut': served,
  'truncated-json': perhaps,
  'wrong-content-type': perhaps,
  'gzip-garbage': perhaps,
  'not-http': perhaps,
  redirect: perhaps,
  '400': { ...unserved, effect: 'ride' },
  '401': { ...unserved, effect: 'key' },
  '403-json': { ...unserved, effect: 'key' },
  '403-html': unserved,
  '404': { ...unserved, effect: 'ride' },
  '413': { ...unserved, effect: 'ride' },
  '422': { ...unserved, effect: 'ride' },
  '429-seconds': unserved,
  '429-date': unserved,
  '429-absent': unserved,
  '429-absurd': unserved,
  '500': perhaps,
  '502': perhaps,
  '503': perhaps,
  '503-seconds': unserved,
  '504': perhaps,
} as const satisfies Readonly<Record<string, FaultRule>>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as readonly FaultName[]

export type FaultTarget = 'upload' | 'list' | 'profile' | 'events'

/** A time of trouble, in ms since the start of the run. `times`: most requests it hits; null: all. */
export interface FaultWindow {
  readonly fault: FaultName
  readonly on: FaultTarget | 'all'
  readonly fromMs: number
  readonly forMs: number
  readonly times: number | null
}

/**
 * What a window may leave behind for good. A `transient` one nothing: every ride must still arrive after it. A `ride` one
 * may end a ride as a visible non-upload, a `key` one may stop all until somebody signs in.
 */
export function effectOf({ fault, on }: Pick<FaultWindow, 'fault' | 'on'>): FaultEffect {
  const { effect } = faults[fault]
  return effect === 'ride' && on !== 'upload' && on !== 'all' ? 'transient' : effect
}

/** The windows of a run, with how often each was played. */
export class FaultPlan {
  readonly #windows: readonly { readonly window: FaultWindow; played: number }[]

  constructor(windows: readonly FaultWindow[]) {
    this.#windows = windows.map(window => ({ window, played: 0 }))
  }

  /** The fault for a request that leaves now, counted as played; null for none. The first window that fits wins. */
  next(name: string, sinceStartMs: number): FaultName | null {
    for (const entry of this.#windows) {
      const { fault, on, fromMs, forMs, times } = entry.window
      if (on !== 'all' && on !== name) continue
      if (sinceStartMs < fromMs || sinceStartMs >= fromMs + forMs) continue
      if (times !== null && entry.played >= times) continue
      entry.played += 1
      return fault
    }
    return null
  }
}
