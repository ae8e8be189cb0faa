import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { homeFolders } from '../../electron/host/home.ts'
import { unfinished } from '../helpers/rides.ts'
import type { CliEnd } from './helpers/cli.ts'
import { athlete, endWorlds, makeWorld } from './helpers/home.ts'
import { put, ride } from './helpers/rides.ts'

afterAll(endWorlds)

/** Colours, moves, rings, turns the writing around, and begins a line that looks like one of Musette's own. */
const unruly = 'a\u001b[2J\u001b]0;owned\u0007\u009b31m\u202Etif\r\nuploaded     /tmp/forged.fit'

// Windows allows none of these letters in a name.
test.skipIf(process.platform === 'win32')(
  'no name from a folder or from the service steers the terminal or forges a line',
  async () => {
    const world = await makeWorld()
    const { state } = world.service
    const rider = state.athletes.get(athlete.id)
    if (rider === undefined) throw new Error('the stand-in has no such athlete')
    rider.name = unruly
    const fields = {
      start_date_local: `${state.today(rider)}T17:30:00`,
      category: 'WORKOUT',
      type: 'Ride',
      name: unruly,
    }
    state.addEvent(athlete.id, fields, [{ kind: 'steady', seconds: 600, at: 0.8, text: unruly }])
    const folder = world.folder(unruly.replaceAll('/', ' '))
    const named = unruly.replaceAll('/', ':')
    const sent = put(folder, `${named} sent.fit`, ride(1))
    const cut = put(folder, `${named} cut.fit`, unfinished(ride(2)))
    const refused = put(folder, `${named} refused.fit`, ride(3))
    state.faults.add({
      match: { method: 'POST' },
      times: 1,
      action: { kind: 'status', status: 422, body: { status: 422, error: unruly } },
    })
    const ends: CliEnd[] = []
    const says = async (...args: readonly string[]): Promise<void> => {
      ends.push(await world.musette(...args))
    }
    await says('source', 'add', folder, '--backfill', 'all', '--name', unruly)
    await says('trainer', 'add', world.folder('W'), '--format', 'zwo', '--name', unruly)
    await says('sync')
    await says('retry', refused)
    const readers = [
      ...[['status'], ['files'], ['source', 'list'], ['trainer', 'list'], ['doctor'], ['account', 'show']],
      ...[['why', sent], ['why', refused], ['why', `no ${unruly}`], [unruly]],
    ]
    await Promise.all(readers.map(words => says(...words)))

    for (const { stdout, stderr } of ends) {
      expect(`${stdout}${stderr}`).not.toMatch(/[[\p{Cc}\u2028-\u202E\u2066-\u2069]--\n]/v)
    }
    const printed = ends.flatMap(end => `${end.stdout}\n${end.stderr}`.split('\n'))
    expect(printed.filter(line => /^uploaded {5}\/tmp\/forged|^uploaded {5}:tmp/.test(line))).toEqual([])
    // The names were there, and can be told apart.
    expect(printed.filter(line => line.includes('\\u001b[2J')).length).toBeGreaterThan(10)

    // In JSON they are what they are.
    const files = await world.files()
    expect(files.map(file => file.path).toSorted()).toEqual([sent, cut, refused].toSorted())
    expect((await world.status()).account).toEqual({ id: athlete.id, name: unruly })
    const log = readFileSync(homeFolders(world.home).log, 'utf8')
    for (const line of log.trim().split('\n')) {
      expect(line).not.toMatch(/\p{Cc}/u)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) as unknown })
    }
  },
)
