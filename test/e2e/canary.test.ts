import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeCanary, searchFor } from '../helpers/canary.ts'
import { keyringMissing, startKeyring, type Keyring } from '../helpers/keyring.ts'
import { whyNoWindow } from '../helpers/window/chromium.ts'
import { crashes, everyFailure, everythingIn, signIn, walkThroughWindow } from './helpers/canary-run.ts'
import type { CliEnd } from './helpers/cli.ts'
import { endDesktops, makeDesktopWorld, musetteDrivers } from './helpers/desktop.ts'
import { athlete, endWorlds, makeWorld } from './helpers/home.ts'
import { put, putRides, ride } from './helpers/rides.ts'
import { until } from './helpers/until.ts'

const noKeyring = keyringMissing()
if (noKeyring !== null)
  console.log(`SKIPPED: a canary key in a keychain, it is given by the environment: ${noKeyring}`)
const noWindow = whyNoWindow()
if (noWindow !== null) console.log(`SKIPPED: a canary key in a browser: ${noWindow}`)

const keyrings: Keyring[] = []
afterAll(async () => {
  await endDesktops()
  await endWorlds()
  for (const keyring of keyrings.splice(0)) await keyring.stop()
})

/** A home with everything that a run could write to beside it, and the key nowhere but where it belongs. */
async function canaryWorld() {
  const key = makeCanary()
  const keyring = noKeyring === null ? await startKeyring() : null
  if (keyring !== null) keyrings.push(keyring)
  const world = await makeWorld({ key: keyring === null ? key : null })
  world.service.state.addKey(key, athlete.id)
  const env = {
    ...keyring?.env,
    TMPDIR: world.folder('tmp'),
    XDG_CACHE_HOME: world.folder('cache'),
    XDG_STATE_HOME: world.folder('state'),
  }
  const search = searchFor(key)
  const folders = [world.root, ...(keyring === null ? [] : [join(keyring.folder, '..')])]
  return { key, keyring, world, env, search, folders, reports: world.folder('reports') }
}

/** Looks at every process again and again until stopped; answers where the key was seen. */
function watchProcesses(look: () => readonly string[]) {
  const seen = new Set<string>()
  let looks = 0
  const timer = setInterval(() => {
    looks += 1
    for (const place of look()) seen.add(place)
  }, 100)
  return () => {
    clearInterval(timer)
    expect(looks).toBeGreaterThan(10)
    return [...seen]
  }
}

describe('the key', () => {
  test.concurrent(
    'is nowhere after a run that does everything: window, failures, kills, crashes, check-up, bundle',
    async () => {
      const { key, keyring, world, env, search, folders, reports } = await canaryWorld()
      const stop = watchProcesses(() =>
        search.inProcesses(keyring === null ? ['cmdline'] : ['cmdline', 'environ']),
      )
      const as = world.with({ env })
      const said: string[] = []
      const ran = async (...args: readonly string[]): Promise<CliEnd> => {
        const end = await as.musette(...args)
        said.push(end.stdout, end.stderr)
        return end
      }
      putRides(world.source, 6)
      await ran('source', 'add', world.source, '--backfill', 'all')
      await ran('trainer', 'add', world.folder('Workouts'), '--format', 'zwo')

      const served = as.start('run', '--ui')
      await until(() => served.said().includes('is running'), 'the window')
      if (noWindow === null) {
        const profile = world.folder('browser')
        const shown = await walkThroughWindow(served.printed().trim(), profile, keyring === null ? null : key)
        expect(shown).toContain(athlete.id)
        said.push(shown)
      }
      // The ledger's newest pages are in its other files while it is open.
      expect(search.inFolders(folders)).toEqual([])
      served.kill('SIGTERM')
      said.push(...Object.values(await served.ended).map(String))

      if (keyring !== null) {
        const end = await world
          .with({ env, input: `${key}\n` })
          .musette('account', 'connect', '--api-key', '-')
        expect(end).toMatchObject({ code: 0 })
        said.push(end.stdout, end.stderr)
      }
      put(world.source, 'again.fit', ride(50))
      for (const end of await everyFailure(world, as, key)) said.push(end.stdout, end.stderr)

      said.push(...(await crashes(world, env, reports)))
      for (const words of [['status', '--json'], ['files', '--json'], ['doctor'], ['account', 'show']])
        await ran(...words)
      expect((await ran('diagnostics', join(world.root, 'bundle.zip'))).code).toBe(0)
      expect(said.flatMap(text => search.in(text))).toEqual([])
      expect(search.inFolders(folders)).toEqual([])
      expect(stop()).toEqual([])
      // The key did its work.
      expect(world.service.state.activities.length).toBeGreaterThan(4)
    },
  )

  const [driver] = musetteDrivers()
  test.skipIf(driver === undefined || driver.missing !== null)(
    'is nowhere after a run on the desktop, autostart entry and bundle included',
    { concurrent: true },
    async () => {
      if (driver === undefined) return
      const { key, keyring, search, folders, env } = await canaryWorld()
      const world = await makeDesktopWorld(driver, env)
      world.service.state.addKey(key, athlete.id)
      const stop = watchProcesses(() => search.inProcesses())
      const app = await world.open()
      const page = await app.window()
      await signIn(page, key)
      await app.ask('addSource', { folder: world.source, name: null, backfill: { kind: 'all' } })
      await app.ask('changePreferences', { isFirstRunDone: true })
      put(world.source, 'a.fit', ride(1))
      await until(async () => (await app.snapshot()).counts.uploaded === 1, 'the ride')
      await app.ask('setStartAtLogin', true)
      const bundle = join(world.root, 'bundle.zip')
      await app.act('answerDialog', { kind: 'save', paths: [bundle], button: 0 })
      await app.ask('saveDiagnostics')
      const findings = JSON.stringify([
        await app.ask('examine'),
        await app.ask('readLog', 5000),
        await app.snapshot(),
      ])
      const shown = [await everythingIn(page), findings, JSON.stringify(await app.state()), app.said()]
      expect(shown.flatMap(text => search.in(text))).toEqual([])
      expect(search.inFolders([...folders, world.root])).toEqual([])
      expect(readdirSync(world.root, { recursive: true, encoding: 'utf8' }).join('\n')).toMatch(
        /autostart\/musette\.desktop/,
      )
      await app.act('quit')
      await app.ended
      expect(search.in(app.said())).toEqual([])
      expect(search.inFolders([...folders, world.root])).toEqual([])
      expect(stop()).toEqual([])
      expect(keyring === null ? 'kept in memory' : world.service.state.activities.length).not.toBe(0)
    },
  )
})
