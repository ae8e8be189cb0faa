import { expect, test } from 'vitest'
import { differences } from '../../demo/differences.ts'

test('finds nothing where everything is as it should be, in whatever order', () => {
  const expected = new Map<string, unknown>([
    ['a', { state: 'held' }],
    ['b', 1],
  ])
  const actual = new Map<string, unknown>([
    ['b', 1],
    ['a', { state: 'held' }],
  ])
  expect(differences('files', expected, actual)).toEqual([])
})

test('names what is missing, what is different and what nobody expected', () => {
  const expected = new Map<string, unknown>([
    ['gone', 1],
    ['changed', { state: 'held' }],
    ['empty', null],
  ])
  const actual = new Map<string, unknown>([
    ['changed', { state: 'uploaded' }],
    ['empty', null],
    ['new', 2],
  ])
  expect(differences('files', expected, actual)).toEqual([
    'files: gone is missing.',
    'files: changed should be {"state":"held"}, but is {"state":"uploaded"}.',
    'files: nobody expected new.',
  ])
})
