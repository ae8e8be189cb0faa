import { expect, test } from 'vitest'
import type { EngineRequestName } from '../../../electron/host/engine-requests.ts'
import { isRequestName, parseRequest } from '../../../electron/host/parse-requests.ts'
import { AppError } from '../../../shared/app-error.ts'

const source = { folder: '/rides', backfill: { kind: 'none' }, name: null }
const trainer = { folder: '/zwift', format: 'zwo', days: 7, sports: null, name: 'Zwift' }
const file = { name: 'ride.fit', workingFolder: '/rides' }
const apiKey = { kind: 'apiKey', key: 'k' }

test.each<[EngineRequestName, unknown]>([
  ['verify', { credential: apiKey }],
  ['verify', { credential: { kind: 'bearer', token: 't' } }],
  ['useCredential', { credential: null, account: null }],
  ['useCredential', { credential: apiKey, account: { id: 'i1', name: 'Ada', connections: [] } }],
  ['useCredential', { credential: apiKey, account: { id: 'i1', name: null, connections: [] } }],
  ['addSource', source],
  ['addSource', { ...source, backfill: { kind: 'all' }, name: 'Edge' }],
  ['addSource', { ...source, backfill: { kind: 'since', at: '2026-01-01T00:00:00.000Z' } }],
  ['removeSource', { id: 's1' }],
  ['pauseSource', { id: 's1', isPaused: true }],
  ['pauseSource', { id: 's1', isPaused: false }],
  ['addTrainer', trainer],
  ['addTrainer', { ...trainer, format: 'fit', days: 0, sports: ['Ride'], name: null }],
  ['removeTrainer', { id: 't1' }],
  ['retryFile', file],
  ['ignoreFile', file],
  ['uploadAnyway', file],
])('reads %s %j as it is', (name, raw) => {
  expect(parseRequest(name, raw)).toEqual(raw)
})

test.each<EngineRequestName>(['sync', 'status', 'wake'])('%s takes nothing, whatever comes with it', name => {
  expect(parseRequest(name, { surprise: true })).toBe(null)
})

test('leaves out what no request has', () => {
  expect(parseRequest('removeSource', { id: 's1', force: true })).toEqual({ id: 's1' })
})

test.each<[EngineRequestName, unknown, string]>([
  ['verify', null, 'no fields'],
  ['verify', {}, 'no fields'],
  ['verify', { credential: { kind: 'password', key: 'k' } }, 'credential'],
  ['verify', { credential: { kind: 'apiKey', token: 't' } }, 'key'],
  ['useCredential', { credential: null }, 'no fields'],
  ['useCredential', { credential: null, account: { name: 'Ada' } }, 'id'],
  ['useCredential', { credential: null, account: { id: 'i1', name: 1 } }, 'name'],
  ['addSource', 'folder', 'no fields'],
  ['addSource', { ...source, folder: 1 }, 'folder'],
  ['addSource', { ...source, backfill: null }, 'no fields'],
  ['addSource', { ...source, backfill: { kind: 'some' } }, 'backfill'],
  ['addSource', { ...source, backfill: { kind: 'since' } }, 'at'],
  ['addSource', { folder: '/rides', backfill: { kind: 'none' } }, 'name'],
  ['removeSource', {}, 'id'],
  ['pauseSource', { id: 's1' }, 'isPaused'],
  ['pauseSource', { id: 's1', isPaused: 'no' }, 'isPaused'],
  ['addTrainer', { ...trainer, format: 'gpx' }, 'format'],
  ['addTrainer', { ...trainer, days: 29 }, 'days'],
  ['addTrainer', { ...trainer, days: -1 }, 'days'],
  ['addTrainer', { ...trainer, days: 1.5 }, 'days'],
  ['addTrainer', { ...trainer, days: '7' }, 'days'],
  ['addTrainer', { ...trainer, sports: 'Ride' }, 'sports'],
  ['addTrainer', { ...trainer, sports: ['Ride', 1] }, 'sports'],
  ['removeTrainer', { id: null }, 'id'],
  ['retryFile', { name: 'a' }, 'workingFolder'],
  ['ignoreFile', { workingFolder: '/' }, 'name'],
  ['uploadAnyway', undefined, 'no fields'],
])('refuses %s %j, naming what is wrong: %s', (name, raw, what) => {
  const expected = new AppError('bad-usage', `a request is malformed: ${what}`, 'give-up')
  expect(() => parseRequest(name, raw)).toThrow(expected)
})

test.each([
  ['sync', true],
  ['uploadAnyway', true],
  ['eraseEverything', false],
  ['toString', false],
  ['__proto__', false],
  ['constructor', false],
])('%s is a request: %s', (name, known) => {
  expect(isRequestName(name)).toBe(known)
})
