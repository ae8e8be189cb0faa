import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endWorlds, makeWorld, otherAthlete } from './helpers/home.ts'
import { put, putRides, ride } from './helpers/rides.ts'
import { activities, uploads } from './helpers/service-log.ts'
import { until } from './helpers/until.ts'
import { makeUsedHome, onService, rebuilt, statesOf, type UsedHome } from './helpers/used-home.ts'

let used: UsedHome
beforeAll(async () => {
  used = await makeUsedHome()
})
afterAll(endWorlds)

function sql(ledger: string, text: string): void {
  const database = new DatabaseSync(ledger, { timeout: 5_000 })
  database.exec(text)
  database.close()
}

const rebuiltCodes = ['ledger-rebuilt']
const codes = (errors: readonly { readonly code: string }[]): readonly string[] =>
  errors.map(error => error.code)

describe('a sync over a ledger that is', () => {
  test.each([
    ['missing', (path: string) => rmSync(path), false],
    ['empty', (path: string) => truncateSync(path, 0), false],
    ['cut in half', (path: string) => truncateSync(path, 65_536), true],
    ['a text', (path: string) => writeFileSync(path, 'hello\n'), true],
    [
      'whole, with a note in it that says nothing',
      (path: string) => sql(path, "INSERT OR REPLACE INTO meta VALUES ('to-rebuild', '[{')"),
      true,
    ],
    ['of no version', (path: string) => sql(path, 'PRAGMA user_version = 0'), true],
    [
      'damaged where no check sees it',
      (path: string) => sql(path, "UPDATE recordings SET state = 'uploadec' WHERE state = 'uploaded'"),
      true,
    ],
    [
      'a folder',
      (path: string) => {
        rmSync(path)
        mkdirSync(path)
      },
      true,
    ],
  ] as const)(
    '%s rebuilds it: nothing twice, nothing that was left alone, and what waits goes on',
    async (what, damage, isKept) => {
      used.putBack()
      damage(used.ledger)
      const kept = isKept && !existsSync(join(used.ledger, '.')) ? readFileSync(used.ledger) : null
      const { code, report } = await used.world.sync()
      expect([code, report.uploaded, codes(report.errors)]).toEqual([1, 2, rebuiltCodes])
      const states = await statesOf(used.world)
      // Where the damage is met after the waiting ride went up, the rebuild finds it there.
      if (what.includes('no check')) expect(states['waiting.fit']).toMatch(/^uploaded /)
      else expect(states).toEqual(rebuilt)
      expect({ ...states, 'waiting.fit': '' }).toEqual({ ...rebuilt, 'waiting.fit': '' })
      expect(onService(used)).toEqual({ activities: 2, uploads: 1 })
      const aside = used.setAside()
      expect(aside).toHaveLength(isKept ? 1 : 0)
      if (kept !== null) expect(readFileSync(join(used.profile, aside[0] ?? '')).equals(kept)).toBe(true)
      if (isKept) expect(report.errors[0]?.message).toContain(aside[0])
    },
  )

  test('damaged is told of by whoever looks, and everything else is still said', async () => {
    used.putBack()
    truncateSync(used.ledger, 65_536)
    const { world } = used
    const words =
      /^The ledger is damaged \(.+\)\. Every ride is kept\. Musette sets the ledger aside and rebuilds it/
    const [status, files, why, doctor, json] = await Promise.all([
      world.musette('status'),
      world.musette('files'),
      world.musette('why', join(world.source, 'sent.fit')),
      world.musette('doctor'),
      world.status(),
    ])
    expect([status.code, files.code, why.code, doctor.code]).toEqual([0, 1, 1, 1])
    expect(status.stdout).toContain('Sample Athlete')
    for (const end of [status, files, why]) expect(end.stderr).toMatch(words)
    expect(doctor.stdout).toMatch(/^MEND {2}ledger: The ledger is damaged/m)
    expect([json.account?.id, json.sources.length, codes(json.errors)]).toEqual([
      'i200001',
      1,
      ['ledger-damaged'],
    ])
    // Nobody who only looks has changed it.
    expect(used.setAside()).toEqual([])
  })

  test('newer is left as it is, and said to be newer', async () => {
    used.putBack()
    sql(used.ledger, 'PRAGMA user_version = 99')
    const before = readFileSync(used.ledger)
    const { code, report } = await used.world.sync()
    expect([code, codes(report.errors), used.setAside()]).toEqual([2, ['ledger-newer'], []])
    expect(readFileSync(used.ledger).equals(before)).toBe(true)
    expect((await used.world.musette('files')).code).toBe(0)
    expect(uploads(used.world.service)).toEqual([])
  })

  test("another home's is set aside: its athlete's rides and its sources say nothing here", async () => {
    used.putBack()
    const other = await makeWorld({ key: otherAthlete.key, env: { MUSETTE_API_URL: used.world.service.url } })
    put(other.source, 'theirs.fit', ride(9))
    await other.addSource(other.source, '--backfill', 'all')
    await other.stopService()
    await other.with({ env: { MUSETTE_API_URL: used.world.service.url } }).sync()
    copyFileSync(join(other.home, 'profiles', 'default', 'ledger.sqlite'), used.ledger)
    used.world.service.state.requests.length = 0
    const { code, report } = await used.world.sync()
    expect([code, codes(report.errors)]).toEqual([1, rebuiltCodes])
    expect(report.errors[0]?.message).toContain('it belongs to another Musette')
    expect(await statesOf(used.world)).toEqual(rebuilt)
    expect(onService(used)).toEqual({ activities: 2, uploads: 1 })
  })
})

