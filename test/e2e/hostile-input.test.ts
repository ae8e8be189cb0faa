import { spawnSync } from 'node:child_process'
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { gzipBytes, zipBytes } from '../helpers/archive-builder.ts'
import { gzippedZeros, honestEntry, packedZeros, rawZip, type RawEntry } from '../helpers/hostile-archives.ts'
import { buildTcx } from '../helpers/tcx-builder.ts'
import { jsonOf } from './helpers/cli.ts'
import { outsideHome, told, watched } from './helpers/harm.ts'
import { endWorlds, makeWorld } from './helpers/home.ts'
import { put, ride, sha256 } from './helpers/rides.ts'
import { uploads } from './helpers/service-log.ts'

afterAll(endWorlds)

const isLinux = process.platform === 'linux'
if (!isLinux) console.log('SKIPPED: hostile files and names: pipes, devices and /proc are of Linux')
const mebibyte = 1_048_576

const sentence = /^[A-Z].{10,}[.)]$/su

/** A ride that begins at a moment of its own, as XML. */
const tcx = (number: number): string =>
  Buffer.from(buildTcx({ startTime: `2026-03-0${number}T06:00:00Z`, serial: number })).toString('utf8')

const withDoctype = (xml: string, doctype: string, used: string): string =>
  xml
    .replace(/^(<\?xml[^>]*>)/, `$1\n<!DOCTYPE x [${doctype}]>`)
    .replace('Test Trainer', `Test Trainer${used}`)

const laughs = Array.from(
  { length: 10 },
  (_, level) => `<!ENTITY lol${level + 1} "${level === 0 ? 'lol' : `&lol${level};`.repeat(10)}">`,
).join('')

test.skipIf(!isLinux)(
  'archives and XML made to harm cost neither memory nor the ride beside them',
  async () => {
    const world = await makeWorld()
    const { source } = world
    const zeros = packedZeros(300)
    const bomb = (name: string, size = 300 * mebibyte): RawEntry => ({ name, packed: zeros, size })
    const many = Array.from({ length: 100_000 }, (_, number) => ({
      ...{ name: `${number}.fit`, packed: new Uint8Array(), isStored: true, size: 0 },
    }))
    const wanted: Record<string, string> = {}
    const add = (name: string, bytes: Uint8Array | string, state: string): void => {
      put(source, name, bytes)
      wanted[name] = state
    }
    add('good.fit', ride(1), 'uploaded sent')
    add('bomb.fit.gz', gzippedZeros(300), 'held damaged')
    add('bomb.zip', rawZip([bomb('a.fit')]), 'held damaged')
    add('two-bombs.zip', rawZip([bomb('a.fit'), bomb('b.fit')]), 'held damaged')
    add('says-little.zip', rawZip([bomb('a.fit', 10)]), 'held damaged')
    add('says-much.zip', rawZip([{ ...honestEntry('a.fit', ride(2)), size: 4_000_000_000 }]), 'held damaged')
    add(
      'overlapping.zip',
      rawZip([
        { name: '0.fit', packed: packedZeros(40), size: 40 * mebibyte },
        ...Array.from({ length: 20 }, (_, number) => ({
          ...{ name: `${number + 1}.fit`, packed: packedZeros(40), size: 40 * mebibyte, sharesWith: 0 },
        })),
      ]),
      'held damaged',
    )
    add('many.zip', rawZip(many, { isZip64: true }), 'held damaged')
    add(
      'claims-many.zip',
      rawZip([honestEntry('a.fit', ride(3))], { claimedEntries: 60_000 }),
      'held damaged',
    )
    add(
      'nested.zip',
      zipBytes([{ name: 'in.zip', bytes: rawZip([bomb('a.fit')]) }]),
      'notActivity no-activity-inside',
    )
    add('nested.fit.gz', gzipBytes(gzippedZeros(300)), 'notActivity not-activity')
    add('bomb-and-ride.zip', rawZip([bomb('a.fit'), honestEntry('ride.fit', ride(4))]), 'held damaged')
    add('laughs.tcx', withDoctype(tcx(1), laughs, '&lol10;'), 'uploaded sent')
    add(
      'quadratic.tcx',
      withDoctype(tcx(2), `<!ENTITY a "${'a'.repeat(30_000)}">`, '&a;'.repeat(10_000)),
      'uploaded sent',
    )
    add(
      'outside.tcx',
      withDoctype(tcx(3), '<!ENTITY passwd SYSTEM "file:///etc/passwd">', '&passwd;'),
      'uploaded sent',
    )
    add(
      'parameter.tcx',
      withDoctype(tcx(4), '<!ENTITY % dtd SYSTEM "http://127.0.0.1:9/x.dtd"> %dtd;', ''),
      'uploaded sent',
    )
    add('deep.gpx', `<gpx>${'<trk>'.repeat(200_000)}`, 'held damaged')
    add('long-tag.gpx', `<gpx ${'a="b" '.repeat(200_000)}>`, 'held damaged')
    add('no-end.gpx', `<gpx><desc>${'a'.repeat(20 * mebibyte)}`, 'held damaged')
    // It says so itself, and holds nothing else: on the disk it takes one block.
    const huge = openSync(join(source, 'huge.fit'), 'wx')
    const header = Buffer.from(ride(5).subarray(0, 14))
    header.writeUInt32LE(1024 * mebibyte - 16, 4)
    writeSync(huge, header)
    ftruncateSync(huge, 1024 * mebibyte)
    closeSync(huge)
    // Old enough that nobody writes it any more.
    const longAgo = new Date(Date.now() - 30 * 3_600_000)
    utimesSync(join(source, 'huge.fit'), longAgo, longAgo)
    wanted['huge.fit'] = 'held damaged'
    for (const name of Object.keys(wanted)) utimesSync(join(source, name), longAgo, longAgo)

    await world.addSource(source, '--backfill', 'all')
    const outside = outsideHome(world)
    const { end, peak } = await watched(world.start('sync', '--json'))
    const files = await world.files()
    expect(told(world, files)).toEqual(wanted)
    console.log(`peak ${Math.round(peak)} MiB`)
    expect(peak).toBeLessThan(300)
    expect(jsonOf(end)).toMatchObject({ errors: [] })
    for (const file of files) expect(file.reason).toMatch(sentence)
    const why = await world.why(join(source, 'bomb-and-ride.zip'))
    expect(why.entries?.map(entry => `${entry.path}: ${entry.state}`)).toEqual([
      'a.fit: held',
      'ride.fit: uploaded',
    ])
    // The rides, and nothing else, are on the service, as they were.
    const expected = [
      ride(1),
      ride(4),
      ...['laughs', 'quadratic', 'outside', 'parameter'].map(name =>
        readFileSync(join(source, `${name}.tcx`)),
      ),
    ]
    expect(
      uploads(world.service)
        .map(post => post.fileSha256)
        .toSorted(),
    ).toEqual(expected.map(sha256).toSorted())
    expect(outsideHome(world)).toEqual(outside)
    expect(readdirSync(join(world.home, 'profiles', 'default', 'staging'))).toEqual([])
  },
)

