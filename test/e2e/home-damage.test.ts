import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endWorlds, otherAthlete } from './helpers/home.ts'
import { put, ride, sha256 } from './helpers/rides.ts'
import { activities, uploads } from './helpers/service-log.ts'
import { makeUsedHome, onService, statesOf, type UsedHome } from './helpers/used-home.ts'

let used: UsedHome
beforeAll(async () => {
  used = await makeUsedHome()
})
afterAll(endWorlds)

const codes = (errors: readonly { readonly code: string }[]): readonly string[] =>
  errors.map(error => error.code)

describe('something else in the place of', () => {
  test.each([
    ['staging', 'a file', (path: string) => writeFileSync(path, ''), 'is no folder'],
    ['control', 'a file', (path: string) => writeFileSync(path, ''), 'is no folder'],
    ['lock', 'a folder', (path: string) => mkdirSync(path), "can't be read or written"],
  ])('%s, %s, is named by sync and doctor; moved away, all goes on', async (name, _what, make, said) => {
    used.putBack()
    const place = join(used.profile, name)
    rmSync(place, { recursive: true, force: true })
    make(place)
    const sync = await used.world.musette('sync')
    expect([sync.code === 0, sync.stdout]).toEqual([false, ''])
    expect(sync.stderr).toContain(place)
    expect(sync.stderr).toContain(said)
    const doctor = await used.world.musette('doctor')
    expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringContaining(`MEND  home: ${place} is no `)])
    expect(uploads(used.world.service)).toEqual([])
    rmSync(place, { recursive: true })
    const later = await used.world.sync()
    expect([later.report.errors, onService(used)]).toEqual([[], { activities: 2, uploads: 1 }])
  })
})

const memory = '/dev/shm'
const hasOtherDisk = existsSync(memory) && statSync(memory).dev !== statSync(tmpdir()).dev
if (!hasOtherDisk) console.log(`SKIPPED: an archive on another disk: ${memory} is none`)

test.skipIf(!hasOtherDisk)(
  'an archive that is a link to another disk takes rides as any other, and is named when that is away',
  async () => {
    const mounted = mkdtempSync(join(memory, 'musette-'))
    const disk = join(mounted, 'archive')
    try {
      used.putBack()
      const archive = join(used.profile, 'archive')
      cpSync(archive, disk, { recursive: true })
      rmSync(archive, { recursive: true })
      symlinkSync(disk, archive)
      put(used.world.source, 'next.fit', ride(6))
      const { code, report } = await used.world.sync()
      expect([code, report.uploaded, report.errors]).toEqual([0, 2, []])
      const names = readdirSync(disk, { recursive: true, encoding: 'utf8' })
      expect(names.filter(name => name.includes(sha256(ride(6)))).map(name => extname(name))).toEqual(['.gz'])
      rmSync(disk, { recursive: true })
      const away = await used.world.sync()
      expect([away.code, codes(away.report.errors)]).toEqual([2, ['missing']])
      const doctor = await used.world.musette('doctor')
      expect(doctor.stdout).toContain(`MEND  home: ${archive} leads to what is not there.`)
    } finally {
      rmSync(mounted, { recursive: true, force: true })
    }
  },
)

