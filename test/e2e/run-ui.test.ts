import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import type { AppSnapshot } from '../../shared/app-snapshot.ts'
import type { Result } from '../../shared/ipc-contract.ts'
import type { RunningCli } from './helpers/cli.ts'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { put, ride } from './helpers/rides.ts'
import { activities } from './helpers/service-log.ts'
import { until } from './helpers/until.ts'

afterAll(endWorlds)

interface Window {
  readonly running: RunningCli
  readonly origin: string
  readonly token: string
  ask(name: string, ...args: readonly unknown[]): Promise<Result<unknown>>
  snapshot(): Promise<AppSnapshot>
  stop(signal?: NodeJS.Signals): Promise<void>
}

async function windowOf(world: World, ...args: readonly string[]): Promise<Window> {
  const running = world.start('run', '--ui', ...args)
  await until(() => running.said().includes('is running'), 'the start')
  const [, origin = '', token = ''] =
    /^(http:\/\/127\.0\.0\.1:\d+)\/#token=([A-Za-z0-9_-]{43})\n$/.exec(running.printed()) ?? []
  const ask = async (name: string, ...list: readonly unknown[]): Promise<Result<unknown>> => {
    const reply = await fetch(`${origin}/api/request/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(list),
    })
    // The contract's shape; tests compare what is in it.
    return (await reply.json()) as Result<unknown>
  }
  return {
    ...{ running, origin, token, ask },
    snapshot: async () => {
      const result = await ask('getSnapshot')
      if (result.kind === 'failed') throw new Error(result.error.message)
      return result.value as AppSnapshot // as above
    },
    stop: async (signal = 'SIGTERM') => {
      running.kill(signal)
      expect(await running.ended).toMatchObject({ code: 0, signal: null })
    },
  }
}

test.concurrent('one line with the address is printed, and the window behind it works', async () => {
  const world = await makeWorld()
  const window = await windowOf(world)
  expect(window.origin).not.toBe('')
  const page = await fetch(`${window.origin}/`)
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'")
  expect(await page.text()).toContain('<script type="module"')
  const wanted = { folder: world.source, name: null, backfill: { kind: 'none' } }
  expect(await window.ask('addSource', wanted)).toMatchObject({ kind: 'ok', value: 's1' })
  put(world.source, 'a.fit', ride(1))
  await until(async () => (await window.snapshot()).counts.uploaded === 1, 'the ride')
  expect(activities(world.service)).toHaveLength(1)
  expect((await window.snapshot()).host).toMatchObject({
    kind: 'headless',
    canConnect: false,
    canQuit: false,
  })
  await window.stop()
})

test.concurrent('it stops with a window open and listening', async () => {
  const window = await windowOf(await makeWorld())
  const { origin, token } = window
  const events = await fetch(`${origin}/api/events`, { headers: { authorization: `Bearer ${token}` } })
  const reader = events.body?.getReader()
  const first = await reader?.read()
  expect(Buffer.from(first?.value ?? []).toString('utf8')).toMatch(/^data: \{"kind":"snapshot"/)
  await window.stop('SIGINT')
  await expect(fetch(origin)).rejects.toThrow()
})

test.concurrent('a port that is in use ends it with 2 and a sentence', async () => {
  const window = await windowOf(await makeWorld())
  const { port } = new URL(window.origin)
  const other = await makeWorld()
  const end = await other.musette('run', '--ui', port)
  expect(end).toMatchObject({ code: 2, stdout: '' })
  expect(end.stderr).toContain(`Port ${port} is in use by another program`)
  // It is free again once the first has gone.
  await window.stop()
  const again = await windowOf(other, port)
  expect(new URL(again.origin).port).toBe(port)
  await again.stop()
})

test.concurrent('the token is in no file, no log, no bundle and no command line', async () => {
  const world = await makeWorld()
  const window = await windowOf(world)
  await fetch(`${window.origin}/api/events`, { headers: { authorization: `Bearer ${window.token}x` } })
  const saved = await window.ask('saveDiagnostics')
  const bundle = join(world.root, 'bundle.zip')
  expect((await world.musette('diagnostics', bundle)).code).toBe(0)
  const parts = Object.values(unzipSync(readFileSync(bundle))).map(part => Buffer.from(part).toString('utf8'))
  const seen = [
    ...[window.running.said(), JSON.stringify(await window.snapshot()), JSON.stringify(saved), ...parts],
    JSON.stringify(await window.ask('readLog', 5000)),
    ...readdirSync(world.home, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1')),
    ...(process.platform === 'linux' ? commandLines() : []),
  ]
  expect(seen.length).toBeGreaterThan(8)
  expect(seen.filter(text => text.includes(window.token))).toEqual([])
  await window.stop()
})

function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name =>
      ['cmdline', 'environ'].map(file => {
        try {
          return readFileSync(`/proc/${name}/${file}`, 'latin1')
        } catch {
          // Gone, or another's.
          return ''
        }
      }),
    )
}
