import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import { archivePath, archiveRecording, readArchived } from '../../../../electron/sync/activities/archive.ts'
import type { Disk } from '../../../../electron/sync/ports/disk.ts'
import { gzipBytes } from '../../../helpers/archive-builder.ts'
import { fitRide, sha256Of } from '../../../helpers/rides.ts'

let root: string
const disk = nodeDisk()
const ride = fitRide()
const sha256 = sha256Of(ride)
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'musette-archive-'))
  await disk.makeFolder(join(root, 'staging'))
  await disk.makeFolder(join(root, 'archive'))
  writeFileSync(join(root, 'staging', 'x'), ride)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const target = (): string => archivePath(join(root, 'archive'), sha256, 'fit')
const archive = (on: Disk = disk): Promise<void> =>
  archiveRecording(on, {
    ...{
      stagedPath: join(root, 'staging', 'x'),
      archiveFolder: join(root, 'archive'),
      sha256,
      format: 'fit',
    },
  })
const staged = (): readonly string[] => readdirSync(join(root, 'staging'))

async function readAll(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readArchived(disk, target(), sha256)) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

test('the copy lies under its hash, gzipped, and reads back as it was', async () => {
  await archive()
  expect(target()).toBe(join(root, 'archive', sha256.slice(0, 2), `${sha256}.fit.gz`))
  expect(new Uint8Array(gunzipSync(readFileSync(target())))).toEqual(ride)
  expect([await readAll(), staged()]).toEqual([ride, []])
})

// Found by the simulation (seed 1011): one who was killed after the rename left a name that a power cut would take.
test('a copy that is there already is made safe all the same', async () => {
  await archive()
  writeFileSync(join(root, 'staging', 'x'), ride)
  const flushed: string[] = []
  await archive({
    ...disk,
    flushFolder: folder => {
      flushed.push(folder)
      return disk.flushFolder(folder)
    },
  })
  expect(flushed).toEqual([join(root, 'archive', sha256.slice(0, 2)), join(root, 'archive')])
})

test('a whole copy that is there is kept', async () => {
  await archive()
  utimesSync(target(), 1, 1)
  writeFileSync(join(root, 'staging', 'x'), ride)
  await archive()
  expect([statSync(target()).mtimeMs, staged()]).toEqual([1000, []])
})

test.each([
  ['cut', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 20)],
  ['of other bytes', () => gzipBytes(fitRide('2026-01-01T08:00:00Z'))],
  ['no gzip', () => new Uint8Array(100)],
  ['empty', () => new Uint8Array(0)],
])('a copy that is %s is made anew', async (_, harm) => {
  await archive()
  writeFileSync(target(), harm(readFileSync(target())))
  writeFileSync(join(root, 'staging', 'x'), ride)
  await archive()
  expect(await readAll()).toEqual(ride)
})

describe('a copy that cannot be made', () => {
  test('leaves no part of itself on a full disk', async () => {
    const full: Disk = {
      ...disk,
      create: async path => ({
        ...(await disk.create(path)),
        flush: () => Promise.reject(new AppError('disk-full', 'ENOSPC', 'retry', { file: path })),
      }),
    }
    await expect(archive(full)).rejects.toMatchObject({ code: 'disk-full' })
    expect([staged(), existsSync(target())]).toEqual([['x'], false])
  })

  test('does not count when the disk gives back other bytes than it took', async () => {
    const lying: Disk = {
      ...disk,
      rename: async (from, to) => {
        const bytes = readFileSync(from)
        bytes[bytes.length - 12] = (bytes[bytes.length - 12] ?? 0) ^ 1
        writeFileSync(from, bytes)
        await disk.rename(from, to)
      },
    }
    await expect(archive(lying)).rejects.toMatchObject({ code: 'archive-damaged' })
    expect([existsSync(target()), staged()]).toEqual([false, ['x']])
  })
})

test('the last piece of wrong bytes is never handed over', async () => {
  await disk.makeFolder(join(root, 'archive', sha256.slice(0, 2)))
  const other = fitRide('2026-01-01T08:00:00Z')
  writeFileSync(target(), gzipBytes(other))
  let bytes = 0
  const reading = (async () => {
    for await (const chunk of readArchived(disk, target(), sha256)) bytes += chunk.length
  })()
  await expect(reading).rejects.toMatchObject({ code: 'archive-damaged' })
  expect(bytes).toBeLessThan(other.length)
})
