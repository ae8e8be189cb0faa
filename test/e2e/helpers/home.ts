import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileEntry, FileStory, StatusReport, SyncReport } from '../../../shared/reports.ts'
import { startFakeIntervals, type FakeIntervals, type FakeOptions } from '../../fake-intervals/server.ts'
import { endStrays, jsonOf, runCli, startCli, type CliEnd, type CliOptions, type RunningCli } from './cli.ts'

/** A temporary home with a source folder beside it, and a stand-in for the service. */
export interface World {
  readonly root: string
  readonly home: string
  readonly source: string
  /** The one that is up now, or was last. */
  readonly service: FakeIntervals
  /** Stops listening. */
  stopService(): Promise<void>
  /** Comes back on the same port with what it had. */
  startService(): Promise<void>
  /** What commands run with; tests add to it. */
  readonly env: Readonly<Record<string, string>>
  /** Runs one command to its end. */
  musette(...args: readonly string[]): Promise<CliEnd>
  /** As `musette`, with another environment, input or Node. */
  with(options: Partial<CliOptions>): Pick<World, 'musette' | 'start' | 'sync' | 'files' | 'status'>
  start(...args: readonly string[]): RunningCli
  /** `sync --json`: its exit code and its report. */
  sync(): Promise<{ readonly code: number | null; readonly report: SyncReport }>
  files(): Promise<readonly FileEntry[]>
  why(file: string): Promise<FileStory>
  status(): Promise<StatusReport>
  /** A new empty folder in the root. */
  folder(name: string): string
  /** Adds a source and answers its id. Throws when it was not added. */
  addSource(folder?: string, ...args: readonly string[]): Promise<string>
  remove(): Promise<void>
}

export interface WorldOptions {
  readonly service?: FakeOptions
  /** `MUSETTE_LIMITS`; `0,0,0` (no waiting) unless given, null for the default. */
  readonly limits?: string | null
  /** The API key; null for none in the environment. */
  readonly key?: string | null
  readonly env?: Readonly<Record<string, string>>
}

/** The athlete of the stand-in whose key commands are given. */
export const athlete = { id: 'i200001', key: 'key-of-i200001' } as const
export const otherAthlete = { id: 'i200002', key: 'key-of-i200002' } as const

const worlds: World[] = []

/** Makes a world. It ends with `endWorlds`, which belongs into afterEach. */
export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'musette e2e-')))
  const switches = { perSecond: 0, per15Min: 0, perDay: 0, ...options.service?.switches }
  let service = await startFakeIntervals({ ...options.service, switches })
  const { limits = '0,0,0', key = athlete.key } = options
  const home = options.env?.['MUSETTE_HOME'] ?? join(root, 'home')
  const env: Readonly<Record<string, string>> = {
    PATH: process.env['PATH'] ?? '',
    // Nothing of the person who runs the tests is touched.
    HOME: root,
    TMPDIR: tmpdir(),
    MUSETTE_HOME: home,
    MUSETTE_API_URL: service.url,
    ...(limits === null ? {} : { MUSETTE_LIMITS: limits }),
    ...(key === null ? {} : { MUSETTE_API_KEY: key }),
    ...options.env,
  }
  const folder = (name: string): string => {
    const path = join(root, name)
    mkdirSync(path, { recursive: true })
    return path
  }
  const source = folder('Rides')
  const said = commands(env)
  const world: World = {
    ...said,
    ...{ root, home, source, env, folder },
    get service() {
      return service
    },
    stopService: () => service.close(),
    startService: async () => {
      service = await startFakeIntervals({ port: service.port, state: service.state })
    },
    addSource: async (path = source, ...args) => added(await said.musette('source', 'add', path, ...args)),
    remove: async () => {
      await service.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
  worlds.push(world)
  return world
}

function added(end: CliEnd): string {
  if (end.code !== 0) throw new Error(`not added: ${end.stderr}`)
  return end.stdout.trim()
}

function commands(env: Readonly<Record<string, string>>, options: Partial<CliOptions> = {}) {
  const whole: CliOptions = { ...options, env: { ...env, ...options.env } }
  const musette = (...args: readonly string[]): Promise<CliEnd> => runCli(args, whole)
  const json = async (...args: readonly string[]): Promise<unknown> =>
    jsonOf(await musette(...args, '--json'))
  // What a command prints is held to its shape by the tests that compare whole values; here it is taken at its word.
  return {
    musette,
    start: (...args: readonly string[]): RunningCli => startCli(args, whole),
    with: (more: Partial<CliOptions>) => commands(env, more),
    sync: async () => {
      const end = await musette('sync', '--json')
      return { code: end.code, report: jsonOf(end) as SyncReport }
    },
    files: async () => (await json('files')) as readonly FileEntry[],
    why: async (file: string) => (await json('why', file)) as FileStory,
    status: async () => (await json('status')) as StatusReport,
  }
}

/** Ends every process and every world that the tests of this file made. */
export async function endWorlds(): Promise<void> {
  await endStrays()
  for (const world of worlds.splice(0)) await world.remove()
}
