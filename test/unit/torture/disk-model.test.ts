import { describe, expect, test } from 'vitest'
import { simRandom } from '../../sim/random.ts'
import { bytesFates } from '../../torture/power/file-bytes.ts'
import { namesFates } from '../../torture/power/file-names.ts'
import { DiskModel, hashOfTree, type CutWay } from '../../torture/power/disk-model.ts'
import type { Act, Tree } from '../../torture/trace/acts.ts'

const start: Tree = { folders: ['/r', '/r/h'], files: new Map([['/r/h/old', Buffer.from('old')]]) }
const seeds = Array.from({ length: 40 }, (_, seed) => seed)

/** What moments come after each other without saying so. */
type Undated = Act extends infer One ? (One extends Act ? Omit<One, 'at'> : never) : never

function modelOf(acts: readonly Undated[]): DiskModel {
  const model = new DiskModel('/r', start)
  for (const [at, act] of acts.entries()) model.apply({ ...act, at })
  return model
}

/** Every state that cuts can leave, in words: each file with its bytes as a text. */
function statesOf(acts: readonly Undated[], ways: readonly CutWay[]): ReadonlySet<string> {
  const model = modelOf(acts)
  return new Set(ways.flatMap(way => seeds.map(seed => told(model.after(way, simRandom(seed))))))
}

function told({ files }: Tree): string {
  const texts = [...files].map(([path, bytes]) => `${path.slice(5)}=${Buffer.from(bytes).toString('latin1')}`)
  return texts.sort().join(' ')
}

const everyWay = namesFates.flatMap(names => bytesFates.map(bytes => ({ names, bytes })))

const create = { kind: 'create', path: '/r/h/new', file: 2 } as const
const write = { kind: 'write', file: 2, offset: 0, bytes: Buffer.from('new') } as const
const flush = { kind: 'flush', file: 2 } as const
const flushNames = { kind: 'flush folder', path: '/r/h' } as const

describe('after a power cut', () => {
  test('what was flushed, bytes and name, is there whatever becomes of the rest', () => {
    expect([...statesOf([create, write, flush, flushNames], everyWay)]).toEqual(['new=new old=old'])
  })

  test('bytes that were not flushed are there, absent or zeros', () => {
    const states = statesOf([create, flushNames, write], everyWay)
    expect(states).toEqual(new Set(['new=new old=old', 'new= old=old', 'new=\0\0\0 old=old']))
  })

  test('a name whose folder was not flushed is there or not', () => {
    expect(statesOf([create, write, flush], everyWay)).toEqual(new Set(['old=old', 'new=new old=old']))
  })

  test('a rename that was not flushed leaves the old file under its name, or the new one', () => {
    const renamed = { kind: 'rename', from: '/r/h/new', to: '/r/h/old' } as const
    const states = statesOf([create, write, flush, flushNames, renamed], everyWay)
    expect(states).toEqual(new Set(['new=new old=old', 'old=new']))
  })

  test('a rename before the flush of the bytes may leave an empty file under the name', () => {
    const renamed = { kind: 'rename', from: '/r/h/new', to: '/r/h/old' } as const
    const states = statesOf([create, write, renamed, flushNames], everyWay)
    expect(states).toContain('old=')
  })

  test('what lies in a folder whose own name was lost is lost', () => {
    const acts = [
      { kind: 'make folder', path: '/r/h/f' },
      { kind: 'create', path: '/r/h/f/x', file: 2 },
      flush,
      { kind: 'flush folder', path: '/r/h/f' },
    ] as const
    expect(statesOf(acts, everyWay)).toEqual(new Set(['old=old', 'f/x= old=old']))
    expect([...statesOf([...acts, flushNames], everyWay)]).toEqual(['f/x= old=old'])
  })

  test('a removal that was not flushed may be undone', () => {
    const removed = { kind: 'remove', path: '/r/h/old' } as const
    expect(statesOf([removed], everyWay)).toEqual(new Set(['old=old', '']))
    expect([...statesOf([removed, flushNames], everyWay)]).toEqual([''])
  })

  test('what was written after a flush began is not safe by it', () => {
    const model = new DiskModel('/r', start)
    model.apply({ kind: 'write', at: 5, file: 1, offset: 0, bytes: Buffer.from('new') })
    model.apply({ kind: 'flush', at: 4, file: 1 })
    expect(told(model.after({ names: 'lost', bytes: 'lost' }, simRandom(1)))).toBe('old=old')
  })

  test('a long write may be torn at each sector', () => {
    const long = { kind: 'write', file: 1, offset: 0, bytes: Buffer.alloc(2048, 'x') } as const
    const torn = statesOf([long], [{ names: 'kept', bytes: 'torn' }])
    const firstPart = statesOf([long], [{ names: 'kept', bytes: 'first part' }])
    expect(torn.size).toBeGreaterThan(8)
    expect(firstPart).toContain(`old=${'x'.repeat(1024)}`)
  })

  test('a file that was cut shorter and grew again has zeros between', () => {
    const acts = [
      { kind: 'truncate', file: 1, size: 1 },
      { kind: 'write', file: 1, offset: 2, bytes: Buffer.from('x') },
    ] as const
    expect(told(modelOf(acts).everything())).toBe('old=o\0x')
  })

  test("SQLite's shared index, which is written by memory alone, is not there", () => {
    const acts = [{ ...create, path: '/r/h/l.sqlite-shm' }, flush, flushNames] as const
    expect([...statesOf(acts, everyWay)]).toEqual(['old=old'])
  })
})

test('the same seed leaves the same state, and equal states have one hash', () => {
  const model = modelOf([create, write, { ...write, file: 1, bytes: Buffer.alloc(4000, 'y') }])
  const way = { names: 'some', bytes: 'drawn' } as const
  const hash = (seed: number): string => hashOfTree(model.after(way, simRandom(seed)))
  expect(seeds.map(hash)).toEqual(seeds.map(hash))
  expect(new Set(seeds.map(hash)).size).toBeGreaterThan(10)
})

test('bytes that were overwritten are old or new, and never zeros', () => {
  const acts = [{ kind: 'write', file: 1, offset: 2, bytes: Buffer.from('XYZ') }] as const
  expect(statesOf(acts, [{ names: 'kept', bytes: 'zeros' }])).toEqual(new Set(['old=old\0\0']))
})
