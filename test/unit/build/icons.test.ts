import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { trayStates, trayVariants } from '../../../build/tray-images.ts'
import { readPng } from '../../helpers/read-png.ts'

const trayPng = (name: string) => readPng(readFileSync(`build/tray/${name}.png`))

/** Which pixels are more there than not. */
function mask(name: string): readonly boolean[] {
  const { rgba, width, height } = trayPng(name)
  return Array.from({ length: width * height }, (_, pixel) => (rgba[pixel * 4 + 3] ?? 0) > 127)
}

const differing = (one: readonly boolean[], other: readonly boolean[]): number =>
  one.filter((isThere, place) => isThere !== other[place]).length

const pairs = trayStates.flatMap((one, place) =>
  trayStates.slice(place + 1).map(other => [one, other] as const),
)
const images = trayStates.flatMap(state => trayVariants.map(({ suffix }) => `${state}${suffix}`))

describe('tray images', () => {
  test.each(images)('%s is there at 16 and at 32 pixels', name => {
    expect(trayPng(name)).toMatchObject({ width: 16, height: 16 })
    expect(trayPng(`${name}@2x`)).toMatchObject({ width: 32, height: 32 })
  })

  test('there are no others', () => {
    const expected = images.flatMap(name => [`${name}.png`, `${name}@2x.png`])
    expect(readdirSync('build/tray').sort()).toEqual(expected.sort())
  })

  test.each(pairs)('%s and %s are different shapes at 16 pixels, whatever their colour', (one, other) => {
    expect(differing(mask(`${one}Template`), mask(`${other}Template`))).toBeGreaterThanOrEqual(12)
  })

  test.each(trayStates)('%s has one shape on light and dark panels', state => {
    expect(mask(`${state}-onDark`)).toEqual(mask(`${state}-onLight`))
    expect(mask(`${state}Template`)).toEqual(mask(`${state}-onLight`))
  })

  test.each(trayStates.flatMap(state => [`${state}Template`, `${state}Template@2x`]))(
    '%s is black and alpha alone, as macOS wants it',
    name => {
      const { rgba } = trayPng(name)
      expect(rgba.filter((value, place) => place % 4 !== 3 && value !== 0)).toHaveLength(0)
      expect(rgba.some((value, place) => place % 4 === 3 && value === 255)).toBe(true)
    },
  )

  test.each(trayStates)(
    '%s is drawn on the pixels at 16: most of them are wholly there or not at all',
    state => {
      const { rgba } = trayPng(`${state}Template`)
      const soft = rgba.filter((value, place) => place % 4 === 3 && value > 0 && value < 255).length
      expect(soft).toBeLessThan(16 * 16 * 0.25)
    },
  )
})

test('the app icon has 1024 pixels and see-through corners', () => {
  const { width, height, rgba } = readPng(readFileSync('build/icons/icon.png'))
  expect([width, height, rgba[3]]).toEqual([1024, 1024, 0])
})

test('all images together stay small', () => {
  const bytes = readdirSync('build/tray').reduce((sum, name) => sum + statSync(`build/tray/${name}`).size, 0)
  expect(bytes + statSync('build/icons/icon.png').size).toBeLessThan(120_000)
})
