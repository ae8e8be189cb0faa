import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diskError } from '../../../electron/adapters/disk-errors.ts'
import { nodeDisk } from '../../../electron/adapters/node-disk.ts'

let root: string
const disk = nodeDisk()
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'musette-disk-')))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))
const at = (name: string): string => join(root, name)

/** Where a link leads; null where it is gone. */
function linkOf(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

test.each([
  ['ENOENT', 'missing'],
  ['ENOTDIR', 'missing'],
  ['ENODEV', 'missing'],
  ['ESTALE', 'missing'],
  ['EACCES', 'unreadable'],
  ['EPERM', 'unreadable'],
  ['EROFS', 'unreadable'],
  ['EBUSY', 'busy'],
  ['EEXIST', 'exists'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EIO', 'disk-error'],
])('%s is told as %s, with the file and its cause', (code, word) => {
  const cause = Object.assign(new Error('x'), { code })
  expect(diskError(cause, '/f')).toMatchObject({ name: 'AppError', code: word, file: '/f', cause })
})

test('lists files, folders and links as what they are', async () => {
  writeFileSync(at('file'), '')
  mkdirSync(at('folder'))
  symlinkSync(at('folder'), at('link'))
  const entries = await disk.list(root)
  expect(entries.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'file', kind: 'file' },
    { name: 'folder', kind: 'folder' },
    { name: 'link', kind: 'link' },
  ])
})

test('nothing there is null, and a link is not followed in its last part', async () => {
  mkdirSync(at('folder'))
  symlinkSync(at('folder'), at('link'))
  symlinkSync(at('nowhere'), at('dangling'))
  expect([await disk.stat(at('none')), await disk.realPath(at('none'))]).toEqual([null, null])
  expect([(await disk.stat(at('link')))?.kind, await disk.realPath(at('link'))]).toEqual([
    'link',
    at('folder'),
  ])
  expect([(await disk.stat(at('dangling')))?.kind, await disk.realPath(at('dangling'))]).toEqual([
    'link',
    null,
  ])
})

test('a stat tells changes within a millisecond, and who a file is after a rename', async () => {
  writeFileSync(at('a'), 'x')
  utimesSync(at('a'), 1000, 1000.0001)
  const before = await disk.stat(at('a'))
  await disk.rename(at('a'), at('b'))
  const after = await disk.stat(at('b'))
  expect(before?.mtimeMs).toBeCloseTo(1_000_000.1, 3)
  expect(after).toMatchObject({ identity: before?.identity, size: 1, mtimeMs: before?.mtimeMs })
})

describe('an open file', () => {
  test('is read in any place, no further than it was long when it was opened', async () => {
    writeFileSync(at('a'), '0123456789')
    const file = await disk.openRead(at('a'))
    appendFileSync(at('a'), 'more')
    const text = async (from: number, length: number) => Buffer.from(await file.read(from, length)).toString()
    expect([await text(0, 4), await text(8, 10), await text(20, 5), await text(0, -1)]).toEqual([
      ...['0123', '89', '', ''],
    ])
    expect([file.size, (await file.stat()).size]).toEqual([10, 14])
    await file.close()
    await file.close()
  })

  test.skipIf(process.platform !== 'linux')(
    `is open for reading only${process.platform === 'linux' ? '' : ' (SKIPPED: only Linux tells how a file is open)'}`,
    async () => {
      writeFileSync(at('a'), 'x')
      const file = await disk.openRead(at('a'))
      const ours = readdirSync('/proc/self/fd').filter(fd => linkOf(`/proc/self/fd/${fd}`) === at('a'))
      const modes = ours.map(
        fd => /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1],
      )
      await file.close()
      // The last two bits: 0 reads, 1 writes, 2 does both.
      expect(modes.map(flags => Number.parseInt(flags ?? '', 8) & 3)).toEqual([0])
    },
  )

  test('streams every byte of a large file, in order', async () => {
    const bytes = Buffer.alloc(600_000, 'abcdefg')
    writeFileSync(at('a'), bytes)
    const file = await disk.openRead(at('a'))
    const chunks: Uint8Array[] = []
    for await (const chunk of file.stream()) chunks.push(chunk)
    await file.close()
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
    expect(chunks.length).toBeGreaterThan(1)
  })

  test('gives what is left of a file that was cut meanwhile', async () => {
    writeFileSync(at('a'), '0123456789')
    const file = await disk.openRead(at('a'))
    truncateSync(at('a'), 3)
    expect(Buffer.from(await file.read(0, 10)).toString()).toBe('012')
    await file.close()
  })
})

test('a new file must be new, is for its owner only, and holds what was written', async () => {
  const file = await disk.create(at('a'))
  await file.write(Buffer.from('one '))
  await file.write(Buffer.from('two'))
  await file.flush()
  await file.close()
  await file.close()
  expect([readFileSync(at('a'), 'utf8'), statSync(at('a')).mode & 0o777]).toEqual(['one two', 0o600])
  await expect(disk.create(at('a'))).rejects.toMatchObject({ code: 'exists', file: at('a') })
})

test('what is not there is said so, but need not be removed', async () => {
  await expect(disk.list(at('none'))).rejects.toMatchObject({ code: 'missing', file: at('none') })
  await expect(disk.openRead(at('none'))).rejects.toMatchObject({ code: 'missing' })
  await expect(disk.rename(at('none'), at('b'))).rejects.toMatchObject({ code: 'missing' })
  await expect(disk.remove(at('none'))).resolves.toBeUndefined()
})

test('folders are made with those above, flushed, and measured', async () => {
  await disk.makeFolder(at('a/b/c'))
  await disk.makeFolder(at('a/b/c'))
  await disk.flushFolder(at('a/b'))
  const { freeBytes, totalBytes } = await disk.space(root)
  expect(statSync(at('a/b/c')).mode & 0o777).toBe(0o700)
  expect(freeBytes > 0 && freeBytes <= totalBytes).toBe(true)
  writeFileSync(at('file'), '')
  await expect(disk.makeFolder(at('file'))).rejects.toMatchObject({
    ...{
      code: 'folder-refused',
      file: at('file'),
      message: expect.stringContaining('is no folder') as unknown,
    },
  })
})
