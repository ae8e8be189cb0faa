import { memorySource } from '../../../electron/formats/byte-source.ts'
import { FitFactsReader } from '../../../electron/formats/fit/facts.ts'
import { FitFraming } from '../../../electron/formats/fit/framing.ts'
import { glimpseRides } from '../../../electron/formats/glance.ts'
import type { Proof } from '../../../electron/formats/proof.ts'
import { proveRecording } from '../../../electron/formats/prove.ts'
import { quickLook } from '../../../electron/formats/quick-look.ts'
import { sniff } from '../../../electron/formats/sniff.ts'
import { readXml, type XmlElement } from '../../../electron/formats/workout/workout-xml.ts'
import { parseXmlTime, whyNoMoment } from '../../../electron/formats/xml/time.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { join } from '../../helpers/fit-writer.ts'
import { buildGpx } from '../../helpers/gpx-builder.ts'
import { buildTcx } from '../../helpers/tcx-builder.ts'
import { mutateFit } from '../mutate/fit.ts'
import { mutateLines } from '../mutate/lines.ts'
import { mutateXml } from '../mutate/xml.ts'
import { must, type FuzzTarget } from '../target.ts'
import { mustBeProof, orFormatError } from './promises.ts'

const startTime = '2026-11-21T08:00:00Z'
/** A glimpse sees so much of a file. */
const glimpsedBytes = 16_384
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export function fitSeeds(): readonly Uint8Array[] {
  const ride = buildFit({ startTime, recordEveryS: 20 })
  return [
    ride,
    buildFit({ startTime, recordEveryS: 30, littleEndian: false, headerSize: 12, sessions: 2 }),
    buildFit({ startTime, type: 'workout' }),
    buildFit({ startTime, type: 'course' }),
    buildFit({ startTime, type: null, withActivityMessage: false, withSessions: false, recordEveryS: 30 }),
    join([buildFit({ startTime, type: 'settings' }), ride]),
    ride.subarray(0, ride.length >> 1),
  ]
}

export function tcxSeeds(): readonly Uint8Array[] {
  return [
    buildTcx({ startTime, recordEveryS: 20 }),
    buildTcx({ startTime, recordEveryS: 30, activities: 2, sport: 'Running', withPositions: false }),
    buildTcx({ startTime, recordEveryS: 30, withTimes: false }),
    bytesOf(
      '<TrainingCenterDatabase><Courses><Course><Name>x</Name></Course></Courses></TrainingCenterDatabase>',
    ),
    bytesOf(
      '<TrainingCenterDatabase><Workouts><Workout Sport="Biking"/></Workouts><Author><Name>y</Name></Author></TrainingCenterDatabase>',
    ),
  ]
}

export function gpxSeeds(): readonly Uint8Array[] {
  return [
    buildGpx({ startTime, recordEveryS: 20 }),
    buildGpx({ startTime, recordEveryS: 30, activities: 2, withTimes: false }),
    bytesOf(
      '<gpx><wpt lat="1" lon="2"/><rte><rtept lat="1" lon="2"><time>2026-11-21T08:00:00Z</time></rtept></rte></gpx>',
    ),
    new Uint8Array(
      Buffer.from(
        `\uFEFF<gpx creator="x"><trk><trkpt><time>${startTime}</time></trkpt></trk></gpx>`,
        'utf16le',
      ),
    ),
  ]
}

/** The proof, the same whatever pieces the bytes come in. */
export async function proveBothWays(input: Uint8Array, fileName: string): Promise<Proof> {
  const proof = await proveRecording(memorySource(input), fileName)
  mustBeProof(proof)
  const pieces = input.length < 400 ? 1 + (input.length % 5) : 23 + (input.length % 1999)
  const other = await proveRecording(memorySource(input, pieces), fileName)
  must(sameWord(other) === sameWord(proof), 'a proof does not depend on the pieces it is read in')
  return proof
}

/** Of an XML with bytes that are no text, the piece with them may be told of whole or not at all. */
function sameWord(proof: Proof): string {
  const isXmlFault = proof.kind === 'damaged' && proof.format !== 'fit'
  return JSON.stringify(isXmlFault ? proof.kind : proof)
}

async function lookBothWays(input: Uint8Array, fileName: string): Promise<unknown> {
  const source = memorySource(input)
  const proof = await proveBothWays(input, fileName)
  const look = await quickLook(source)
  must(look === null || proof.kind !== 'activity', 'a file that the quick look refuses is no whole ride')
  const rides = await glimpseRides(source)
  for (const { startTime: at } of rides)
    must(at === null || !Number.isNaN(Date.parse(at)), 'a glimpsed start is a moment')
  if (proof.kind === 'activity' && input.length <= glimpsedBytes) {
    const seen = rides.map(ride => ride.startTime)
    must(
      seen.length === 1 && seen[0] === proof.facts.startTime,
      'a glimpse at a whole short ride sees the ride',
    )
  }
  return [sniff(input.subarray(0, 4096)), proof, look, rides]
}

