import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, describe, expect, test } from 'vitest'
import { launcherNodes } from '../helpers/launcher-project.ts'
import { hangGuardMs, type CliEnd } from './helpers/cli.ts'
import { athlete, endWorlds, makeWorld, type World } from './helpers/home.ts'
import { putRides } from './helpers/rides.ts'
import { until } from './helpers/until.ts'

afterEach(endWorlds)

/** A key whose encodings all differ from itself. */
const canary = 'cAn4ry+/%7Kq&zW9=.x'
const asBasic = Buffer.from(`API_KEY:${canary}`).toString('base64')
const faces = [canary, asBasic, encodeURIComponent(canary), encodeURIComponent(asBasic)]

/** Which of the key's faces a text shows. */
const shown = (text: string): readonly string[] => faces.filter(face => text.includes(face))

function filesWithKey(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
    .filter(path => shown(readFileSync(path).toString('latin1')).length > 0)
}

/** Every process's number with its parent's. */
function processes(): ReadonlyMap<number, number> {
  const numbers = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return new Map(
    numbers.flatMap(name => {
      const parent = /\) \w (\d+)/.exec(proc(Number(name), 'stat'))?.[1]
      return parent === undefined ? [] : [[Number(name), Number(parent)] as const]
    }),
  )
}

/** A file of a process in /proc; empty for one that is gone or another's. */
function proc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return ''
  }
}

function descendants(pid: number): readonly number[] {
  const all = processes()
  const under = (of: number): readonly number[] =>
    [...all].flatMap(([child, parent]) => (parent === of ? [child, ...under(child)] : []))
  return under(pid)
}

/** Syncs, failing in every way in which the service could give the key back to us. */
async function everyFailure(world: World, options: Parameters<World['with']>[0]): Promise<readonly CliEnd[]> {
  const { state } = world.service
  const as = world.with(options)
  const echo = `you sent ${faces.join(' and ')}`
  const ends: CliEnd[] = []
  const play = async (rule: Parameters<typeof state.faults.add>[0]): Promise<void> => {
    state.faults.clearRules()
    state.faults.add(rule)
    ends.push(await as.musette('sync', '--json'))
  }
  const post = { method: 'POST' }
  ends.push(await as.musette('source', 'add', world.source, '--backfill', 'all'))
  await play({ match: post, action: { kind: 'status', status: 422, body: { status: 422, error: echo } } })
  await play({ match: post, action: { kind: 'status', status: 400, body: `<html>${echo}</html>` } })
  await play({ match: post, action: { kind: 'redirect', location: `http://127.0.0.1:9/?key=${asBasic}` } })
  await play({ match: post, action: { kind: 'status', status: 403, body: { error: echo } } })
  state.revoke(canary)
  await play({ match: {}, times: -1, action: { kind: 'status', status: 401, body: { error: echo } } })
  state.addKey(canary, athlete.id)
  await play({ match: { path: 'nothing' }, action: { kind: 'delay', ms: 0 } })
  await world.stopService()
  ends.push(await as.musette('sync'))
  for (const words of [['status', '--json'], ['files', '--json'], ['doctor'], ['account', 'show']]) {
    ends.push(await as.musette(...words))
  }
  ends.push(await as.musette('diagnostics', join(world.root, 'bundle.zip')))
  return ends
}

describe.each([['MUSETTE_API_KEY'], ['MUSETTE_API_KEY_FILE']])('a key given by %s', way => {
  async function keyed(): Promise<{ readonly world: World; readonly env: Readonly<Record<string, string>> }> {
    const world = await makeWorld({ key: null })
    world.service.state.addKey(canary, athlete.id)
    const file = join(world.root, 'key')
    writeFileSync(file, `${canary}\n`, { mode: 0o600 })
    return { world, env: { [way]: way === 'MUSETTE_API_KEY' ? canary : file } }
  }

  test('is nowhere in the home, in what is printed and in the bundle, whatever fails', async () => {
    const { world, env } = await keyed()
    putRides(world.source, 4)
    const ends = await everyFailure(world, { env })
    expect(ends.flatMap(end => shown(end.stdout + end.stderr))).toEqual([])
    expect(filesWithKey(world.home)).toEqual([])
    const bundle = Object.values(unzipSync(readFileSync(join(world.root, 'bundle.zip'))))
    expect(bundle.length).toBeGreaterThan(3)
    expect(bundle.flatMap(part => shown(Buffer.from(part).toString('latin1')))).toEqual([])
    // The failures were real ones, and the key did its work.
    expect(new Set(ends.map(end => end.code))).toEqual(new Set([0, 1, 3, 4]))
  })

  test.skipIf(process.platform !== 'linux').each(launcherNodes().map(node => [node.name, node.path]))(
    'stands in no command line and in no child’s environment while it runs on %s',
    async (_name, node) => {
      const { world, env } = await keyed()
      putRides(world.source, 2)
      await world.with({ env }).musette('source', 'add', world.source, '--backfill', 'all')
      world.service.state.faults.add({
        match: { method: 'POST' },
        times: -1,
        action: { kind: 'delay', ms: 700 },
      })
      const running = world.with({ env, node }).start('sync')
      let hasEnded = false
      void running.ended.then(() => (hasEnded = true))
      const lines = new Set<string>()
      const children = new Map<number, string>()
      await until(
        () => {
          for (const pid of processes().keys()) lines.add(proc(pid, 'cmdline'))
          for (const pid of descendants(running.pid)) children.set(pid, proc(pid, 'cmdline'))
          for (const pid of way === 'MUSETTE_API_KEY_FILE' ? [running.pid, ...children.keys()] : [])
            expect(shown(proc(pid, 'environ'))).toEqual([])
          return hasEnded
        },
        'the end',
        hangGuardMs,
        20,
      )
      expect((await running.ended).code).toBe(0)
      expect([...lines].flatMap(shown)).toEqual([])
      // The program itself, on the Node the launcher found, is the only process there ever is beside the launcher.
      const others = [...children.values()].filter(line => line !== '' && !line.includes('musette.mjs'))
      expect(others).toEqual([])
    },
  )
})

describe('a key file', () => {
  test.skipIf(process.platform === 'win32').each([0o644, 0o640, 0o604])(
    'that others may read (%o) is refused with the way to mend it',
    async mode => {
      const world = await makeWorld({ key: null })
      const file = join(world.root, 'key')
      writeFileSync(file, athlete.key, { mode })
      const end = await world.with({ env: { MUSETTE_API_KEY_FILE: file } }).musette('sync')
      expect(end).toMatchObject({ code: 2, stdout: '' })
      expect(end.stderr).toContain(`chmod 600 ${file}`)
      expect(world.service.state.requests).toEqual([])
    },
  )

  test('that is not there is named', async () => {
    const world = await makeWorld({ key: null })
    const file = join(world.root, 'no key')
    const end = await world.with({ env: { MUSETTE_API_KEY_FILE: file } }).musette('sync')
    expect(end).toMatchObject({ code: 2, stderr: expect.stringContaining(file) as unknown })
  })
})

test.skipIf(process.platform === 'win32')(
  'no signal makes Node open its debugger, on a port where another user could read the key',
  async () => {
    const world = await makeWorld()
    const running = world.start('run')
    await until(() => running.said().includes('is running'), 'the start')
    running.kill('SIGUSR1')
    // It answers a whole sync after that: the signal was heard.
    expect((await world.sync()).code).toBe(0)
    expect(running.said()).not.toMatch(/debugger/i)
    running.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ code: 0, signal: null })
  },
)
