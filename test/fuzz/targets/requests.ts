import { isRequestName, parseRequest } from '../../../electron/host/parse-requests.ts'
import { parseDesktopState } from '../../../electron/desktop/parse-desktop-state.ts'
import { parseProfile } from '../../../electron/sync/workouts/stored-profile.ts'
import { isWindowRequest, parseArgs, windowRequestNames } from '../../../shared/parse-requests.ts'
import { newSettings, parseSettings } from '../../../shared/settings.ts'
import { inputOf, mutateJson, valueOf } from '../mutate/json.ts'
import { must, type FuzzTarget } from '../target.ts'
import { orAppError } from './promises.ts'

const filter = {
  text: 'x',
  states: ['held', 'queued'],
  sourceId: null,
  sport: 'cycling',
  from: '2026-01-01',
  to: null,
}
const limits = { perSecond: 1, per15Min: 2, perDay: 3 }
const source = { folder: '/rides', name: 'Rides', backfill: { kind: 'days', days: 30 } }
const trainer = { folder: '/t', name: null, format: 'zwo', days: 7, sports: ['Ride'] }

const windowCalls: readonly (readonly [string, ...unknown[]])[] = [
  ['connect', 'key'],
  ['pause', 'hour'],
  ['previewFolder', '/rides'],
  ['chooseFolder', 'source'],
  ['addSource', source],
  ['changeSource', 's1', { name: 'x', isPaused: true, sameRide: 'ask' }],
  ['addTrainer', trainer],
  ['changeTrainer', 't1', { days: 3, sports: null }],
  ['listFiles', { ...filter, offset: 0, limit: 50 }],
  ['getFileStory', 7],
  ['actOnFiles', 'retry', { kind: 'ids', ids: [1, 2] }],
  ['actOnFiles', 'ignore', { kind: 'matching', filter }],
  ['changePreferences', { theme: 'dark', snoozedUntil: '2026-11-21T08:00:00Z', limits, units: 'metric' }],
  ['changeKeepFree', { bytes: 1e9, percent: 5 }],
  ['setStartAtLogin', true],
  ['openSystemPage', 'logFolder'],
  ['readLog', 100],
  ['quit'],
]

const engineCalls: readonly (readonly [string, unknown])[] = [
  ['verify', { credential: { kind: 'apiKey', key: 'k' } }],
  ['useCredential', { credential: { kind: 'bearer', token: 't' }, account: { id: 'i1', name: null } }],
  ['addSource', { folder: '/x', backfill: { kind: 'since', at: '2026-11-21T08:00:00Z' }, name: null }],
  ['pauseSource', { id: 's1', isPaused: true }],
  ['addTrainer', trainer],
  ['removeTrainer', { id: 't1' }],
  ['retryFile', { name: 'x.fit', workingFolder: '/x' }],
  ['setPause', { pause: { kind: 'until', at: '2026-11-21T08:00:00Z' } }],
  ['changePreferences', { change: { theme: 'dark' } }],
  ['changeKeepFree', { bytes: 1, percent: 1 }],
  ['changeTrainer', { id: 't1', change: { days: 1 } }],
  ['changeSource', { id: 's1', change: { sameRide: 'skip' } }],
  ['listFiles', { query: { ...filter, offset: 0, limit: 1 } }],
  ['fileStory', { fileId: 3 }],
  ['actOnFiles', { action: 'uploadAnyway', selection: { kind: 'ids', ids: [1] } }],
  ['previewFolder', { folder: '/x' }],
]

const settings = {
  ...newSettings('0a1b'),
  account: { origin: 'https://intervals.icu', athleteId: 'i123', name: 'Eva' },
  nextId: 3,
  sources: [
    {
      ...{
        id: 's1',
        name: 'Rides',
        folder: '/rides',
        backfill: { kind: 'since', at: '2026-10-21T08:00:00Z' },
      },
      ...{ baselineAt: '2026-11-21T08:00:00Z', isPaused: false, sameRide: 'ask' },
    },
  ],
  trainers: [
    {
      ...{ id: 't2', name: 'Zwift', folder: '/zwift', format: 'zwo', days: 7, sports: ['Ride'] },
      ...{ kind: 'library', isPaused: false },
    },
  ],
  pause: { kind: 'until', at: '2026-11-21T09:00:00Z' },
}

