import { describe, expect, test } from 'vitest'
import { readErg, readMrc } from '../../../../electron/formats/workout/read-course.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const course = (data: string, header = '', text = ''): Uint8Array =>
  bytes(
    `[COURSE HEADER]\r\nDESCRIPTION = Test\r\n${header}[END COURSE HEADER]\r\n[COURSE DATA]\r\n${data}` +
      `[END COURSE DATA]\r\n${text}`,
  )

describe('courses', () => {
  test('an ERG file is steps in watts', () => {
    const file = course(
      '0.0\t100\r\n5.5\t100\r\n5.5\t200\r\n10\t250\r\n10\tLAP\r\n',
      'FTP = 260\r\nMINUTES WATTS\r\n',
      '[COURSE TEXT]\r\n90\tGo\t10\r\n[END COURSE TEXT]\r\n',
    )
    expect(readErg(file)).toEqual({
      kind: 'workout',
      workout: {
        name: 'Test',
        unit: 'watts',
        steps: [
          { kind: 'steady', durationS: 330, power: 100, cadence: null },
          { kind: 'ramp', durationS: 270, from: 200, to: 250, cadence: null },
        ],
        cues: [{ atS: 90, text: 'Go' }],
      },
    })
  })

  test('an MRC file is steps in fractions of FTP', () => {
    expect(readMrc(course('0 50\n4 50\n4 90\n7 90\n'))).toMatchObject({
      workout: {
        unit: 'ftp',
        steps: [
          { durationS: 240, power: 0.5 },
          { durationS: 180, power: 0.9 },
        ],
      },
    })
  })

  test.each([
    ['MINUTES PERCENT\r\n', 'ftp'],
    ['MINUTES\tFTP\r\n', 'ftp'],
    ['MINUTES WATTS\r\n', 'watts'],
  ])('the header %j decides the unit', (header, unit) => {
    const file = course('0 50\n4 50\n', header)
    expect([readErg(file), readMrc(file)]).toMatchObject([{ workout: { unit } }, { workout: { unit } }])
  })

  test('a jump that is not quite at one minute is no step', () => {
    expect(readErg(course('0 50\n4 50\n4.000001 90\n7 90\n'))).toMatchObject({
      workout: {
        steps: [
          { durationS: 240, power: 50 },
          { durationS: 180, power: 90 },
        ],
      },
    })
  })

  test.each([
    ['an empty file', bytes(''), 'empty'],
    ['no data', bytes('[COURSE HEADER]\n[END COURSE HEADER]\n'), 'bad-structure'],
    ['data without its end', bytes('[COURSE DATA]\n0 50\n4 50\n'), 'cut-off'],
    ['time going back', course('0 50\n4 50\n3 50\n'), 'bad-structure'],
    ['a line that is no point', course('0 50\nfour fifty\n'), 'bad-structure'],
    ['one point', course('0 50\n'), 'bad-structure'],
    ['a time that seconds cannot hold', course('0 50\n1e308 50\n'), 'too-large'],
  ])('finds fault with %s', (_, file, code) => {
    expect(readErg(file)).toMatchObject({ kind: 'fault', code })
  })
})
