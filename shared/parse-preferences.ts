import { defaultPreferences, type Pause, type Preferences, type RequestLimits } from './preferences.ts'
import { fields, flag, moment, oneOf, wholeNumber, wrong, type Fields } from './settings-fields.ts'

/** What the file does not have yet keeps its default: an older Musette wrote it. */
function given<T>(from: Fields, key: keyof Preferences, otherwise: T, read: () => T): T {
  return from[key] === undefined ? otherwise : read()
}

function parseLimits(value: unknown): RequestLimits {
  const from = fields(value, 'limits')
  const most = 1_000_000
  return {
    perSecond: wholeNumber(from, 'perSecond', 0, most),
    per15Min: wholeNumber(from, 'per15Min', 0, most),
    perDay: wholeNumber(from, 'perDay', 0, most),
  }
}

/** Reads the preferences of settings.json; the defaults where there are none. Throws `settings-damaged`. */
export function parsePreferences(value: unknown): Preferences {
  if (value === undefined) return defaultPreferences
  const from = fields(value, 'preferences')
  const usual = defaultPreferences
  return {
    theme: given(from, 'theme', usual.theme, () => oneOf(from, 'theme', ['system', 'light', 'dark'])),
    notifications: given(from, 'notifications', usual.notifications, () =>
      oneOf(from, 'notifications', ['all', 'needsYou', 'none']),
    ),
    snoozedUntil: given(from, 'snoozedUntil', usual.snoozedUntil, () =>
      from['snoozedUntil'] === null ? null : moment(from, 'snoozedUntil'),
    ),
    units: given(from, 'units', usual.units, () => oneOf(from, 'units', ['auto', 'metric', 'imperial'])),
    isFirstRunDone: given(from, 'isFirstRunDone', usual.isFirstRunDone, () => flag(from, 'isFirstRunDone')),
    isCloseHintShown: given(from, 'isCloseHintShown', usual.isCloseHintShown, () =>
      flag(from, 'isCloseHintShown'),
    ),
    limits: given(from, 'limits', usual.limits, () =>
      from['limits'] === null ? null : parseLimits(from['limits']),
    ),
  }
}

/** Reads the pause of settings.json; none where there is none. Throws `settings-damaged`. */
export function parsePause(value: unknown): Pause {
  if (value === undefined) return { kind: 'none' }
  const from = fields(value, 'pause')
  switch (from['kind']) {
    case 'none':
    case 'untilResumed':
      return { kind: from['kind'] }
    case 'until':
      return { kind: 'until', at: moment(from, 'at') }
    default:
      return wrong('pause has an unknown kind')
  }
}
