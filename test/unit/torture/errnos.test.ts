import { expect, test } from 'vitest'
import { simRandom } from '../../sim/random.ts'
import { allFaults, drawFaults, findSites, tellFault } from '../../torture/errnos/find-sites.ts'

const recording = `
71 openat(AT_FDCWD</tmp>, "/w/home/lock", O_RDWR) = 18</w/home/lock>
71 pread64(18</w/home/lock>, ""..., 100, 0) = 0
72 pread64(18</w/home/lock>, ""..., 16, 24) = 0
73 rename("/w/home/a.tmp", "/w/home/a") = 0
73 openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = 4</etc/hosts>
73 getpid() = 73
+++ exited with 0 +++`

test('a recording tells which calls are made on which paths of the world, and how often', () => {
  expect(findSites(recording, '/w')).toEqual([
    { call: 'openat', path: 'home/lock', count: 1 },
    { call: 'pread64', path: 'home/lock', count: 2 },
    { call: 'rename', path: 'home/a', count: 1 },
    { call: 'rename', path: 'home/a.tmp', count: 1 },
  ])
})

test('each site fails with each of its errors, once and for good', () => {
  const told = allFaults([{ call: 'pread64', path: 'home/lock', count: 4 }]).map(tellFault)
  expect(told).toEqual(
    ['EIO', 'ESTALE'].flatMap(errno =>
      ['at 1', 'at 3', 'from 1 on'].map(when => `pread64 home/lock: ${errno} ${when}`),
    ),
  )
})

test('a sample takes each site once before any twice, and the same seed draws the same', () => {
  const sites = findSites(recording, '/w')
  const drawn = drawFaults(sites, 8, simRandom(3))
  const places = drawn.map(fault => `${fault.call} ${fault.path}`)
  expect(new Set(places.slice(0, 4)).size).toBe(4)
  expect(drawFaults(sites, 8, simRandom(3))).toEqual(drawn)
  expect(drawFaults([], 8, simRandom(3))).toEqual([])
})
