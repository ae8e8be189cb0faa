/** How the window looks; `system` follows the computer. */
export type Theme = 'system' | 'light' | 'dark'

/** `all`: also the first success of a batch; `needsYou`: only what needs the user; `none`: silence. */
export type NotificationLevel = 'all' | 'needsYou' | 'none'

/** `auto` goes by the locale. */
export type Units = 'auto' | 'metric' | 'imperial'

/** Requests per second, per 15 minutes and per day; 0 = no limit of ours. */
export interface RequestLimits {
  readonly perSecond: number
  readonly per15Min: number
  readonly perDay: number
}

/** What the user likes. None of it decides what is synced, but for `limits`. */
export interface Preferences {
  readonly theme: Theme
  readonly notifications: NotificationLevel
  /** ISO UTC; no notifications before it. */
  readonly snoozedUntil: string | null
  readonly units: Units
  /** False shows the guide at start. */
  readonly isFirstRunDone: boolean
  /** True once the user has been told where Musette goes when its window is closed. */
  readonly isCloseHintShown: boolean
  /** Null for the defaults. MUSETTE_LIMITS goes before either. Used from the next start on. */
  readonly limits: RequestLimits | null
}

export const defaultPreferences: Preferences = {
  theme: 'system',
  notifications: 'all',
  snoozedUntil: null,
  units: 'auto',
  isFirstRunDone: false,
  isCloseHintShown: false,
  limits: null,
}

/** What the service allows by default, with room left for other apps (requests per second, 15 minutes, day). */
export const defaultLimits: RequestLimits = { perSecond: 10, per15Min: 2500, perDay: 5000 }

/** The user's own pause of everything. */
export type Pause =
  | { readonly kind: 'none' }
  /** ISO UTC. */
  | { readonly kind: 'until'; readonly at: string }
  | { readonly kind: 'untilResumed' }

/** What can be asked for; the host makes an instant of it. */
export type PauseChoice = 'hour' | 'tomorrow' | 'untilResumed'
