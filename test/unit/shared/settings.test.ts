import { expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { defaultPreferences } from '../../../shared/preferences.ts'
import { isTrainerFormat, newSettings, parseSettings } from '../../../shared/settings.ts'
import type { Settings } from '../../../shared/settings.ts'

const whole: Settings = {
  version: 1,
  homeId: 'h1',
  account: { origin: 'https://intervals.icu', athleteId: 'i1', name: 'Ada' },
  nextId: 4,
  sources: [
    {
      ...{ id: 's1', name: 'Edge', folder: '/edge', baselineAt: '2026-11-21T10:00:00.000Z', isPaused: false },
      ...{ backfill: { kind: 'since', at: '2026-10-22T10:00:00.000Z' }, sameRide: 'upload' },
    },
    {
      ...{ id: 's2', name: 'Old', folder: '/old', baselineAt: '2026-11-21T10:00:00.000Z', isPaused: true },
      ...{ backfill: { kind: 'all' }, sameRide: 'upload' },
    },
  ],
  trainers: [
    {
      ...{ id: 't3', name: 'Zwift', folder: '/zwift', format: 'zwo', days: 7, sports: ['Ride'] },
      ...{ kind: 'library', isPaused: false },
    },
  ],
  keepFree: { bytes: 1_000_000_000, percent: 5 },
  preferences: {
    ...{ theme: 'dark', notifications: 'needsYou', units: 'imperial', isFirstRunDone: true },
    ...{ snoozedUntil: '2026-11-21T11:00:00.000Z', isCloseHintShown: true },
    limits: { perSecond: 2, per15Min: 100, perDay: 0 },
  },
  pause: { kind: 'until', at: '2026-11-21T12:00:00.000Z' },
}

test.each([
  ['whole', whole],
  ['new', newSettings('h1')],
  ['without an account', { ...whole, account: null }],
  ['paused until resumed', { ...whole, pause: { kind: 'untilResumed' } }],
  [
    'of a rider who asks first',
    { ...whole, sources: whole.sources.map(one => ({ ...one, sameRide: 'ask' })) },
  ],
  ['of a nameless athlete', { ...whole, account: { origin: 'https://a', athleteId: 'i1', name: null } }],
])('settings that are %s come back as they were', (_, settings) => {
  expect(parseSettings(JSON.stringify(settings))).toEqual(settings)
})

test('of an older Musette get what they lack', () => {
  const [first] = whole.sources
  const older = {
    ...whole,
    ...{ preferences: undefined, pause: undefined, sources: [{ ...first, sameRide: undefined }] },
  }
  expect(parseSettings(JSON.stringify(older))).toEqual({
    ...whole,
    ...{ preferences: defaultPreferences, pause: { kind: 'none' }, sources: [first] },
  })
  const { theme, ...rest } = defaultPreferences
  expect(parseSettings(JSON.stringify({ ...whole, preferences: rest })).preferences.theme).toBe(theme)
})

test('leaves out what nobody knows', () => {
  expect(parseSettings(JSON.stringify({ ...whole, colour: 'dark' }))).toEqual(whole)
})

/** What is said of settings in which one value is another; undefined leaves it out. */
function complaint(path: string, value: unknown): string {
  const settings: unknown = JSON.parse(JSON.stringify(whole))
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  // The paths below are those of the settings above.
  const parent = keys.reduce((at, key) => (at as Record<string, unknown>)[key], settings)
  Object.assign(parent as object, { [last]: value })
  return refusal(JSON.stringify(settings))
}

function refusal(content: string): string {
  try {
    return `no complaint: ${JSON.stringify(parseSettings(content))}`
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return `${error.code}, ${error.recovery}: ${error.message}`
  }
}

test.each<[string, unknown, string]>([
  ['version', '1', 'version is not a number'],
  ['version', 0, 'there is no version 0'],
  ['homeId', undefined, 'homeId is not a text'],
  ['account', 'Ada', 'account is not an object'],
  ['account.origin', null, 'origin is not a text'],
  ['account.athleteId', 1, 'athleteId is not a text'],
  ['nextId', '4', 'nextId is not a number'],
  ['nextId', 1.5, 'nextId is not a whole number from 1 to 9007199254740991'],
  ['nextId', 0, 'nextId is not a whole number from 1 to 9007199254740991'],
  ['sources', {}, 'sources is not a list'],
  ['sources.0', [], 'a source is not an object'],
  ['sources.0.id', 1, 'id is not a text'],
  ['sources.0.name', null, 'name is not a text'],
  ['sources.0.folder', undefined, 'folder is not a text'],
  ['sources.0.baselineAt', 'yesterday', 'baselineAt is not a date'],
  ['sources.0.isPaused', 1, 'isPaused is not true or false'],
  ['sources.0.backfill', undefined, 'backfill is not an object'],
  ['sources.0.backfill.kind', 'some', 'backfill has an unknown kind'],
  ['sources.0.backfill.at', '30d', 'at is not a date'],
  ['trainers', null, 'trainers is not a list'],
  ['trainers.0', 'Zwift', 'a trainer is not an object'],
  ['trainers.0.format', 'gpx', 'a trainer has an unknown format'],
  ['trainers.0.days', null, 'days is not a number'],
  ['trainers.0.days', 29, 'days is not a whole number from 0 to 28'],
  ['trainers.0.sports', 'Ride', 'sports is not a list'],
  ['trainers.0.sports', [1], 'a sport is not a text'],
  ['trainers.0.kind', 'shelf', 'a trainer has an unknown kind'],
  ['trainers.0.isPaused', 'no', 'isPaused is not true or false'],
  ['keepFree', undefined, 'keepFree is not an object'],
  ['keepFree.bytes', '1 GB', 'bytes is not a number'],
  ['keepFree.percent', null, 'percent is not a number'],
  ['sources.0.sameRide', 'maybe', 'sameRide is none of: upload, ask, skip'],
  ['preferences', [], 'preferences is not an object'],
  ['preferences.theme', 'pink', 'theme is none of: system, light, dark'],
  ['preferences.notifications', 1, 'notifications is none of: all, needsYou, none'],
  ['preferences.snoozedUntil', 'later', 'snoozedUntil is not a date'],
  ['preferences.units', null, 'units is none of: auto, metric, imperial'],
  ['preferences.isFirstRunDone', 1, 'isFirstRunDone is not true or false'],
  ['preferences.isCloseHintShown', null, 'isCloseHintShown is not true or false'],
  ['preferences.limits', 5, 'limits is not an object'],
  ['preferences.limits.perDay', -1, 'perDay is not a whole number from 0 to 1000000'],
  ['pause', 'hour', 'pause is not an object'],
  ['pause.kind', 'ever', 'pause has an unknown kind'],
  ['pause.at', 'tomorrow', 'at is not a date'],
])('with %s as %j they are damaged: %s', (path, value, why) => {
  expect(complaint(path, value)).toBe(`settings-damaged, give-up: settings.json: ${why}`)
})

test.each([
  ['', 'settings.json is not JSON'],
  [JSON.stringify(whole).slice(0, -20), 'settings.json is not JSON'],
  ['\0'.repeat(200), 'settings.json is not JSON'],
  ['null', 'settings.json: the file is not an object'],
  ['[]', 'settings.json: the file is not an object'],
  ['{}', 'settings.json: version is not a number'],
])('content that is no settings at all is damaged', (content, why) => {
  expect(refusal(content)).toBe(`settings-damaged, give-up: ${why}`)
})

test('settings of a later version are not damaged, but newer', () => {
  expect(refusal('{"version":2,"anything":true}')).toBe(
    'settings-newer, give-up: settings.json has version 2',
  )
})

test.each([
  ['zwo', true],
  ['fit', true],
  ['erg', true],
  ['mrc', true],
  ['ZWO', false],
  ['tcx', false],
  [null, false],
])('%j is a format for trainers: %s', (format, known) => {
  expect(isTrainerFormat(format)).toBe(known)
})
