import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { controlAddress } from '../../electron/adapters/control-address.ts'
import { homeFolders } from '../../electron/host/home.ts'
import {
  asUser,
  riderUid,
  runAsStranger,
  strangerUid,
  tryAsStranger,
  whyNoOtherUser,
} from '../helpers/other-user.ts'
import { unfinished } from '../helpers/rides.ts'
import type { StrangersTry } from '../helpers/stranger.ts'
import type { RunningCli } from './helpers/cli.ts'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { put, putRides, ride } from './helpers/rides.ts'
import { until } from './helpers/until.ts'

const missing = whyNoOtherUser()
if (missing !== null) console.log(`SKIPPED: what another user of this computer can do, ${missing}`)

afterAll(endWorlds)

const withOpenUmask = ['sh', '-c', 'umask 000; exec "$@"', 'sh']
const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8)

/** Everything in a folder and the folder itself, by the modes they have. */
function modes(folder: string): Readonly<Record<string, readonly string[]>> {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
  return Object.groupBy(names, name => {
    const stat = statSync(join(folder, name))
    return `${stat.isDirectory() ? 'folder' : 'file'} ${modeOf(join(folder, name))}`
  }) as Readonly<Record<string, readonly string[]>> // every group has its names
}

/** Starts the window and answers its address. */
async function serve(world: Pick<World, 'start'>, ...args: readonly string[]): Promise<Served> {
  const running = world.start('run', '--ui', ...args)
  await until(() => running.said().includes('is running'), 'the start')
  const { origin, hash, port } = new URL(running.printed().trim())
  return { running, origin, port, token: hash.replace('#token=', '') }
}
interface Served {
  readonly running: RunningCli
  readonly origin: string
  readonly port: string
  readonly token: string
}

const askFor = ({ origin }: Served, path: string, token: string | null): StrangersTry => ({
  kind: 'ask',
  url: `${origin}${path}`,
  method: path.includes('request') ? 'POST' : 'GET',
  headers: {
    'content-type': 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  },
})

describe.skipIf(process.platform === 'win32')('the home', () => {
  test.concurrent(
    'is its owner’s alone, every folder and file, also where everybody may do everything',
    async () => {
      const world = await makeWorld()
      const open = world.with({ under: withOpenUmask })
      putRides(world.source, 2)
      put(world.source, 'cut.fit', unfinished(ride(3)))
      expect((await open.musette('source', 'add', world.source, '--backfill', 'all')).code).toBe(0)
      expect((await open.musette('source', 'pause', 's1')).code).toBe(0)
      expect((await open.musette('source', 'resume', 's1')).code).toBe(0)
      const { running } = await serve(open)
      await until(async () => (await world.status()).counts.uploaded === 2, 'the rides')
      const bundle = join(world.root, 'bundle.zip')
      expect((await open.musette('diagnostics', bundle)).code).toBe(0)
      expect(modeOf(bundle)).toBe('600')

      const found = modes(world.home)
      expect(Object.keys(found).sort()).toEqual(['file 600', 'folder 700'])
      const seen = Object.values(found).flat().join('\n')
      for (const name of [
        ...[
          'settings.json',
          'settings.json.last-good',
          'ledger.sqlite',
          'ledger.sqlite-wal',
          'ledger.sqlite-shm',
        ],
        ...['lock', 'musette.log', 'control.sock', '.fit.gz', 'staging', 'archive'],
      ])
        expect(seen).toContain(name)
      running.kill('SIGKILL')
      await running.ended
      expect(Object.keys(modes(world.home)).sort()).toEqual(['file 600', 'folder 700'])
    },
  )

  test.concurrent(
    'that is there and open to all is closed to all but its owner, and told of nowhere: it is mended',
    async () => {
      const world = await makeWorld()
      mkdirSync(homeFolders(world.home).profile, { recursive: true })
      const { profile } = homeFolders(world.home)
      const all = [world.home, join(world.home, 'profiles'), profile]
      for (const folder of all) chmodSync(folder, 0o777)
      await world.addSource()
      expect(all.map(modeOf)).toEqual(['755', '700', '700'])
      expect(Object.keys(modes(profile)).sort()).toEqual(['file 600', 'folder 700'])
    },
  )
})

