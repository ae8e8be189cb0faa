import { describe, expect, test } from 'vitest'
import { sniff } from '../../../electron/formats/sniff.ts'
import { gzipBytes, zipBytes } from '../../helpers/archive-builder.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { join } from '../../helpers/fit-writer.ts'
import { buildGpx } from '../../helpers/gpx-builder.ts'
import { buildTcx } from '../../helpers/tcx-builder.ts'

const startTime = '2026-11-20T06:31:00Z'
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())

describe('sniff', () => {
  test.each([
    ['a FIT with a 14 byte header', buildFit({ startTime }), 'fit'],
    ['a FIT with a 12 byte header', buildFit({ startTime, headerSize: 12 }), 'fit'],
    ['a TCX', buildTcx({ startTime }), 'xml'],
    ['a GPX', buildGpx({ startTime }), 'xml'],
    ['blanks before the declaration', utf8('\r\n\t  <?xml version="1.0"?>'), 'xml'],
    ['a UTF-8 mark', utf8('\uFEFF<gpx>'), 'xml'],
    ['a UTF-8 mark behind blanks', utf8('\n\uFEFF\n<gpx>'), 'xml'],
    ['UTF-16 with a mark', utf16('\uFEFF<?xml'), 'xml'],
    ['UTF-16 big-endian with a mark', utf16be('\uFEFF <?xml'), 'xml'],
    ['UTF-16 without a mark', utf16('<gpx>'), 'xml'],
    ['UTF-16 big-endian without a mark', utf16be('<gpx>'), 'xml'],
    ['a comment first', utf8('<!-- made by hand --><gpx/>'), 'xml'],
    ['a lone angle bracket', utf8('<'), 'xml'],
    ['a gzip', gzipBytes(utf8('x')), 'gzip'],
    ['a zip', zipBytes([{ name: 'a', bytes: utf8('x') }]), 'zip'],
    ['an empty zip', zipBytes([]), 'zip'],
    ['nothing', new Uint8Array(0), 'empty'],
    ['zeros', new Uint8Array(512), 'zeros'],
    ['zeros before content', join([new Uint8Array(14), utf8('x')]), 'unknown'],
    ['plain text', utf8('bla bla'), 'unknown'],
    ['an arrow', utf8('<3 cycling'), 'unknown'],
    ['half a FIT header', buildFit({ startTime }).subarray(0, 11), 'unknown'],
    ['a FIT signature in the wrong place', utf8('.FIT and more of it'), 'unknown'],
  ])('%s', (_name, head, kind) => {
    expect(sniff(head)).toBe(kind)
  })
})