describe('archived copies that are', () => {
  test.each([
    ['cut off', (path: string) => truncateSync(path, 50)],
    [
      'another thing',
      (path: string) => {
        rmSync(path)
        symlinkSync('/dev/zero', path)
      },
    ],
  ])('%s are made again from the folder and sent, all in one sync', async (_what, damage) => {
    used.putBack()
    const archive = join(used.profile, 'archive')
    for (const name of readdirSync(archive, { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.gz')) damage(join(archive, name))
    const { code, report } = await used.world.sync()
    expect([code, report.uploaded, report.queued, report.errors]).toEqual([0, 1, 0, []])
    expect(activities(used.world.service)).toHaveLength(2)
  })
})

describe('settings beside a ledger', () => {
  test.each([
    ['cut off', (path: string) => truncateSync(path, 40)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['missing', (path: string) => rmSync(path)],
    [
      'a folder',
      (path: string) => {
        rmSync(path)
        mkdirSync(path)
      },
    ],
  ])('that are %s come from their last good copy, and the damaged file is kept', async (what, damage) => {
    used.putBack()
    const settings = join(used.profile, 'settings.json')
    damage(settings)
    const kept = what === 'missing' || what === 'a folder' ? null : readFileSync(settings)
    const first = await used.world.sync()
    expect([first.code, codes(first.report.errors)]).toEqual([1, ['settings-restored']])
    const again = await used.world.sync()
    expect([again.code, again.report.errors]).toEqual([0, []])
    const aside = readdirSync(used.profile).filter(name => name.startsWith('settings.json.damaged-'))
    expect(aside).toHaveLength(what === 'missing' ? 0 : 1)
    if (kept !== null) expect(readFileSync(join(used.profile, aside[0] ?? '')).equals(kept)).toBe(true)
    expect(onService(used)).toEqual({ activities: 2, uploads: 1 })
  })

  test('of which no copy can be read stop Musette, with the way to mend it', async () => {
    used.putBack()
    for (const name of ['settings.json', 'settings.json.last-good'])
      writeFileSync(join(used.profile, name), '{')
    const end = await used.world.musette('sync')
    expect(end).toMatchObject({ code: 2, stdout: '' })
    expect(end.stderr).toMatch(/^The settings can't be read \(.+\)\. Nothing was changed\. Put back a good/)
    expect(uploads(used.world.service)).toEqual([])
  })

  test('that are lost with their copy do not free the home for another athlete, nor flood', async () => {
    used.putBack()
    for (const name of ['settings.json', 'settings.json.last-good']) rmSync(join(used.profile, name))
    const { world } = used
    const other = await world.with({ env: { MUSETTE_API_KEY: otherAthlete.key } }).sync()
    expect([other.code, codes(other.report.errors)]).toEqual([2, ['wrong-athlete']])
    await world.addSource()
    const { report } = await world.sync()
    expect([report.errors, activities(world.service).length]).toEqual([[], 2])
    expect((await statesOf(world))['old.fit']).toBe('tooOld before-baseline')
  })
})

/** Why what may not be written cannot be tried here; null when it can. */
function noOtherUser(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux'
  const probe = spawnSync('setpriv', [...asNobody.slice(1), process.execPath, '-e', ''], { timeout: 10_000 })
  return probe.status === 0 ? null : 'setpriv is not there, or another user may not run this Node'
}
const nobody = 65_534
const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
const whyNot = noOtherUser()
if (whyNot !== null) console.log(`SKIPPED: a ledger that may not be written: ${whyNot}`)

describe.skipIf(whyNot !== null)('a ledger that may not be written', () => {
  function give(path: string): void {
    chownSync(path, nobody, nobody)
    if (!readdirSyncOrNull(path)) return
    for (const name of readdirSync(path)) give(join(path, name))
  }
  function readdirSyncOrNull(path: string): readonly string[] | null {
    try {
      return readdirSync(path)
    } catch {
      return null
    }
  }

  test.each([
    ['itself', (path: string) => chmodSync(path, 0o400)],
    ['because nobody may read it', (path: string) => chmodSync(path, 0)],
    [
      'because of its folder',
      (path: string) => {
        // What makes it read-only without the owner's leave.
        chownSync(join(path, '..'), 0, 0)
        chmodSync(join(path, '..'), 0o755)
      },
    ],
  ])('%s is named, and nothing is set aside or sent', async (_what, forbid) => {
    used.putBack()
    give(used.world.root)
    forbid(used.ledger)
    const as = used.world.with({ under: asNobody })
    const sync = await as.sync()
    expect([sync.code, sync.report.errors.length]).toEqual([1, 1])
    expect(sync.report.errors[0]?.message).toMatch(/ can't be (?:read or )?written|can't be read or written/)
    expect(sync.report.errors[0]?.message).toContain(used.profile)
    const [status, doctor] = await Promise.all([as.musette('status'), as.musette('doctor')])
    expect([status.code, /mistake of its own/.test(status.stderr + doctor.stderr)]).toEqual([0, false])
    expect([used.setAside(), uploads(used.world.service)]).toEqual([[], []])
    chownSync(used.profile, nobody, nobody)
    chmodSync(used.ledger, 0o600)
    expect((await as.sync()).report.errors).toEqual([])
    give(used.world.root)
  })
})
