import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { systemClock } from '../../../electron/adapters/system-clock.ts'
import type { Environment } from '../../../electron/host/environment.ts'
import { openSession, type OwnSession } from '../../../electron/host/session.ts'
import type { Shell } from '../../../electron/host/window/shell.ts'
import { WindowService } from '../../../electron/host/window/window-service.ts'
import { workerFiles } from '../../../electron/workers/worker-files.ts'
import type { AppSnapshot } from '../../../shared/app-snapshot.ts'
import type { RequestName, Requests, Result, WindowEvent } from '../../../shared/ipc-contract.ts'
import { until } from '../../e2e/helpers/until.ts'
import { startFakeIntervals, type FakeIntervals } from '../../fake-intervals/server.ts'
import { desktopAbilities } from '../../helpers/window/snapshots.ts'

/** A window's service over a real engine thread and a stand-in for the service. */
export interface WindowWorld {
  readonly root: string
  readonly rides: string
  readonly trainer: string
  readonly home: string
  readonly fake: FakeIntervals
  readonly session: OwnSession
  readonly service: WindowService
  readonly events: WindowEvent[]
  readonly logged: string[]
  /** What the shell was asked for. */
  readonly shown: string[]
  ask<K extends RequestName>(
    name: K,
    ...args: Parameters<Requests[K]>
  ): Promise<Result<ReturnType<Requests[K]>>>
  /** Asks, and throws what failed. */
  get<K extends RequestName>(name: K, ...args: Parameters<Requests[K]>): Promise<ReturnType<Requests[K]>>
  /** Ends this Musette and starts another on the same home. */
  reopen(): Promise<WindowWorld>
  untilSnapshot(isSo: (snapshot: AppSnapshot) => boolean, what: string): Promise<AppSnapshot>
}

export const athleteKey = 'key-of-i200001'

const open: (() => Promise<void>)[] = []

/** For afterEach. */
export async function closeWorlds(): Promise<void> {
  // What was made first is needed until the end.
  for (const close of open.splice(0).toReversed()) await close()
}

export interface WorldWishes {
  /** Null for the keychain. */
  readonly apiKey?: string | null
  readonly shell?: Partial<Shell>
}

export async function windowWorld(wishes: WorldWishes = {}): Promise<WindowWorld> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'musette-window-')))
  const folders = { rides: join(root, 'Rides'), trainer: join(root, 'Zwift') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  const fake = await startFakeIntervals({ switches: { perSecond: 0, per15Min: 0, perDay: 0 } })
  open.push(async () => {
    await fake.close()
    rmSync(root, { recursive: true, force: true })
  })
  return openWorld({ root, fake, ...folders }, wishes)
}

async function openWorld(
  place: Pick<WindowWorld, 'root' | 'fake' | 'rides' | 'trainer'>,
  wishes: WorldWishes,
): Promise<WindowWorld> {
  const { apiKey = athleteKey, shell } = wishes
  const { root, fake } = place
  const home = join(root, 'home')
  const limits = { perSecond: 0, per15Min: 0, perDay: 0 }
  const environment: Environment = { home, origin: fake.url, limits, apiKey }
  const files = workerFiles(pathToFileURL(resolve('electron/headless.ts')).href)
  const session = await openSession(environment, files, new AbortController().signal)
  if (session.kind !== 'own') throw new Error('the home is not ours')
  const events: WindowEvent[] = []
  const logged: string[] = []
  const shown: string[] = []
  const service = new WindowService({
    ...{ session, environment, clock: systemClock(), run: 'this start' },
    log: (level, message, fields) => void logged.push(JSON.stringify({ level, message, ...fields })),
    shell: { ...recordingShell(shown, apiKey), ...shell },
  })
  service.onEvent(event => void events.push(event))
  const close = async (): Promise<void> => {
    service.close()
    await session.close(true)
  }
  open.push(close)
  await service.start()
  const ask: WindowWorld['ask'] = async (name, ...args) =>
    // The contract's own types; what each answer holds is what the tests are about.
    (await service.answer(name, args)) as never
  return {
    ...{ ...place, home, session, service, events, logged, shown, ask },
    get: async (name, ...args) => {
      const result = await ask(name, ...args)
      if (result.kind === 'failed') throw new Error(`${name}: ${JSON.stringify(result.error)}`)
      return result.value
    },
    reopen: async () => {
      await close()
      return openWorld(place, wishes)
    },
    untilSnapshot: async (isSo, what) => {
      await until(() => isSo(service.current), what)
      return service.current
    },
  }
}

function recordingShell(shown: string[], apiKey: string | null): Shell {
  const show = (what: string): Promise<void> => Promise.resolve(void shown.push(what))
  return {
    abilities: { ...desktopAbilities, canConnect: apiKey === null },
    chooseFolder: purpose => show(`choose ${purpose}`).then(() => '/chosen'),
    showInFolder: show,
    startup: () => Promise.resolve({ kind: 'off' }),
    setStartAtLogin: isOn => show(`login ${isOn}`).then(() => ({ kind: 'on' })),
    openSystemPage: (page, logFolder) => show(`${page} ${logFolder}`),
    saveFile: (name, content) =>
      show(`save ${name}`).then(() => ({
        ...({ kind: 'handedOver', name } as const),
        base64: Buffer.from(content).toString('base64'),
      })),
    quit: () => void shown.push('quit'),
  }
}