describe('a rebuild', () => {
  test('that is killed, and whose ledger is damaged again, ends as one that was not', async () => {
    used.putBack()
    const { world } = used
    for (const round of [1, 2, 3]) {
      // With its log it would be whole again: what the killed one wrote is in there.
      for (const ending of ['-wal', '-shm']) rmSync(`${used.ledger}${ending}`, { force: true })
      writeFileSync(used.ledger, 'torn')
      const running = world.start('sync')
      await until(() => used.setAside().length >= round, 'the fresh ledger', 20_000, 2)
      running.kill('SIGKILL')
      await running.ended
    }
    const last = await world.sync()
    expect(last.code).toBe(1)
    expect(await statesOf(world)).toEqual(rebuilt)
    expect(activities(world.service)).toHaveLength(2)
    expect(new Set(uploads(world.service).map(post => post.fileSha256)).size).toBe(1)
    expect(used.setAside()).toHaveLength(3)
  })

  test('of a home whose log is gone sends nothing twice either', async () => {
    used.putBack()
    const { world } = used
    // The waiting ride goes up; the ledger that is put back still calls it unsent, as one does that lost its log.
    const stale = readFileSync(used.ledger)
    await world.sync()
    writeFileSync(used.ledger, stale)
    const { report } = await world.sync()
    expect([report.errors, activities(world.service).length]).toEqual([[], 2])
  })
})

test('a running Musette that meets the damage says so, sets the ledger aside, and goes on', async () => {
  used.putBack()
  const { world } = used
  const running = world.start('run', '--ui')
  await until(() => activities(world.service).length === 2, 'the waiting ride')
  sql(used.ledger, "UPDATE files SET state = 'waitinh'")
  // Its folder is looked into again; nobody has seen this one before the ledger is lost.
  writeFileSync(join(world.source, 'next.fit'), ride(6))
  await until(() => running.said().includes('has been rebuilt'), 'the rebuild')
  expect(running.said()).toMatch(/^The ledger is damaged \(column state holds something unexpected\)/m)
  expect(used.setAside()).toHaveLength(1)
  // The window is where it was, for a page that was open.
  const [, origin = '', token = ''] = /^(http\S+)\/#token=(\S+)\n$/.exec(running.printed()) ?? []
  const request = {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  }
  await until(async () => {
    const reply = await fetch(`${origin}/api/request/getSnapshot`, { ...request, body: '[]' }).catch(
      () => null,
    )
    return reply?.status === 200
  }, 'the window')
  put(world.source, 'later.fit', ride(7))
  await until(() => activities(world.service).length === 3, 'the ride after the rebuild')
  running.kill('SIGTERM')
  expect(await running.ended).toMatchObject({ code: 0, signal: null })
  expect(await statesOf(world)).toEqual({
    ...{ ...rebuilt, 'waiting.fit': 'uploaded found-after-lost-reply' },
    ...{ 'next.fit': 'held after-rebuild', 'later.fit': 'uploaded sent' },
  })
})

test('forty rides come back from the archive in one go', async () => {
  const world = await makeWorld()
  putRides(world.source, 40)
  await world.addSource(world.source, '--backfill', 'all')
  await world.sync()
  const profile = join(world.home, 'profiles', 'default')
  renameSync(join(profile, 'ledger.sqlite'), join(world.root, 'away.sqlite'))
  const { code, report } = await world.sync()
  expect([code, report.uploaded, codes(report.errors)]).toEqual([1, 40, rebuiltCodes])
  expect([activities(world.service).length, uploads(world.service).length]).toEqual([40, 40])
})
