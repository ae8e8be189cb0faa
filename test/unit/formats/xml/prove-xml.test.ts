import { describe, expect, it, test } from 'vitest'
import { memorySource } from '../../../../electron/formats/byte-source.ts'
import { proveRecording } from '../../../../electron/formats/prove.ts'
import { join } from '../../../helpers/fit-writer.ts'
import { buildGpx } from '../../../helpers/gpx-builder.ts'
import { buildTcx } from '../../../helpers/tcx-builder.ts'

const startTime = '2026-11-20T06:31:00Z'
const spec = { startTime, durationS: 20, recordEveryS: 5 }
const tcx = text(buildTcx(spec))
const gpx = text(buildGpx(spec))
const prove = (content: string | Uint8Array, name = 'ride.tcx', chunkBytes = 700) =>
  proveRecording(memorySource(typeof content === 'string' ? utf8(content) : content, chunkBytes), name)

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
function utf8(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}
function utf16(content: string): Uint8Array {
  return new Uint8Array(Buffer.from(content, 'utf16le'))
}

const rideFacts = {
  startTime: '2026-11-20T06:31:00.000Z',
  startTimeMissing: null,
  durationS: 20,
  distanceM: 170,
  sport: 'cycling',
  subSport: null,
  device: 'Test Trainer',
  sessions: 1,
}

describe('a whole TCX or GPX', () => {
  it('is an activity with its facts, not final', async () => {
    expect(await prove(tcx)).toEqual({ kind: 'activity', format: 'tcx', isFinal: false, facts: rideFacts })
    const proof = await prove(gpx)
    expect(proof).toEqual({
      kind: 'activity',
      format: 'gpx',
      isFinal: false,
      // The builder goes north by 111,320 m a degree; the sphere of the reader has 111,195.
      facts: { ...rideFacts, distanceM: expect.closeTo(169.8, 1) as number },
    })
  })

  it('is the same however the bytes are cut into chunks', async () => {
    for (const chunkBytes of [1, 2, 3, 64]) {
      expect(await prove(tcx, 'a', chunkBytes)).toEqual(await prove(tcx))
      expect(await prove(utf16(`\uFEFF${gpx}`), 'a', chunkBytes)).toEqual(await prove(gpx))
    }
  })

  it('counts several activities, and adds up their times', async () => {
    expect(await prove(buildTcx({ ...spec, activities: 3 }))).toMatchObject({
      facts: { ...rideFacts, durationS: 60, distanceM: 510, sessions: 3 },
    })
  })

  it('needs no places: indoor rides have none', async () => {
    expect(await prove(buildTcx({ ...spec, withPositions: false }))).toMatchObject({ facts: rideFacts })
    expect(await prove(buildGpx({ ...spec, withPositions: false }))).toMatchObject({
      kind: 'activity',
      facts: { ...rideFacts, distanceM: null },
    })
  })

  test.each([
    ['Running', 'running'],
    ['Biking', 'cycling'],
    ['Other', null],
    ['mountain biking', 'cycling'],
    ['Yodelling', null],
  ])('of sport %s is %s', async (sport, word) => {
    expect(await prove(buildTcx({ ...spec, sport }))).toMatchObject({ facts: { sport: word } })
    expect(await prove(buildGpx({ ...spec, sport }))).toMatchObject({ facts: { sport: word } })
  })

  test.each<[string, string | Uint8Array]>([
    ['blanks before the declaration', `\r\n\n   ${tcx}`],
    ['a UTF-8 mark', `\uFEFF${tcx}`],
    ['a mark behind blanks', `\n\uFEFF ${tcx}`],
    ['UTF-16', utf16(`\uFEFF${tcx.replace('UTF-8', 'UTF-16')}`)],
    ['UTF-16 big-endian', new Uint8Array(Buffer.from(utf16(`\uFEFF${tcx}`)).swap16())],
    ['UTF-16 without a mark', utf16(tcx)],
    ['words of UTF-16 around UTF-8', tcx.replace('UTF-8', 'utf-16')],
    ['an undeclared prefix', tcx.replaceAll('<Intensity>Active</Intensity>', '<x:Mood>fine</x:Mood>')],
    ['all names prefixed', tcx.replace(/<(\/?)(?=[A-Z])/g, '<$1tcd:')],
    ['an undeclared entity', tcx.replace('Active', 'Active &nbsp; &sportiv;')],
    ['a DTD', tcx.replace('<Training', '<!DOCTYPE a [<!ENTITY b "c"> <!ELEMENT d (#PCDATA)>]><Training')],
    ['comments and CDATA', tcx.replace('Active', '<!-- <Time>x</Time> --><![CDATA[<Time>]]>')],
    [
      'times with offset, fraction and blanks',
      tcx.replace(/<Time>(.*?)T06(.*?)\.000Z/g, '<Time>\n $1T08$2.000400+02:00 '),
    ],
    ['other line ends', tcx.replaceAll('\n', '\r\n')],
    [
      'a multisport session',
      tcx
        .replace('<Activity ', '<MultiSportSession><FirstSport><Activity ')
        .replace('</Activity>', '</Activity></FirstSport></MultiSportSession>'),
    ],
  ])('may have %s', async (_name, content) => {
    expect(await prove(content)).toEqual({
      kind: 'activity',
      format: 'tcx',
      isFinal: false,
      facts: rideFacts,
    })
  })

  it('is read in the encoding it names, to its end', async () => {
    const long = text(buildTcx({ ...spec, durationS: 200 }))
    const named = long.replace('UTF-8', 'ISO-8859-1').replace('Test Trainer', 'Vélo 3')
    const proof = await prove(new Uint8Array(Buffer.from(named, 'latin1')), 'ride.tcx', 7)
    expect(named.indexOf('Vélo')).toBeGreaterThan(8192)
    expect(proof).toMatchObject({ kind: 'activity', facts: { device: 'Vélo 3', durationS: 200 } })
  })

  it('is known by its content, whatever its name', async () => {
    expect(await prove(gpx, 'ride.fit')).toMatchObject({ kind: 'activity', format: 'gpx' })
  })

  it('has no start time, with a reason, where the clock was wrong', async () => {
    expect(await prove(tcx.replaceAll('2026-', '1980-'))).toMatchObject({
      kind: 'activity',
      facts: { startTime: null, startTimeMissing: 'the clock was never set', durationS: 20 },
    })
    expect(await prove(gpx.replace(/<time>.*?</g, '<time>3 pm<'))).toMatchObject({
      kind: 'activity',
      facts: { startTime: null, startTimeMissing: 'its times cannot be read', durationS: null },
    })
  })
})

