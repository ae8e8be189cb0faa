import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { trayImageName } from '../../../../electron/desktop/tray/tray-image-name.ts'
import { progressText, trayFace, trayStates } from '../../../../electron/desktop/tray/tray-state.ts'
import { needView, snapshotMs, sourceView } from '../../../helpers/snapshot-parts.ts'
import { countsOf, snapshotOf } from '../../../helpers/window/snapshots.ts'

const progress = { name: 'a.fit', sourceName: 'Zwift', sentBytes: 1, totalBytes: 4, done: 0, total: 1 }
const calm = snapshotOf({ sources: [sourceView()], lastLookAt: '2026-11-21T17:59:00.000Z' })

test.each([
  ['idle', {}],
  ['syncing', { isWorking: true, progress, counts: countsOf({ uploading: 1 }) }],
  ['paused', { pause: { kind: 'untilResumed' } }],
  ['offline', { troubles: [{ code: 'offline', message: 'No connection.', file: null }] }],
  ['attention', { needs: [needView()], needsCount: 1, counts: countsOf({ held: 1 }) }],
  ['attention', { sources: [sourceView({ health: 'unreadable' })] }],
  ['signedOut', { account: { kind: 'none' } }],
  ['signedOut', { account: { kind: 'signedOut', id: 'i1', name: null, why: 'signed-out', message: 'x' } }],
] as const)('is %s', (state, change) => {
  expect(trayFace({ ...calm, ...change }, snapshotMs).state).toBe(state)
})

test('says in words what the picture says, with progress', () => {
  const { text } = trayFace(
    { ...calm, isWorking: true, progress, counts: countsOf({ uploading: 1 }) },
    snapshotMs,
  )
  expect(text).toMatch(/^Musette: .+ \(1 of 1, 25 %\)$/)
})

test.each([
  [{ sentBytes: 0, totalBytes: 0, done: 0, total: 2 }, '1 of 2, 0 %'],
  [{ sentBytes: 9, totalBytes: 4, done: 2, total: 2 }, '2 of 2, 100 %'],
])('progress %j', (change, text) => {
  expect(progressText({ progress: { ...progress, ...change } })).toBe(text)
})

test.each(['linux', 'win32', 'darwin'] as const)(
  'there is a picture for each state on %s, in both sizes',
  platform => {
    const names = trayStates.flatMap(state =>
      [true, false].map(isDark => trayImageName(platform, state, isDark)),
    )
    const files = names.flatMap(name => [name, name.replace('.png', '@2x.png')])
    expect(files.filter(name => !existsSync(join('build', 'tray', name)))).toEqual([])
  },
)

test('macOS takes templates, whatever the theme; elsewhere the ink follows the panel', () => {
  expect(trayImageName('darwin', 'idle', true)).toBe('idleTemplate.png')
  expect(trayImageName('win32', 'paused', true)).toBe('paused-onDark.png')
  expect(trayImageName('linux', 'paused', false)).toBe('paused-onLight.png')
})
