import { createHash } from 'node:crypto'
import { createIntervalsClient } from '../../../electron/intervals/client.ts'
import type { ActivityUpload } from '../../../electron/sync/ports/intervals-service.ts'
import { AppError } from '../../../shared/app-error.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { simRandom } from '../../sim/random.ts'
import type { FaultWindow } from '../../sim/service/fault-windows.ts'
import { plainOptions, type ServiceOptions } from '../../sim/service/service-options.ts'
import { SimService } from '../../sim/service/sim-service.ts'

/** Noon of the day that the tests call today. */
export const startMs = Date.UTC(2026, 10, 22, 12)
/** Yesterday and today. */
export const range = { athleteId: 'i1', oldest: '2026-11-21', newest: '2026-11-22' }

interface World {
  readonly seed?: number
  readonly options?: Partial<ServiceOptions>
  readonly faults?: readonly Partial<FaultWindow>[]
}

/** A service with one process that talks to it, on a clock that moves as fast as the work allows. */
export function world({ seed = 1, options = {}, faults = [] }: World = {}) {
  const clock = new FakeClock(startMs)
  const tasks: string[] = []
  const whole: string[] = []
  const life = { isAlive: true }
  const onTask = { run: (): void => undefined }
  const service = new SimService({
    now: clock.now,
    task: async (label, delayMs) => {
      await clock.sleep(delayMs)
      tasks.push(`${clock.monotonic()} ${label}`)
      onTask.run()
    },
    random: simRandom(seed),
    faults: faults.map(fault => ({
      ...{ fault: '500', on: 'all', fromMs: 0, forMs: 1e12, times: null },
      ...fault,
    })),
    options: { ...plainOptions, mostDelayMs: 50, ...options },
    onWholeBody: sha256 => void whole.push(sha256),
  })
  const clientOf = (alive: { readonly isAlive: boolean }) =>
    createIntervalsClient({
      ...{ origin: 'https://intervals.icu', clock, userAgent: 'Musette/9.9.9', perSecond: 0 },
      credential: () => Promise.resolve({ kind: 'apiKey', key: 'abc' }),
      budget: { waitMs: () => null, spend: () => undefined },
      wire: service.wireFor(alive),
    })
  return { clock, service, tasks, whole, life, onTask, client: clientOf(life), clientOf }
}

/** A ride of ten minutes. */
export const fit = (startTime = '2026-11-22T08:00:00Z') =>
  buildFit({ startTime, durationS: 600, recordEveryS: 60 })
/** In hex. */
export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** An upload of these bytes, as Musette sends it. */
export function rideOf(bytes: Uint8Array): ActivityUpload {
  return {
    athleteId: 'i1',
    fileName: 'ride "1".fit',
    externalId: `musette-${sha256Of(bytes).slice(0, 32)}`,
    bytes: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    body: async function* () {
      for (let at = 0; at < bytes.length; at += 3000) yield bytes.subarray(at, at + 3000)
    },
  }
}

/** What a promise ends with, in a word and with whether the ride may be there. */
export async function endOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'fine'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return `${error.code} ${error.status ?? '-'}${error.bodySent ? ' perhaps there' : ''}`
  }
}
