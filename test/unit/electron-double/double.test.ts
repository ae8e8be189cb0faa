import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { describe, expect, test } from 'vitest'
import { fromChromium, toChromium } from '../../electron-double/chromium.ts'
import { refuseUnknown, strict } from '../../electron-double/strict.ts'
import { decode, encode } from '../../electron-double/wire.ts'
import { renderDoubleTable } from '../../e2e/desktop/behaviours.ts'

const folder = 'test/electron-double'

test('the double stays under 1,000 lines', () => {
  const lines = readdirSync(folder).map(
    name => readFileSync(join(folder, name), 'utf8').split('\n').length - 1,
  )
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(1000)
})

test('docs/electron-double.md is what the conformance specs say', async () => {
  const path = 'docs/electron-double.md'
  const options = (await resolveConfig(path)) ?? {}
  const expected = await format(renderDoubleTable(), { ...options, parser: 'markdown' })
  expect(readFileSync(path, 'utf8')).toBe(expected)
})

describe('what is not modelled is refused', () => {
  const tray: { image: string; title?: string } = strict('Tray', { image: 'idle' })

  test('reading a member', () => {
    expect(tray.image).toBe('idle')
    expect(() => tray.title).toThrow('does not model Tray.title')
  })

  test('setting a member', () => {
    expect(() => (tray.title = 'x')).toThrow('does not model Tray.title')
  })

  test('an option', () => {
    const known = ['width']
    expect(() => refuseUnknown('BrowserWindow option', { width: 1, kiosk: true }, known)).toThrow(
      'does not model BrowserWindow option kiosk',
    )
  })

  test.each([
    ['a date', { at: new Date(0) }],
    ['a map', [new Map()]],
    ['bytes', new Uint8Array(2)],
    ['what is no number', [Number.NaN]],
    ['a bigint', [1n]],
  ])('sending %s', (_what, value) => {
    expect(() => encode(value)).toThrow('does not send')
  })
})

test('messages arrive as they were sent', () => {
  const message = { list: [1, null, undefined, 'é\u0000', { deep: [true, -1.5] }], none: null }
  expect(decode(encode(message))).toEqual(message)
  expect(decode(encode(undefined))).toBeUndefined()
})

test.each([
  ['app://musette/index.html?a=1#b', 'https://musette.app-scheme.test/index.html?a=1#b'],
  ['app://musette', 'https://musette.app-scheme.test'],
  ['https://intervals.icu/', 'https://intervals.icu/'],
  ['data:text/html,app://x', 'data:text/html,app://x'],
])('%s is %s in Chromium, and back', (own, inChromium) => {
  expect(toChromium(own, new Set(['app']))).toBe(inChromium)
  expect(fromChromium(inChromium)).toBe(own)
})
