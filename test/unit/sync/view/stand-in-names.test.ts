import { join } from 'node:path'
import { expect, test } from 'vitest'
import { archivedHash, shownName, shownPath } from '../../../../electron/sync/view/stand-in-names.ts'

const sha256 = 'ab'.repeat(32)
const standIn = { path: `archive/ab/${sha256}.tcx.gz`, isStandIn: true }
const file = { path: '/rides/archive/a.fit', isStandIn: false }
const ride = { baseName: 'MyNewActivity-5.0', format: 'tcx' } as const

test('an archived copy is told with its whole path, whatever home it lies in', () => {
  expect(shownPath(standIn, join('/', 'home', 'archive'))).toBe(
    join('/', 'home', 'archive', 'ab', `${sha256}.tcx.gz`),
  )
  expect(shownPath(file, '/home/archive')).toBe(file.path)
})

test('an archived copy goes by the name its ride had; a file by its own', () => {
  expect(shownName(standIn, ride)).toBe('MyNewActivity-5.0.tcx')
  expect(shownName(standIn, null)).toBe(`${sha256}.tcx.gz`)
  expect(shownName(file, ride)).toBe('a.fit')
})

test.each([
  [`/home/archive/ab/${sha256}.fit.gz`, sha256],
  [`${sha256}.gpx.gz`, sha256],
  [`/home/archive/ab/${sha256}.fit`, null],
  [`/home/archive/ab/${sha256}.verdict`, null],
  [`/rides/x${sha256}.fit.gz`, null],
  ['/rides/a.fit.gz', null],
])('the hash in %s is %s', (path, hash) => {
  expect(archivedHash(path)).toBe(hash)
})