test.skipIf(!isLinux)(
  'a folder of everything that is no plain file is read for its rides alone',
  async () => {
    const world = await makeWorld()
    const { source } = world
    const elsewhere = world.folder('elsewhere')
    const secret = put(elsewhere, 'outside.fit', ride(1))
    put(source, 'good.fit', ride(2))
    const link = (to: string, name: string): void => symlinkSync(to, join(source, name))
    link(secret, 'link.fit')
    link(elsewhere, 'linked folder')
    link('/proc', 'proc')
    link('/dev/zero', 'zero.fit')
    link('loop.fit', 'loop.fit')
    link('.', 'itself')
    link('../Rides', 'and again')
    link('nowhere', 'broken.fit')
    const pipes = ['pipe.fit', 'pipe.zip', 'pipe.gpx']
    expect(
      spawnSync(
        'mkfifo',
        pipes.map(name => join(source, name)),
      ).status,
    ).toBe(0)
    const socket = createServer()
    await new Promise<void>(resolve => socket.listen(join(source, 'socket.fit'), resolve))
    const device = spawnSync('mknod', [join(source, 'device.fit'), 'c', '1', '5'])
    if (device.status !== 0) console.log('SKIPPED: a device in the folder: only root may make one')
    mkdirSync(join(source, 'folder.fit'))
    put(join(source, 'folder.fit'), 'inside.fit', ride(3))
    mkdirSync(join(source, 'folder.zip'))
    const eight = join(source, '1/2/3/4/5/6/7/8')
    mkdirSync(join(eight, '9'), { recursive: true })
    put(eight, 'deep.fit', ride(4))
    put(join(eight, '9'), 'too deep.fit', ride(5))
    const junk = world.folder('Rides/junk')
    for (let number = 0; number < 10_000; number += 1)
      writeFileSync(join(junk, `${number}.${number % 2 === 0 ? 'txt' : 'fit.crdownload'}`), '')
    const hidden = world.folder('Rides/.hidden')
    put(hidden, 'hidden.fit', ride(6))

    await world.addSource(source, '--backfill', 'all')
    const before = outsideHome(world)
    const { end, peak } = await watched(world.start('sync', '--json'))
    socket.close()
    expect(jsonOf(end)).toMatchObject({ uploaded: 3, errors: [] })
    expect(end.code).toBe(0)
    expect(peak).toBeLessThan(300)
    expect(told(world, await world.files())).toEqual({
      'good.fit': 'uploaded sent',
      'folder.fit/inside.fit': 'uploaded sent',
      '1/2/3/4/5/6/7/8/deep.fit': 'uploaded sent',
    })
    const sockets = (path: string): boolean => !path.includes('socket.fit')
    expect(outsideHome(world).filter(sockets)).toEqual(before.filter(sockets))
  },
)
