import { describe, expect, test } from 'vitest'
import type { RequestName } from '../../../shared/ipc-contract.ts'
import { isWindowRequest, parseArgs } from '../../../shared/parse-requests.ts'

const filter = { text: '', states: [], sourceId: null, sport: null, from: null, to: null }
const query = { ...filter, offset: 0, limit: 50 }
const trainer = { folder: '/z', name: null, format: 'zwo', days: 7, sports: null }
/** As it comes over HTTP: there `__proto__` is a field like any other. */
const json = (text: string): unknown => JSON.parse(text)

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'getsnapshot'])(
  'there is no request %j',
  name => {
    expect(isWindowRequest(name)).toBe(false)
  },
)

describe('what is malformed is refused before anybody sees it:', () => {
  test.each<[RequestName, unknown]>([
    ['listFiles', undefined],
    ['listFiles', {}],
    ['listFiles', []],
    ['listFiles', [null]],
    ['listFiles', [[query]]],
    ['listFiles', [{ ...query, limit: 501 }]],
    ['listFiles', [{ ...query, limit: Number.NaN }]],
    ['listFiles', [{ ...query, offset: -1 }]],
    ['listFiles', [{ ...query, offset: 0.5 }]],
    ['listFiles', [{ ...query, states: ['lost'] }]],
    ['listFiles', [{ ...query, states: Array.from({ length: 21 }, () => 'held') }]],
    ['listFiles', [{ ...query, text: 'x'.repeat(4097) }]],
    ['listFiles', [{ ...query, from: '2026-1-1' }]],
    ['listFiles', [json('{"__proto__": {"text": "", "states": [], "offset": 0, "limit": 1}}')]],
    ['getFileStory', ['1']],
    ['getFileStory', [Number.POSITIVE_INFINITY]],
    ['getFileStory', [2 ** 53]],
    ['actOnFiles', ['delete', { kind: 'ids', ids: [1] }]],
    ['actOnFiles', ['retry', { kind: 'ids', ids: new Array(3) }]],
    ['actOnFiles', ['retry', { kind: 'ids', ids: Array.from({ length: 10_001 }, () => 1) }]],
    ['actOnFiles', ['retry', { kind: 'ids', ids: { length: 1, 0: 1 } }]],
    ['actOnFiles', ['retry', { kind: 'matching' }]],
    ['changeSource', ['s1', json('{"__proto__": {"isPaused": true}}')]],
    ['changeSource', ['s1', { constructor: 1 }]],
    ['changeSource', ['s1', { folder: '/' }]],
    ['changeSource', ['s1', { name: ' ' }]],
    ['changeSource', ['s1', { sameRide: 'always' }]],
    ['changeTrainer', ['t1', { folder: '/etc' }]],
    ['addTrainer', [{ ...trainer, days: 29 }]],
    ['addTrainer', [{ ...trainer, sports: new Array(2) }]],
    ['addTrainer', [{ ...trainer, format: 'exe' }]],
    ['addSource', [{ folder: '/r', name: null, backfill: { kind: 'days', days: 0 } }]],
    ['changePreferences', [json('{"__proto__": {"theme": "dark"}}')]],
    ['changePreferences', [{ limits: { perSecond: 1, per15Min: 1 } }]],
    ['changePreferences', [{ snoozedUntil: 'soon' }]],
    ['changeKeepFree', [{ bytes: -1, percent: 5 }]],
    ['pause', ['forever']],
    ['pause', ['hour', 'hour']],
    ['getSnapshot', ['surplus']],
    ['quit', [undefined]],
    ['setStartAtLogin', [true, {}]],
    ['readLog', [0]],
    ['openSystemPage', ['https://example.org']],
  ])('%s %j', (name, args) => {
    expect(() => parseArgs(name, args)).toThrow(expect.objectContaining({ code: 'bad-usage' }))
  })
})

test('what is not named in the contract does not come through', () => {
  expect(parseArgs('listFiles', [{ ...query, sql: 'DROP', sources: [] }])).toEqual([query])
  expect(parseArgs('changeSource', ['s1', { isPaused: true }])).toEqual(['s1', { isPaused: true }])
})
