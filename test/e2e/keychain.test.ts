import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { keyringMissing, startKeyring, type Keyring } from '../helpers/keyring.ts'
import { athlete, endWorlds, makeWorld, otherAthlete, type World } from './helpers/home.ts'
import { putRides } from './helpers/rides.ts'
import { until } from './helpers/until.ts'

const missing = keyringMissing()
if (missing !== null) console.log(`SKIPPED: the command line over the OS keychain, ${missing}`)

const keyrings: Keyring[] = []
afterEach(async () => {
  await endWorlds()
  for (const keyring of keyrings.splice(0)) await keyring.stop()
})

async function desktop(state: 'unlocked' | 'none' = 'unlocked') {
  const keyring = await startKeyring(state)
  keyrings.push(keyring)
  return { keyring, world: await makeWorld({ key: null, env: keyring.env }) }
}

const connect = (world: World, input: string) =>
  world.with({ input }).musette('account', 'connect', '--api-key', '-')

/** What any program of the desktop finds under Musette's name. */
function kept(keyring: Keyring): string {
  const found = spawnSync('secret-tool', ['search', '--all', '--unlock', 'service', 'Musette'], {
    env: keyring.env,
    encoding: 'utf8',
    timeout: 20_000,
  })
  return `${found.stdout}${found.stderr}`
}

function filesWith(folder: string, secret: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => readFileSync(path).includes(secret))
}

describe.skipIf(missing !== null)('an account in the keychain', () => {
  test('is connected, shown, used and forgotten', async () => {
    const { keyring, world } = await desktop()
    expect(await connect(world, `${athlete.key}\n`)).toEqual({
      ...{ code: 0, signal: null, stderr: '' },
      stdout: 'Connected as Sample Athlete (i200001).\n',
    })
    expect(kept(keyring)).toContain(`secret = ${athlete.key}`)
    expect(kept(keyring)).toMatch(/attribute\.account = http:\/\/127\.0\.0\.1:\d+ i200001 \S+/)
    expect((await world.musette('account', 'show')).stdout).toBe(
      `Sample Athlete (i200001) on ${world.service.url}\n`,
    )
    const shown = await world.musette('account', 'show', '--json')
    expect(JSON.parse(shown.stdout)).toEqual({
      ...{ id: 'i200001', name: 'Sample Athlete', origin: world.service.url },
    })
    expect((await world.status()).account).toEqual({ id: 'i200001', name: 'Sample Athlete' })

    putRides(world.source, 2)
    await world.addSource(world.source, '--backfill', 'all')
    expect(await world.sync()).toMatchObject({ code: 0, report: { uploaded: 2 } })
    expect(filesWith(world.home, athlete.key)).toEqual([])

    expect((await world.musette('account', 'disconnect')).code).toBe(0)
    expect(kept(keyring)).not.toContain('secret =')
    expect(await world.sync()).toMatchObject({ code: 3, report: { errors: [{ code: 'signed-out' }] } })
    // The home stays the athlete's: somebody else's key is refused, their own is taken again.
    expect(await connect(world, otherAthlete.key)).toMatchObject({
      ...{ code: 2, stdout: '', stderr: expect.stringContaining('belongs to i200001') as unknown },
    })
    expect(kept(keyring)).not.toContain('secret =')
    expect((await connect(world, athlete.key)).code).toBe(0)
    expect((await world.sync()).code).toBe(0)
  })

  test('that is connected while Musette runs is used by it at once', async () => {
    const { world } = await desktop()
    putRides(world.source, 1)
    await world.addSource(world.source, '--backfill', 'all')
    const running = world.start('run')
    await until(() => running.said().includes('is running'), 'the start')
    expect((await connect(world, athlete.key)).code).toBe(0)
    expect((await world.sync()).code).toBe(0)
    expect(world.service.state.activities).toHaveLength(1)
    running.kill('SIGTERM')
    expect((await running.ended).code).toBe(0)
  })

  test('behind a locked keychain: exit code 3, said plainly, and sent once it is open', async () => {
    const { keyring, world } = await desktop()
    await connect(world, athlete.key)
    putRides(world.source, 1)
    await world.addSource(world.source, '--backfill', 'all')
    keyring.lock()
    const end = await world.musette('sync')
    expect(end).toMatchObject({ code: 3, stderr: 'The keychain is locked. Unlock it and try again.\n' })
    expect((await world.sync()).report).toMatchObject({ queued: 1, errors: [{ code: 'keychain-locked' }] })
    expect((await connect(world, athlete.key)).code).toBe(3)
    await keyring.restart('unlocked')
    expect(await world.sync()).toMatchObject({ code: 0, report: { uploaded: 1 } })
  })

  test('cannot be kept where there is no keychain: refused with the way on, and nothing in clear', async () => {
    const { world } = await desktop('none')
    const end = await connect(world, athlete.key)
    expect(end).toMatchObject({ code: 3, stdout: '' })
    expect(end.stderr).toContain(
      'never written in clear: set MUSETTE_API_KEY or MUSETTE_API_KEY_FILE instead',
    )
    expect(filesWith(world.home, athlete.key)).toEqual([])
    const { code } = await world.with({ env: { MUSETTE_API_KEY: athlete.key } }).sync()
    expect(code).toBe(0)
  })
})

describe.skipIf(missing !== null)('a key that is none', () => {
  test.each([
    ['nothing', '', 'No API key was given'],
    ['a blank in it', 'key-of i200001', 'has a blank or a line break'],
    ['two lines', `${athlete.key}\n\n`, 'has a blank or a line break'],
    ['an athlete id', 'i200001\n', 'looks like an athlete id'],
    ['an invisible letter', `\u200b${athlete.key}`, 'a character in it that no key has'],
  ])('%s: exit code 2, explained, and the service is not asked', async (_what, input, words) => {
    const { keyring, world } = await desktop()
    const end = await connect(world, input)
    expect(end).toMatchObject({ code: 2, stdout: '' })
    expect(end.stderr).toContain(words)
    expect(world.service.state.requests).toEqual([])
    expect(kept(keyring)).not.toContain('secret =')
  })

  test('a revoked one: 3; no network: 4; nothing is kept of either', async () => {
    const { keyring, world } = await desktop()
    const revoked = await connect(world, 'key-of-nobody')
    expect(revoked).toMatchObject({ code: 3, stdout: '' })
    expect(revoked.stderr).toContain('does not know this key')
    await world.stopService()
    const away = await connect(world, athlete.key)
    expect(away).toMatchObject({ code: 4, stdout: '' })
    expect(away.stderr).toContain('could not be reached')
    expect(kept(keyring)).not.toContain('secret =')
  })
})
