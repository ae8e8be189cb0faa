import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFakeIntervals } from '../fake-intervals/server.ts'
import { buildFit } from '../helpers/fit-builder.ts'
import { medianMs, printRow } from './measure.ts'

const rides = 200

/** A whole `musette sync` of 200 rides, process start included, against bare POSTs of the same files. */
export async function benchSync(folder: string): Promise<void> {
  const source = join(folder, 'new-rides')
  mkdirSync(source)
  const files = Array.from({ length: rides }, (_, place) =>
    buildFit({
      startTime: new Date(Date.UTC(2026, 0, 1, place)).toISOString(),
      durationS: 600,
      serial: place + 1,
    }),
  )
  for (const [place, bytes] of files.entries()) writeFileSync(join(source, `${place}.fit`), bytes)
  const service = await startFakeIntervals({ switches: { perSecond: 0, per15Min: 0, perDay: 0 } })
  const home = join(folder, 'home')
  try {
    const oursMs = await medianMs(3, async () => {
      service.state.reset()
      rmSync(home, { recursive: true, force: true })
      await musette(home, service.url, ['source', 'add', source, '--backfill', 'all'])
      await musette(home, service.url, ['sync'])
      if (service.state.activities.length !== rides) throw new Error('not every ride went up')
    })
    const baselineMs = await medianMs(3, async () => {
      service.state.reset()
      for (const bytes of files) await post(service.url, bytes)
    })
    printRow({
      name: `first sync of ${rides} rides, archived and proved`,
      oursMs,
      baseline: 'POSTs alone, one by one',
      baselineMs,
    })
    const idleMs = await medianMs(5, () => musette(home, service.url, ['sync']))
    const bareMs = await medianMs(5, () => musette(home, service.url, ['version']))
    printRow({
      name: 'sync with nothing to do',
      oursMs: idleMs,
      baseline: 'musette version',
      baselineMs: bareMs,
    })
  } finally {
    await service.close()
  }
}

function musette(home: string, url: string, args: readonly string[]): Promise<void> {
  const env = {
    ...process.env,
    ...{
      MUSETTE_HOME: home,
      MUSETTE_API_URL: url,
      MUSETTE_API_KEY: 'key-of-i200001',
      MUSETTE_LIMITS: '0,0,0',
    },
  }
  const launcher = join(import.meta.dirname, '..', '..', 'electron', 'musette.mjs')
  const child = spawn(process.execPath, [launcher, ...args], { env, stdio: 'ignore', timeout: 120_000 })
  return new Promise((resolve, reject) => {
    child.on('exit', code =>
      code === 0 ? resolve() : reject(new Error(`musette ${args.join(' ')}: exit ${String(code)}`)),
    )
    child.on('error', reject)
  })
}

async function post(url: string, bytes: Uint8Array): Promise<void> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), 'ride.fit')
  const reply = await fetch(`${url}/api/v1/athlete/0/activities`, {
    method: 'POST',
    body: form,
    headers: { Authorization: `Basic ${btoa('API_KEY:key-of-i200001')}`, 'User-Agent': 'bench' },
  })
  if (!reply.ok) throw new Error(`upload answered ${reply.status}`)
  await reply.arrayBuffer()
}
