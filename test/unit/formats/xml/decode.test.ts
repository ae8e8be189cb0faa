import { expect, test } from 'vitest'
import { memorySource } from '../../../../electron/formats/byte-source.ts'
import { proveRecording } from '../../../../electron/formats/prove.ts'
import { XmlDecoder } from '../../../../electron/formats/xml/decode.ts'
import { join } from '../../../helpers/fit-writer.ts'
import { buildTcx } from '../../../helpers/tcx-builder.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const noText = Uint8Array.of(0xff, 0xfe)
const tcx = new TextDecoder().decode(
  buildTcx({ startTime: '2026-11-20T06:31:00Z', durationS: 20, recordEveryS: 5 }),
)

test.each([1, 9, 100_000])(
  'gives the text before the first bad bytes, and nothing behind them (by %d)',
  by => {
    const bytes = join([utf8(`<a>${'ü'.repeat(5000)}`), noText, utf8('</a>')])
    const decoder = new XmlDecoder()
    let text = ''
    for (let at = 0; at < bytes.length; at += by) text += decoder.push(bytes.subarray(at, at + by))
    text += decoder.finish()
    expect(text).toBe(`<a>${'ü'.repeat(5000)}`)
    expect(decoder.fault?.code).toBe('not-well-formed')
  },
)

test('half a character at the very end is no fault', () => {
  const decoder = new XmlDecoder()
  expect(decoder.push(utf8('<a>ü').subarray(0, -1)) + decoder.finish()).toBe('<a>')
  expect(decoder.fault).toBeNull()
})

test('bad bytes late in a ride leave what stands before them readable, in whatever pieces it is read', async () => {
  const at = tcx.lastIndexOf('<Trackpoint>')
  const short = join([utf8(tcx.slice(0, at)), noText, utf8(tcx.slice(at))])
  const long = join([utf8(`<!--${'x'.repeat(5000)}-->`), short.subarray(tcx.indexOf('?>') + 2)])
  for (const content of [short, long])
    for (const chunkBytes of [1, 64, 65_536])
      expect(await proveRecording(memorySource(content, chunkBytes), 'a.tcx')).toMatchObject({
        ...{
          kind: 'damaged',
          format: 'tcx',
          code: 'not-well-formed',
          detail: 'it holds bytes that are no text',
        },
        readable: { startTime: '2026-11-20T06:31:00.000Z', durationS: 20 },
      })
})