function readFraming(input: Uint8Array, pieceBytes: number): unknown {
  const facts = new FitFactsReader()
  let parts = 0
  let messages = 0
  const ends: unknown[] = []
  const framing = new FitFraming({
    part: () => {
      parts++
      facts.part()
    },
    message: message => {
      const { definition, payload, timestamp } = message
      messages++
      must(payload.byteLength === definition.size, 'a payload is as long as its definition says')
      for (const { offset, size } of definition.fields)
        must(offset + size <= payload.byteLength, 'a field lies in its payload')
      must(timestamp === null || Number.isSafeInteger(timestamp), 'a timestamp is a whole number')
      facts.message(message)
    },
    partEnd: end => void ends.push(end),
  })
  for (let at = 0; at < input.length; at += pieceBytes) framing.push(input.slice(at, at + pieceBytes))
  const trailer = framing.finish()
  must(ends.length === parts, 'each part that begins also ends')
  must(messages < Math.max(1, input.length), 'no more messages are told of than there are bytes')
  must(framing.blankTail <= input.length, 'no more blanks than bytes')
  must(
    trailer === null || (trailer.bytes > 0 && trailer.bytes <= input.length),
    'what follows is part of the file',
  )
  return [parts, messages, ends, trailer, framing.blankTail, facts.fileType, facts.facts()]
}

function countElements(element: XmlElement, depth: number): number {
  must(depth <= 64, 'no element lies deeper than the cap')
  must(element.name === element.name.toLowerCase(), 'names are in lower case')
  must(element.text.length <= 3 * 4096, 'kept texts are short')
  return element.children.reduce((sum, child) => sum + countElements(child, depth + 1), 1)
}

const xmlFiles = (format: string): readonly string[] => [
  ...['prove-xml', 'reader', 'decode', 'track', 'time', 'sports', format].map(
    name => `electron/formats/xml/${name}.ts`,
  ),
  ...['electron/formats/prove.ts', 'electron/formats/glance.ts'],
]

export const activityTargets: readonly FuzzTarget[] = [
  {
    name: 'fit',
    files: [
      'electron/formats/fit/',
      'electron/formats/prove.ts',
      'electron/formats/quick-look.ts',
      'electron/formats/glance.ts',
    ],
    seeds: fitSeeds,
    mutate: mutateFit,
    run: input => lookBothWays(input, 'x.fit'),
  },
  {
    name: 'fit-framing',
    files: ['electron/formats/fit/'],
    seeds: fitSeeds,
    mutate: mutateFit,
    run: input => {
      const whole = readFraming(input, input.length + 1)
      const pieces = readFraming(input, 1 + (input.length % 37))
      must(JSON.stringify(whole) === JSON.stringify(pieces), 'framing does not depend on the pieces')
      return whole
    },
  },
  {
    name: 'tcx',
    files: xmlFiles('tcx'),
    seeds: tcxSeeds,
    mutate: mutateXml,
    run: input => lookBothWays(input, 'x.tcx'),
  },
  {
    name: 'gpx',
    files: xmlFiles('gpx'),
    seeds: gpxSeeds,
    mutate: mutateXml,
    run: input => lookBothWays(input, 'x.gpx'),
  },
  {
    name: 'xml',
    files: [
      'electron/formats/xml/reader.ts',
      'electron/formats/xml/decode.ts',
      'electron/formats/workout/workout-xml.ts',
    ],
    seeds: () => [
      ...gpxSeeds(),
      ...tcxSeeds().slice(3),
      bytesOf('<?xml version="1.0" encoding="ISO-8859-1"?><a b="c">d</a>'),
    ],
    mutate: mutateXml,
    run: input => orFormatError(() => countElements(readXml(input), 0)),
  },
  {
    name: 'xml-time',
    files: ['electron/formats/xml/time.ts'],
    seeds: () =>
      [
        '2026-11-21T08:00:00Z',
        ' 2026-11-21T08:00:00.123456+01:00 ',
        '2026-11-21 08:00',
        '+012026-11-21T08:00:00,5-0130',
      ].map(bytesOf),
    mutate: mutateLines(['Z', 'T', '+14:00', '.999999999999999999', '-23', '2026', '24:60:60']),
    run: input => {
      const ms = parseXmlTime(new TextDecoder().decode(input))
      if (ms === null) return null
      must(Number.isFinite(ms), 'a time is a number')
      if (whyNoMoment(ms) === null)
        must(/^(?:199|20)/.test(new Date(ms).toISOString()), 'a sensible moment can be written')
      return ms
    },
  },
]
