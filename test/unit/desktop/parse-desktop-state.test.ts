import { expect, test } from 'vitest'
import { freshDesktopState, parseDesktopState } from '../../../electron/desktop/parse-desktop-state.ts'

const state = {
  window: { place: { x: -5, y: 6, width: 700, height: 600 }, isMaximized: true },
  lastFolders: { source: '/rides' },
  isStartWanted: true,
  rides: { startsAt: { zwift: [1, 2] }, toldAfter: { zwift: 2 } },
}

test('reads what was written', () => {
  expect(parseDesktopState(JSON.stringify(state))).toEqual(state)
})

test.each(['', 'not json', 'null', '[]', '7', '{}'])('%j is a fresh start', text => {
  expect(parseDesktopState(text)).toEqual(freshDesktopState)
})

test.each([
  ['a place without a size', { window: { place: { x: 1, y: 2 } } }],
  ['a size of nothing', { window: { place: { x: 1, y: 2, width: 0, height: 5 } } }],
  ['numbers that are none', { window: { place: { x: '1', y: null, width: 3, height: 4 } } }],
  ['folders that are no texts', { lastFolders: { source: 7 } }],
  ['a switch that is no switch', { isStartWanted: 'yes' }],
  ['rides that are none', { rides: { startsAt: { a: 'x' }, toldAfter: { a: 'x' } } }],
])('leaves out %s', (_what, raw) => {
  expect(parseDesktopState(JSON.stringify(raw))).toEqual(freshDesktopState)
})
