import { expect, test } from 'vitest'
import { isSameRoot } from '../../../../electron/sync/activities/source-roots.ts'

function meta(text: string | null = null) {
  let kept = text
  return {
    read: () => kept,
    write: (_key: string, value: string | null) => void (kept = value),
  }
}

test('an empty folder that is not the one that had files says nothing of them', () => {
  const known = meta()
  expect(isSameRoot(known, 's1', '8:1', false)).toBe(true)
  expect(isSameRoot(known, 's1', '8:2', true)).toBe(false)
  expect(isSameRoot(known, 's2', '8:2', true)).toBe(true)
})

test('an empty folder that is the one that had files was emptied', () => {
  const known = meta()
  isSameRoot(known, 's1', '8:1', false)
  expect(isSameRoot(known, 's1', '8:1', true)).toBe(true)
})

test('a folder with files is known from then on, whatever it was before', () => {
  const known = meta()
  isSameRoot(known, 's1', '8:1', false)
  expect(isSameRoot(known, 's1', '8:2', false)).toBe(true)
  expect(isSameRoot(known, 's1', '8:1', true)).toBe(false)
})

test('what cannot be read of it is learnt anew', () => {
  expect(isSameRoot(meta('not JSON'), 's1', '8:1', true)).toBe(true)
  expect(isSameRoot(meta('null'), 's1', '8:1', false)).toBe(true)
})

test('each source has a folder of its own', () => {
  const known = meta()
  isSameRoot(known, 's1', '8:1', false)
  isSameRoot(known, 's2', '8:2', false)
  expect(isSameRoot(known, 's1', '8:9', true)).toBe(false)
  expect(isSameRoot(known, 's2', '8:9', true)).toBe(false)
})
