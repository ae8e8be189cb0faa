import { expect, test } from 'vitest'
import { placeWindow, type Place } from '../../../../electron/desktop/window/place-window.ts'

const place = (x: number, y: number, width: number, height: number): Place => ({ x, y, width, height })
const smallest = { width: 480, height: 420 }
const left = place(0, 0, 1920, 1040)
const right = place(1920, 0, 1920, 1080)
const above = place(0, -1080, 1920, 1080)

test.each([
  ['stays where it was', place(100, 100, 1100, 720), [left], place(100, 100, 1100, 720)],
  ['stays on the second screen', place(2000, 50, 1100, 720), [left, right], place(2000, 50, 1100, 720)],
  [
    'stays on a screen above, at negative places',
    place(10, -900, 1100, 720),
    [left, above],
    place(10, -900, 1100, 720),
  ],
  [
    'may hang over the side while it can be grabbed',
    place(1500, 100, 1100, 720),
    [left],
    place(1500, 100, 1100, 720),
  ],
  ['may hang over below', place(100, 900, 1100, 720), [left], place(100, 900, 1100, 720)],
  [
    'comes back from a screen that is gone, to the middle',
    place(2000, 50, 1100, 720),
    [left],
    place(410, 160, 1100, 720),
  ],
  [
    'comes back when its title bar is out of reach above',
    place(100, -300, 1100, 720),
    [left],
    place(100, 0, 1100, 720),
  ],
  ['comes back when only a sliver is left', place(1890, 100, 1100, 720), [left], place(820, 100, 1100, 720)],
  ['comes back from the left', place(-1060, 100, 1100, 720), [left], place(0, 100, 1100, 720)],
  ['shrinks to a smaller screen', place(0, 0, 1900, 1000), [place(0, 0, 1280, 680)], place(0, 0, 1280, 680)],
  ['grows to the least size', place(50, 60, 100, 100), [left], place(50, 60, 480, 420)],
  [
    'is smaller than the least on a tiny screen',
    place(0, 0, 480, 420),
    [place(0, 0, 320, 240)],
    place(0, 0, 320, 240),
  ],
])('%s', (_what, saved, areas, expected) => {
  expect(placeWindow(saved, areas, smallest)).toEqual(expected)
})

test('leaves the choice to the system where nothing is known', () => {
  expect(placeWindow(null, [left], smallest)).toBeNull()
  expect(placeWindow(place(0, 0, 500, 500), [], smallest)).toBeNull()
})