const desktopState = {
  window: { place: { x: 1, y: 2, width: 800, height: 600 }, isMaximized: true },
  lastFolders: { source: '/rides' },
  isStartWanted: true,
  rides: { startsAt: { s1: [1, 2, 3] }, toldAfter: { s1: 3 } },
}

function textOf(input: Uint8Array): string {
  return new TextDecoder().decode(input)
}

function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null
}

/** No answer carries a prototype that the input brought along. */
function mustBePlain(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const prototype: unknown = Object.getPrototypeOf(value)
  must(
    prototype === Object.prototype || prototype === Array.prototype || prototype === null,
    'an answer is plain data',
  )
  for (const inner of Object.values(value)) mustBePlain(inner)
}

function mustNotPollute(): void {
  must(Object.keys(Object.prototype).length === 0, 'nobody writes on the prototype of all objects')
}

export const requestTargets: readonly FuzzTarget[] = [
  {
    name: 'window-requests',
    files: ['shared/parse-requests.ts'],
    seeds: () => windowCalls.map(inputOf),
    mutate: mutateJson,
    run: input => {
      const call = valueOf(input)
      const [name, ...args] = listOf(call) ?? []
      const names = typeof name === 'string' && isWindowRequest(name) ? [name] : windowRequestNames
      const answers = names.map(one => {
        const parsed = orAppError(['bad-usage'], () => parseArgs(one, Array.isArray(call) ? args : call))
        mustBePlain(parsed)
        return parsed
      })
      mustNotPollute()
      return answers
    },
  },
  {
    name: 'engine-requests',
    files: ['electron/host/parse-requests.ts', 'electron/host/parse-window-asks.ts'],
    seeds: () => engineCalls.map(inputOf),
    mutate: mutateJson,
    run: input => {
      const call = valueOf(input)
      const [name, args] = listOf(call) ?? [null, call]
      const known = engineCalls.map(([one]) => one).filter(isRequestName)
      const names = typeof name === 'string' && isRequestName(name) ? [name] : known
      const answers = names.map(one => {
        const parsed = orAppError(['bad-usage'], () => parseRequest(one, args))
        mustBePlain(parsed)
        return parsed
      })
      mustNotPollute()
      return answers
    },
  },
  {
    name: 'settings',
    files: ['shared/settings.ts', 'shared/settings-fields.ts', 'shared/parse-preferences.ts'],
    seeds: () => [settings, newSettings('0a1b')].map(inputOf),
    mutate: mutateJson,
    run: input => {
      const read = orAppError(['settings-damaged', 'settings-newer'], () => parseSettings(textOf(input)))
      if (read === null) return null
      mustBePlain(read)
      const again = parseSettings(JSON.stringify(read))
      must(
        JSON.stringify(again) === JSON.stringify(read),
        'settings that were read are written and read as the same',
      )
      for (const { backfill, baselineAt } of read.sources) {
        must(!Number.isNaN(Date.parse(baselineAt)), 'a baseline is a moment')
        must(
          backfill.kind !== 'since' || !Number.isNaN(Date.parse(backfill.at)),
          'a backfill begins at a moment',
        )
      }
      return read
    },
  },
  {
    name: 'desktop-state',
    files: ['electron/desktop/parse-desktop-state.ts'],
    seeds: () => [inputOf(desktopState)],
    mutate: mutateJson,
    run: input => {
      const read = parseDesktopState(textOf(input))
      const place = read.window?.place
      if (place !== undefined) must(place.width >= 1 && place.height >= 1, 'a window has a size')
      const again = parseDesktopState(JSON.stringify(read))
      must(
        JSON.stringify(again) === JSON.stringify(read),
        'a state that was read is written and read as the same',
      )
      mustNotPollute()
      return read
    },
  },
  {
    name: 'stored-profile',
    files: ['electron/sync/workouts/stored-profile.ts'],
    seeds: () => [
      inputOf({
        steps: [{ kind: 'steady', durationS: 60, from: 0.5, to: 0.5, cadence: 90 }],
        cues: [{ atS: 1, text: 'x' }],
      }),
    ],
    mutate: mutateJson,
    run: input => parseProfile(textOf(input)),
  },
]