describe('places', () => {
  it('that do not exist are left out of the distance', async () => {
    const proof = await prove(gpx.replace(/lat="[^"]*"/, 'lat="100"'))
    expect(proof).toMatchObject({
      kind: 'activity',
      facts: { distanceM: expect.closeTo(127.4, 1) as number },
    })
  })

  it('that are all impossible make the file damaged, with what can be read', async () => {
    expect(await prove(gpx.replace(/lat="[^"]*"/g, 'lat="999"'))).toMatchObject({
      kind: 'damaged',
      code: 'bad-structure',
      detail: 'all its points lie outside the world',
      readable: { startTime: rideFacts.startTime },
    })
  })
})

describe('other XML', () => {
  const point = '<trkpt lat="1" lon="2"><ele>3</ele></trkpt>'
  test.each([
    [
      'a GPX of routes',
      '<gpx><rte><rtept lat="1" lon="2"><time>2026-11-20T06:31:00Z</time></rtept></rte></gpx>',
      'gpx',
      'route',
    ],
    [
      'a GPX of waypoints',
      '<gpx><wpt lat="1" lon="2"><time>2026-11-20T06:31:00Z</time></wpt></gpx>',
      'gpx',
      'route',
    ],
    ['an untimed track', `<gpx><trk><trkseg>${point}</trkseg></trk></gpx>`, 'gpx', 'route'],
    [
      'a track with a time of its file only',
      `<gpx><time>2026-11-20T06:31:00Z</time><trk>${point}</trk></gpx>`,
      'gpx',
      'route',
    ],
    ['an empty time', '<gpx><trk><trkpt lat="1" lon="2"><time/></trkpt></trk></gpx>', 'gpx', 'route'],
    ['a course', tcx.replaceAll('Activities', 'Courses').replaceAll('Activity', 'Course'), 'tcx', 'course'],
    [
      'a workout',
      '<TrainingCenterDatabase><Workouts><Workout Sport="Biking"/></Workouts></TrainingCenterDatabase>',
      'tcx',
      'workout',
    ],
    ['an activity without points', tcx.replace(/<Track>[^]*<\/Track>/, ''), 'tcx', 'other'],
    ['a trainer workout', '<workout_file><workout/></workout_file>', null, 'workout'],
    ['a web page', '<html><body>Sign in</body></html>', null, 'other'],
  ])('is no activity: %s', async (_name, content, format, what) => {
    expect(await prove(content)).toMatchObject({ kind: 'notActivity', format, content: what })
  })

  it('under the name of a FIT is a broken download', async () => {
    expect(await prove('<html><body>Sign in</body></html>', 'ride.fit')).toMatchObject({
      kind: 'damaged',
      code: 'unknown-format',
    })
  })
})

describe('a TCX or GPX that is not whole', () => {
  it('is never an activity before its closing element', async () => {
    for (const content of [tcx.trimEnd(), gpx.trimEnd(), utf16(`\uFEFF${gpx.trimEnd()}`)]) {
      for (let length = 0; length < content.length; length++)
        expect((await prove(content.slice(0, length))).kind).toBe('incomplete')
    }
  })

  it('has readable facts once there is a timed point', async () => {
    expect(await prove(tcx.slice(0, -100))).toMatchObject({
      kind: 'incomplete',
      format: 'tcx',
      code: 'cut-off',
      readable: { startTime: rideFacts.startTime, durationS: 20 },
    })
    expect(await prove(tcx.slice(0, 300))).toMatchObject({ code: 'cut-off', readable: null })
  })

  it('is incomplete while the place set aside for it is blank', async () => {
    const bytes = utf8(tcx)
    expect(await prove(join([bytes.subarray(0, 900), new Uint8Array(900)]))).toMatchObject({
      kind: 'incomplete',
      code: 'cut-off',
      detail: 'the end of the file is still blank',
    })
  })

  test.each<[string, string | Uint8Array]>([
    ['crossed elements', tcx.replace('</Lap>', '</Lop>')],
    ['a bare ampersand', tcx.replace('Active', 'a & b; c')],
    ['text behind the root', `${tcx}and more`],
    ['a second root', `${tcx}<gpx/>`],
    ['an attribute twice', tcx.replace('Sport=', 'Sport="a" Sport=')],
    ['bytes that are no UTF-8', Buffer.from(tcx.replace('Active', 'Äctive'), 'latin1')],
    ['an encoding nobody knows', tcx.replace('UTF-8', 'x-klingon')],
  ])('is damaged when it is not well-formed: %s', async (_name, content) => {
    expect(await prove(content)).toMatchObject({ kind: 'damaged', code: 'not-well-formed' })
  })
})

describe('XML made to harm', () => {
  it('is refused when it nests too deeply', async () => {
    expect(await prove(`<gpx>${'<a>'.repeat(100_000)}`)).toMatchObject({ kind: 'damaged', code: 'too-large' })
  })

  it('cannot make entities grow', async () => {
    const levels = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join(
      '',
    )
    const bomb = `<!DOCTYPE x [<!ENTITY e0 "ha">${levels}]>`
    const content = gpx.replace('<gpx ', `${bomb}<gpx `).replace('<ele>420</ele>', '<ele>&e9;</ele>')
    expect(await prove(content)).toMatchObject({ kind: 'activity', facts: { sport: 'cycling' } })
  })

  it('reads no file an entity points to', async () => {
    const outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    const content = gpx.replace('<gpx ', `${outside}<gpx `).replace('cycling', '&e;')
    expect(await prove(content)).toMatchObject({ kind: 'activity', facts: { sport: null } })
  })

  it('is refused when an element has thousands of attributes', async () => {
    const attributes = Array.from({ length: 5000 }, (_, n) => ` a${n}=""`).join('')
    expect(await prove(`<gpx${attributes}></gpx>`)).toMatchObject({ kind: 'damaged', code: 'too-large' })
  })

  it('is refused when one text or attribute goes on without end', async () => {
    const chunk = utf8('a'.repeat(65_536))
    for (const start of ['<gpx><name>', '<gpx creator="', '<!DOCTYPE ', '<gpx><!-- ']) {
      let sent = 0
      const source = {
        ...memorySource(utf8(start)),
        stream: async function* () {
          yield await Promise.resolve(utf8(start))
          for (;;) {
            sent += chunk.length
            yield chunk
          }
        },
      }
      expect(await proveRecording(source, 'a.gpx')).toMatchObject({ kind: 'damaged', code: 'too-large' })
      expect(sent).toBeLessThan(20 * 1024 * 1024)
    }
  })
})
