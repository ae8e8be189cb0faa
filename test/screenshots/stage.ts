import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AppSnapshot } from '../../shared/app-snapshot.ts'
import { httpPaths, type Requests, type Result } from '../../shared/ipc-contract.ts'
import { endStrays, runCli, startCli, type CliOptions } from '../e2e/helpers/cli.ts'
import { until } from '../e2e/helpers/until.ts'
import { startFakeIntervals, type FakeIntervals } from '../fake-intervals/server.ts'

/** What every picture shows: a Tuesday evening after a ride on the trainer. */
export const pictureNowMs = Date.parse('2026-05-12T18:42:00+02:00')
/** What the window takes for now: late enough that "2 minutes ago" is the same however fast the computer is. */
export const windowNowMs = pictureNowMs + 150_000
export const pictureZone = 'Europe/Berlin'
export const rider = { id: 'i140327', name: 'Robin Keller', timeZone: pictureZone, ftp: 250 } as const

const key = 'key-for-the-pictures'
const guardMs = 900_000

/** A made-up rider's computer with a stand-in for the service. The paths show in the pictures: nothing personal is in them. */
export interface Stage {
  readonly service: FakeIntervals
  readonly key: string
  /** A folder of the rider's, made. */
  folder(...names: readonly string[]): string
  /** Runs a command that must end well. */
  musette(...args: readonly string[]): Promise<void>
  /** Starts the host of the window. */
  open(): Promise<Host>
  close(): Promise<void>
}

/** A running `musette run --ui`. */
export interface Host {
  readonly address: string
  ask<K extends keyof Requests>(name: K, ...args: Parameters<Requests[K]>): Promise<ReturnType<Requests[K]>>
  /** Resolves once the snapshot is so. */
  until(what: string, isSo: (snapshot: AppSnapshot) => boolean): Promise<void>
  stop(): Promise<void>
}

/** Throws where the folder for the pictures is there already. `hasKey`: whether commands find a key in their environment. */
export async function makeStage(hasKey: boolean): Promise<Stage> {
  const root = join(realpathSync(process.platform === 'win32' ? tmpdir() : '/tmp'), 'robin')
  mkdirSync(root)
  const service = await startFakeIntervals({
    athletes: [{ ...rider, keys: [key] }],
    now: new Date(pictureNowMs).toISOString(),
    switches: { perSecond: 0, per15Min: 0, perDay: 0 },
  })
  const options: CliOptions = {
    env: {
      ...{ PATH: process.env['PATH'] ?? '', HOME: root, USERPROFILE: root, USER: 'robin', TMPDIR: tmpdir() },
      ...{ TZ: pictureZone, LANG: 'en_GB.UTF-8' },
      MUSETTE_HOME: join(root, '.local', 'share', 'musette'),
      MUSETTE_API_URL: service.url,
      ...(hasKey ? { MUSETTE_API_KEY: key } : {}),
      NODE_OPTIONS: `--import ${pathToFileURL(resolve('test/screenshots/steady-clock.mjs')).href}`,
      PICTURE_CLOCK_OFFSET_MS: String(pictureNowMs - Date.now()),
    },
    guardMs,
  }
  return {
    ...{ service, key },
    folder: (...names) => {
      const path = join(root, ...names)
      mkdirSync(path, { recursive: true })
      return path
    },
    musette: async (...args) => {
      const end = await runCli(args, options)
      if (end.code !== 0) throw new Error(`musette ${args.join(' ')}: ${end.stderr}`)
    },
    open: () => openHost(options),
    close: async () => {
      await endStrays()
      await service.close()
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function openHost(options: CliOptions): Promise<Host> {
  const running = startCli(['run', '--ui'], options)
  const isPrinted = (): boolean => running.printed().includes('#token=')
  await until(isPrinted, 'the address of the window')
  const address = running.printed().trim()
  const { origin, hash } = new URL(address)
  const ask: Host['ask'] = async (name, ...args) => {
    const reply = await fetch(`${origin}${httpPaths.request}/${name}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${hash.replace('#token=', '')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(args),
    })
    // By the contract: the host and this come from one checkout.
    const result = (await reply.json()) as Result<ReturnType<Requests[typeof name]>>
    if (result.kind === 'failed') throw new Error(`${name}: ${result.error.message}`)
    return result.value
  }
  return {
    ...{ address, ask },
    until: (what, isSo) => until(async () => isSo(await ask('getSnapshot')), what, 60_000),
    stop: async () => {
      running.kill('SIGTERM')
      await running.ended
    },
  }
}
