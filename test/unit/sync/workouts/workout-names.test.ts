import { describe, expect, test } from 'vitest'
import { plainAscii, workoutFileName } from '../../../../electron/sync/workouts/workout-names.ts'

const nameOf = (name: string, id = '51820044'): string =>
  workoutFileName({ id, date: '2026-11-22', name }, 'zwo')

describe('workoutFileName', () => {
  test.each([
    ['Threshold 3x8', '2026-11-22 Threshold 3x8 51820044.zwo'],
    ['', '2026-11-22 51820044.zwo'],
    ['  . .. ', '2026-11-22 51820044.zwo'],
    ['../../etc/passwd', '2026-11-22 etc passwd 51820044.zwo'],
    ['..\\..\\Windows\\win.ini', '2026-11-22 Windows win.ini 51820044.zwo'],
    ['CON', '2026-11-22 CON 51820044.zwo'],
    ['a:b*c?"d<e>f|g', '2026-11-22 a b c d e f g 51820044.zwo'],
    ['line\r\nbreak\u0000 and\ttab', '2026-11-22 line break and tab 51820044.zwo'],
    ['Sweet spot... ', '2026-11-22 Sweet spot 51820044.zwo'],
    ['Größe Łódź Øre', '2026-11-22 Grosse Lodz Ore 51820044.zwo'],
    ['4×4 – Étape', '2026-11-22 4x4 - Etape 51820044.zwo'],
    ['間歇訓練 🚴', '2026-11-22 51820044.zwo'],
    ['‮owz.exe', '2026-11-22 owz.exe 51820044.zwo'],
    ["5x3' @120%", "2026-11-22 5x3' @120 51820044.zwo"],
  ])('makes %j safe', (name, expected) => {
    expect(nameOf(name)).toBe(expected)
  })

  test('keeps within 100 bytes, with the whole id and extension', () => {
    const name = nameOf('Very long '.repeat(50))
    expect(name.length).toBeLessThanOrEqual(100)
    expect(name).toMatch(/^2026-11-22 Very long .* 51820044\.zwo$/)
  })

  test('tells two events of one name and day apart', () => {
    expect(nameOf('Endurance', '1')).not.toBe(nameOf('Endurance', '2'))
  })

  test.each(['../1', '1/..', '', 'a'.repeat(90), 'é'])(
    'never lets the id %j make a path or a long name',
    id => {
      const name = nameOf('Ride', id)
      expect(name).toMatch(/^2026-11-22 Ride [A-Za-z0-9_-]+\.zwo$/)
      expect(name.length).toBeLessThanOrEqual(100)
      expect(name).not.toBe(nameOf('Ride', `${id}x`))
    },
  )

  test('takes a name of dots and blanks without end for what it is', () => {
    // A pattern that looks for the end from each place needs half a minute for this one.
    const endless = nameOf(`x${'. '.repeat(100_000)}y`)
    expect(endless).toBe(nameOf(`x${'. '.repeat(100)}y`))
    expect(endless.length).toBeLessThanOrEqual(100)
  })

  test('never takes a date for more than a date', () => {
    const event = { id: '7', date: '../../2026', name: 'Ride' }
    expect(workoutFileName(event, 'fit')).toBe('undated Ride 7.fit')
  })

  test('numbers the names beside a foreign file', () => {
    const event = { id: '7', date: '2026-11-22', name: 'Ride' }
    expect(workoutFileName(event, 'erg', 2)).toBe('2026-11-22 Ride 7 2.erg')
  })
})

test('plain ASCII is left as it is', () => {
  expect(plainAscii('Ride #1 (easy)')).toBe('Ride #1 (easy)')
})
