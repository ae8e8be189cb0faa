import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import {
  examineFile,
  largestBytes,
  type ExamineRequest,
} from '../../../../electron/sync/activities/examine.ts'
import type { Disk } from '../../../../electron/sync/ports/disk.ts'
import { gzipBytes, zipBytes } from '../../../helpers/archive-builder.ts'
import { buildFit } from '../../../helpers/fit-builder.ts'
import { join as concat } from '../../../helpers/fit-writer.ts'
import { buildGpx } from '../../../helpers/gpx-builder.ts'
import { fitRide, sha256Of, tcxRide, unfinished } from '../../../helpers/rides.ts'

let root: string
const disk = nodeDisk()
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'musette-examine-'))
  await disk.makeFolder(join(root, 'staging'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const staged = (): readonly string[] => readdirSync(join(root, 'staging'))

function examine(name: string, bytes: Uint8Array | string, other: Partial<ExamineRequest> = {}, on = disk) {
  const path = join(root, name)
  writeFileSync(path, bytes)
  return examineFile(on, {
    ...{ path, stagingFolder: join(root, 'staging'), stagingName: 'x', keepStaged: true, isForced: false },
    ...other,
  })
}

const longRide = buildFit({ startTime: '2026-11-21T08:00:00Z', durationS: 600 })
const withZeros = (bytes: Uint8Array, count: number): Uint8Array => concat([bytes, new Uint8Array(count)])
const gpx = buildGpx({ startTime: '2026-11-21T08:00:00Z', recordEveryS: 20 })

test.each([
  ['a.fit', fitRide(), fitRide(), 'fit', true],
  ['a.tcx', tcxRide(), tcxRide(), 'tcx', false],
  ['a.gpx', gpx, gpx, 'gpx', false],
  ['a.fit.gz', gzipBytes(fitRide()), fitRide(), 'fit', true],
  ['padded.fit.gz', withZeros(gzipBytes(longRide), 2000), longRide, 'fit', true],
  ['lies.gpx', fitRide(), fitRide(), 'fit', true],
  ['lies.fit', gzipBytes(tcxRide()), tcxRide(), 'tcx', false],
] as const)('%s is staged unpacked, hashed and proved', async (name, bytes, ride, format, isFinal) => {
  const found = await examine(name, bytes)
  if (found.kind !== 'examined') throw new Error(found.kind)
  const [item] = found.items
  expect([found.isZip, found.items.length, item?.sha256, item?.bytes, item?.entry]).toEqual([
    ...[false, 1, sha256Of(ride), ride.length, null],
  ])
  expect(item?.proof).toMatchObject({ kind: 'activity', format, isFinal })
  expect(new Uint8Array(readFileSync(item?.stagedPath ?? ''))).toEqual(ride)
  expect(staged()).toHaveLength(1)
})

test('a gzip of which the end is not written yet is not finished', async () => {
  const gzip = gzipBytes(longRide)
  for (const blank of [8, 40, gzip.length >> 1]) {
    const found = await examine(`${blank}.fit.gz`, gzip.slice().fill(0, gzip.length - blank))
    if (found.kind !== 'examined') throw new Error(found.kind)
    expect(found.items.map(({ proof, stagedPath }) => [proof.kind, stagedPath])).toEqual([
      ['incomplete', null],
    ])
  }
})

test('of a zip each ride is staged by itself; names in it are only names', async () => {
  const bytes = zipBytes([
    { name: '../../evil.fit', bytes: fitRide() },
    { name: 'deep/inner.gz', bytes: gzipBytes(fitRide()) },
    { name: 'deep/inner.fit.gz', bytes: gzipBytes(fitRide()) },
    { name: 'half.fit', bytes: unfinished(fitRide()) },
  ])
  const found = await examine('a.zip', bytes)
  if (found.kind !== 'examined') throw new Error(found.kind)
  expect(found.items.map(item => [item.entry, item.baseName, item.proof.kind])).toEqual([
    ['../../evil.fit', 'evil', 'activity'],
    ['deep/inner.fit.gz', 'inner', 'notActivity'],
    ['half.fit', 'half', 'incomplete'],
  ])
  expect(readdirSync(root).toSorted()).toEqual(['a.zip', 'staging'])
  expect(found.items[0]?.stagedPath?.startsWith(join(root, 'staging'))).toBe(true)
})

describe('nothing is left in staging', () => {
  test.each<[string, string, Uint8Array | string, Partial<ExamineRequest>]>([
    ['for a baseline', 'a.fit.gz', gzipBytes(fitRide()), { keepStaged: false }],
    [
      'for a baseline of a zip',
      'a.zip',
      zipBytes([{ name: 'a.fit', bytes: fitRide() }]),
      { keepStaged: false },
    ],
    ['of what is no ride', 'a.gpx', '<gpx><wpt lat="1" lon="1"/></gpx>', {}],
    ['of a gzip that is cut', 'a.fit.gz', gzipBytes(fitRide()).subarray(0, 200), { isForced: true }],
    ['of an empty file', 'a.fit', '', {}],
  ])('%s', async (_, name, bytes, other) => {
    const found = await examine(name, bytes, other)
    expect([found.kind, staged()]).toEqual(['examined', []])
  })

  test('when the disk fills up', async () => {
    const full: Disk = {
      ...disk,
      create: async path => ({
        ...(await disk.create(path)),
        write: () => Promise.reject(new AppError('disk-full', 'ENOSPC', 'retry', { file: path })),
      }),
    }
    const found = await examine('a.fit', fitRide(), {}, full)
    expect([found, staged()]).toEqual([{ kind: 'notNow', code: 'trouble', detail: 'ENOSPC' }, []])
  })
})

test('a file that changes while it is read is left for later', async () => {
  const path = join(root, 'a.fit')
  const changing: Disk = {
    ...disk,
    create: async staging => {
      appendFileSync(path, 'more')
      return disk.create(staging)
    },
  }
  const found = await examine('a.fit', fitRide(), {}, changing)
  expect([found, staged()]).toEqual([{ kind: 'notNow', code: 'changing', detail: '' }, []])
})

// Some file systems keep no time of change, and some programs put back the time of writing.
test.each(['size', 'mtimeMs', 'ctimeMs'] as const)(
  'a file of which only the %s is another afterwards is left for later',
  async field => {
    const changing: Disk = {
      ...disk,
      openRead: async path => {
        const file = await disk.openRead(path)
        let looks = 0
        const stat = async () => {
          const seen = await file.stat()
          looks += 1
          return { ...seen, [field]: seen[field] + looks - 1 }
        }
        return path.endsWith('a.fit') ? { ...file, stat } : file
      },
    }
    const found = await examine('a.fit', fitRide(), {}, changing)
    expect([found, staged()]).toEqual([{ kind: 'notNow', code: 'changing', detail: '' }, []])
  },
)

test('a file that was cut between its opening and the first look is left for later', async () => {
  const cut: Disk = {
    ...disk,
    openRead: async path => {
      const file = await disk.openRead(path)
      return path.endsWith('a.tcx') ? { ...file, size: file.size + 100 } : file
    },
  }
  const found = await examine('a.tcx', tcxRide(), {}, cut)
  expect([found, staged()]).toEqual([{ kind: 'notNow', code: 'changing', detail: '' }, []])
})

test('every file that is opened is closed again, whatever is in it and whatever happens', async () => {
  let open = 0
  const counting: Disk = {
    ...disk,
    openRead: async path => {
      const file = await disk.openRead(path)
      open += 1
      const close = async () => {
        open -= 1
        await file.close()
      }
      return { ...file, close }
    },
  }
  const full = { ...counting, create: () => Promise.reject(new AppError('disk-full', 'ENOSPC', 'retry')) }
  const zip = zipBytes([{ name: 'a.fit', bytes: fitRide() }])
  for (const [name, bytes, on] of [
    ['a.fit', fitRide(), counting],
    ['half.fit', unfinished(fitRide()), counting],
    ['a.fit.gz', gzipBytes(fitRide()), counting],
    ['cut.fit.gz', gzipBytes(longRide).subarray(0, 300), counting],
    ['a.zip', zip, counting],
    ['b.fit', fitRide(), full],
  ] as const) {
    await examine(name, bytes, { stagingName: name }, on)
    expect([name, open]).toEqual([name, 0])
  }
})

test('trouble with our own copy is not told as the state of the source', async () => {
  const lost: Disk = {
    ...disk,
    create: path => Promise.reject(new AppError('missing', 'ENOENT', 'retry', { file: path })),
  }
  expect(await examine('a.fit', fitRide(), {}, lost)).toEqual({
    ...{ kind: 'notNow', code: 'trouble', detail: 'ENOENT' },
  })
})

test('an entry that cannot be unpacked costs no ride beside it', async () => {
  const zip = zipBytes([
    { name: 'bad.fit', bytes: fitRide('2026-11-20T08:00:00Z') },
    { name: 'good.fit', bytes: fitRide() },
  ])
  // Its checksum, in the list at the end: 16 bytes into the entry's record.
  const list = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  zip.set([(zip[list + 16] ?? 0) ^ 1], list + 16)
  const found = await examine('a.zip', zip)
  if (found.kind !== 'examined') throw new Error(found.kind)
  expect(found.items.map(item => [item.entry, item.proof.kind])).toEqual([
    ['bad.fit', 'incomplete'],
    ['good.fit', 'activity'],
  ])
  // Of the bad one nothing is left lying about.
  expect(staged()).toHaveLength(1)
})

test.each(['busy', 'missing', 'unreadable'] as const)('a source that is %s is said so', async code => {
  const failing: Disk = {
    ...disk,
    openRead: path => Promise.reject(new AppError(code, 'no', 'retry', { file: path })),
  }
  expect(await examine('a.fit', fitRide(), {}, failing)).toEqual({ kind: 'notNow', code, detail: 'no' })
})

test('a file larger than any ride is not copied', async () => {
  const huge: Disk = {
    ...disk,
    openRead: async path => ({ ...(await disk.openRead(path)), size: largestBytes + 1 }),
  }
  const path = join(root, 'a.tcx')
  writeFileSync(path, tcxRide())
  // The stat tells the same size, or it would count as changing.
  const opened = await huge.openRead(path)
  const stat = { ...(await opened.stat()), size: largestBytes + 1 }
  await opened.close()
  const found = await examine(
    'a.tcx',
    tcxRide(),
    {},
    {
      ...huge,
      openRead: async name => ({ ...(await huge.openRead(name)), stat: () => Promise.resolve(stat) }),
    },
  )
  if (found.kind !== 'examined') throw new Error(found.kind)
  expect(found.items[0]?.proof).toMatchObject({ kind: 'incomplete', code: 'too-large' })
  expect(staged()).toEqual([])
})

test('a damaged file is staged only where it is asked for anyway', async () => {
  const half = unfinished(fitRide())
  const plain = await examine('a.fit', half)
  expect([plain.kind === 'examined' ? plain.items[0]?.stagedPath : '', staged()]).toEqual([null, []])
  const forced = await examine('a.fit', half, { isForced: true })
  expect(forced.kind === 'examined' ? forced.items[0]?.sha256 : '').toBe(sha256Of(half))
  expect(staged()).toHaveLength(1)
})
