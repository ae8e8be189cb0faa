import { describe, expect, test } from 'vitest'
import { ActReader } from '../../torture/trace/act-reader.ts'
import type { Act, Tree } from '../../torture/trace/acts.ts'
import { CallReader, hexOf } from '../../torture/trace/read-calls.ts'

const start: Tree = { folders: ['/r', '/r/home'], files: new Map([['/r/home/old', new Uint8Array(5)]]) }
const path = (name: string): string => `"${hexOf(name)}"`
const on = (number: number, name: string): string => `${number}<${hexOf(name)}>`
const here = `AT_FDCWD<${hexOf('/work')}>`

/** What lines of strace, without thread and moment, tell; texts in them are plain. */
function actsOf(...lines: readonly string[]): readonly Act[] {
  const calls = new CallReader()
  const acts = new ActReader(['/r'], start)
  return lines.flatMap((line, place) => {
    const text = /^\d/.test(line) ? line : `7 ${place}.5 ${line}`
    const call = calls.read(text)
    return call === null ? [] : (acts.read(call) ?? [])
  })
}

const a = Buffer.from('a')

test('tells a file that is written under one name, flushed, and given another', () => {
  const acts = actsOf(
    `openat(${here}, ${path('/r/home/new.tmp')}, O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0600) = ${on(21, '/r/home/new.tmp')}`,
    `write(${on(21, '/r/home/new.tmp')}, "\\x61\\x62", 2) = 1`,
    `write(${on(21, '/r/home/new.tmp')}, "\\x62", 1) = 1`,
    `fsync(${on(21, '/r/home/new.tmp')}) = 0`,
    `close(${on(21, '/r/home/new.tmp')}) = 0`,
    `rename(${path('/r/home/new.tmp')}, ${path('/r/home/new')}) = 0`,
    `openat(${here}, ${path('/r/home')}, O_RDONLY|O_CLOEXEC) = ${on(21, '/r/home')}`,
    `fsync(${on(21, '/r/home')}) = 0`,
  )
  expect(acts).toEqual([
    { kind: 'create', at: 0.5, path: '/r/home/new.tmp', file: 2 },
    { kind: 'write', at: 1.5, file: 2, offset: 0, bytes: a },
    { kind: 'write', at: 2.5, file: 2, offset: 1, bytes: Buffer.from('b') },
    { kind: 'flush', at: 3.5, file: 2 },
    { kind: 'rename', at: 5.5, from: '/r/home/new.tmp', to: '/r/home/new' },
    { kind: 'flush folder', at: 7.5, path: '/r/home' },
  ])
})

test('knows where in a file is written: at a place, at the end, or where the last write ended', () => {
  const old = on(9, '/r/home/old')
  const acts = actsOf(
    `openat(${here}, ${path('/r/home/old')}, O_RDWR|O_CREAT, 0600) = ${old}`,
    `pwrite64(${old}, "\\x61", 1, 4096) = 1`,
    `write(${old}, "\\x61", 1) = 1`,
    `ftruncate(${old}, 3) = 0`,
    `openat(${here}, ${path('/r/home/old')}, O_WRONLY|O_APPEND) = ${on(10, '/r/home/old')}`,
    `write(${on(10, '/r/home/old')}, "\\x61", 1) = 1`,
  )
  expect(acts.map(act => (act.kind === 'write' ? act.offset : act.kind))).toEqual([4096, 0, 'truncate', 3])
})

test('puts together what strace tells in two lines', () => {
  const acts = actsOf(
    `7 1.5 rename(${path('/r/home/old')}, ${path('/r/home/x')} <unfinished ...>`,
    `8 1.6 mkdir(${path('/r/home/f')}, 0700) = 0`,
    '7 1.7 <... rename resumed>) = 0',
    `7 1.8 mkdir(${path('/r/home/g')},  <unfinished ...>`,
    `8 1.9 unlink(${path('/r/home/x')}) = 0`,
    '7 2.0 <... mkdir resumed>0700) = 0',
  )
  expect(acts).toEqual([
    { kind: 'make folder', at: 1.6, path: '/r/home/f' },
    { kind: 'rename', at: 1.5, from: '/r/home/old', to: '/r/home/x' },
    { kind: 'remove', at: 1.9, path: '/r/home/x' },
    { kind: 'make folder', at: 1.8, path: '/r/home/g' },
  ])
})

describe('takes no notice of', () => {
  test.each([
    ['calls that failed', [`unlink(${path('/r/home/old')}) = -1 ENOENT (No such file or directory)`]],
    ['calls in which the thread died', [`unlink(${path('/r/home/old')}) = ?`]],
    ['other folders', [`mkdir(${path('/elsewhere/x')}, 0700) = 0`, `mkdir(${path('/rest')}, 0700) = 0`]],
    [
      'files that are only read',
      [`openat(${here}, ${path('/r/ride.fit')}, O_RDONLY) = ${on(5, '/r/ride.fit')}`],
    ],
    ['sockets that are taken off', [`unlink(${path('/r/home/control.sock')}) = 0`]],
    [
      'a connection that has got the number of a closed file',
      [
        `openat(${here}, ${path('/r/home/old')}, O_RDWR) = ${on(9, '/r/home/old')}`,
        `close(${on(9, '/r/home/old')}) = 0`,
        `write(${on(9, 'socket:[1]')}, "\\x61", 1) = 1`,
      ],
    ],
  ])('%s', (_what, lines) => {
    expect(actsOf(...lines)).toEqual([])
  })
})

test('a number that was given again before its close was told stays open', () => {
  const acts = actsOf(
    `7 1.0 openat(${here}, ${path('/r/home/old')}, O_RDWR) = ${on(9, '/r/home/old')}`,
    `7 1.1 close(${on(9, '/r/home/old')} <unfinished ...>`,
    `8 1.2 openat(${here}, ${path('/r/home/n')}, O_RDWR|O_CREAT, 0600) = ${on(9, '/r/home/n')}`,
    '7 1.3 <... close resumed>) = 0',
    `8 1.4 pwrite64(${on(9, '/r/home/n')}, "\\x61", 1, 0) = 1`,
  )
  expect(acts.map(act => act.kind)).toEqual(['create', 'write'])
})

test('a change that is not understood is no silent gap', () => {
  expect(() => actsOf(`link(${path('/r/home/old')}, ${path('/r/home/two')}) = 0`)).toThrow(
    'not understood: link',
  )
  const open = `openat(${here}, ${path('/r/home/old')}, O_RDWR) = ${on(9, '/r/home/old')}`
  expect(() => actsOf(open, `writev(${on(9, '/r/home/old')}, [], 0) = 3`)).toThrow('not understood: writev')
  expect(() => actsOf(open, `write(${on(9, '/r/home/old')}, "\\x61"..., 9) = 9`)).toThrow('cut a text short')
})