describe.skipIf(missing !== null)('another user of this computer', () => {
  test.concurrent('can neither read the home, ask through its socket nor see the token', async () => {
    const world = await makeWorld()
    chmodSync(world.root, 0o755)
    putRides(world.source, 1)
    await world.addSource(world.source, '--backfill', 'all')
    const window = await serve(world)
    const folders = homeFolders(world.home)
    const { path: socket } = await controlAddress(folders.profile)
    const inside = [folders.settings, folders.ledger, folders.log, `${folders.ledger}-wal`]
    expect(
      tryAsStranger([
        { kind: 'list', path: world.home },
        ...inside.map(path => ({ kind: 'read', path }) as const),
        { kind: 'write', path: join(world.home, 'planted') },
        { kind: 'connect', path: socket },
        { kind: 'read', path: `/proc/${window.running.pid}/environ` },
      ]),
    ).toEqual(Array.from({ length: 8 }, () => 'EACCES'))
    const [line = ''] = tryAsStranger([{ kind: 'read', path: `/proc/${window.running.pid}/cmdline` }])
    expect(line).toContain('run\0--ui')
    expect(line).not.toContain(window.token)
    window.running.kill('SIGTERM')
    expect((await window.running.ended).code).toBe(0)
  })

  test.concurrent(
    'gets from the window’s port its empty page and nothing else, also with the token of an earlier run',
    async () => {
      const world = await makeWorld()
      const before = await serve(world)
      before.running.kill('SIGTERM')
      await before.running.ended
      const window = await serve(world, before.port)
      expect(window.port).toBe(before.port)
      expect(window.token).not.toBe(before.token)
      const paths = ['/api/request/getSnapshot', '/api/request/syncNow', '/api/events', '/api/guess']
      const ends = tryAsStranger([
        ...paths.map(path => askFor(window, path, null)),
        ...paths.map(path => askFor(window, path, before.token)),
      ])
      expect(new Set(ends)).toEqual(new Set(['401 The token is missing or wrong.\n']))
      const [page = ''] = tryAsStranger([askFor(window, '/', null)])
      // What is in every copy of Musette, and nothing of this one.
      expect(page).toBe(`200 ${readFileSync('dist/renderer/index.html', 'utf8')}`)
      window.running.kill('SIGTERM')
      expect((await window.running.ended).code).toBe(0)
    },
  )

  /** A world whose commands are run by a user who is not root. */
  async function ridersWorld(): Promise<{ readonly world: World; readonly rider: Pick<World, 'musette'> }> {
    const world = await makeWorld()
    for (const folder of [world.root, world.source]) chownSync(folder, riderUid, riderUid)
    chmodSync(world.root, 0o755)
    return { world, rider: world.with({ under: asUser(riderUid) }) }
  }

  test.concurrent('has no home of theirs taken for ours', async () => {
    const { world, rider } = await ridersWorld()
    mkdirSync(world.home)
    chmodSync(world.home, 0o777)
    chownSync(world.home, strangerUid, strangerUid)
    const end = await rider.musette('source', 'add', world.source)
    expect(end).toMatchObject({ code: 2, stdout: '' })
    expect(end.stderr).toContain(`${world.home} belongs to another user`)
    expect(readdirSync(world.home)).toEqual([])
  })

  test.concurrent('cannot plant a folder of theirs in an open home', async () => {
    const { world, rider } = await ridersWorld()
    mkdirSync(world.home)
    chownSync(world.home, riderUid, riderUid)
    chmodSync(world.home, 0o777)
    const planted = join(world.home, 'profiles')
    runAsStranger(['mkdir', '-m', '777', planted])
    const end = await rider.musette('source', 'add', world.source)
    expect(end).toMatchObject({ code: 2, stdout: '' })
    expect(end.stderr).toContain(`${planted} belongs to another user`)
    expect(readdirSync(planted)).toEqual([])
    // And no other can be planted from now on.
    expect(tryAsStranger([{ kind: 'write', path: join(world.home, 'desktop') }])).toEqual(['EACCES'])
  })

  test.concurrent('cannot keep the socket of a home with a long path for themselves', async () => {
    const { world, rider } = await ridersWorld()
    const long = join(world.root, 'h'.repeat(90))
    const { folder } = await controlAddress(homeFolders(long).profile)
    runAsStranger(['mkdir', '-m', '777', folder ?? ''])
    try {
      writeFileSync(join(folder ?? '', 'bait'), '')
      const env = { MUSETTE_HOME: long }
      const end = await world.with({ under: asUser(riderUid), env }).musette('source', 'add', world.source)
      expect(end).toMatchObject({ code: 2, stdout: '' })
      expect(end.stderr).toContain('belongs to somebody else')
      expect(readdirSync(folder ?? '')).toEqual(['bait'])
      // Where the path is short the same is fine.
      expect((await rider.musette('source', 'add', world.source)).code).toBe(0)
    } finally {
      rmSync(folder ?? '', { recursive: true, force: true })
    }
  })
})
