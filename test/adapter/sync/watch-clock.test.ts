import { expect, test } from 'vitest'
import { nodeDisk } from '../../../electron/adapters/node-disk.ts'
import { UploadQueue } from '../../../electron/sync/activities/upload-queue.ts'
import { watchClock } from '../../../electron/sync/loop/watch-clock.ts'
import { PauseGate } from '../../../electron/sync/loop/pause-gate.ts'
import { Bell } from '../../../electron/sync/bell.ts'
import { noLog } from '../../../electron/sync/ports/log.ts'
import { newSettings, type Settings } from '../../../shared/settings.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { FakeService } from '../../helpers/fake-service.ts'
import { FragileLedger } from '../../helpers/power-cut.ts'
import { never } from '../../helpers/engine-home.ts'

const noonMs = Date.UTC(2026, 10, 21, 12)
const [second, hour] = [1000, 3_600_000]

/** How often everything is looked at anew when, in one sleep of the watch, the two clocks move on by so much. */
async function looksAfter(wallStepMs: number, steadyStepMs: number, startMs = noonMs): Promise<number> {
  const stop = new AbortController()
  let [wall, steady, looks] = [startMs, 0, 0]
  const clock = {
    now: () => wall,
    monotonic: () => steady,
    timeZone: () => 'UTC',
    sleep: () => {
      wall += wallStepMs
      steady += steadyStepMs
      stop.abort()
      return Promise.resolve()
    },
  }
  const { ledger } = new FragileLedger()
  const service = new FakeService()
  const deps = {
    ledger,
    service,
    clock,
    disk: nodeDisk(),
    random: () => 0,
    log: noLog,
    archiveFolder: '/none',
  }
  const queue = new UploadQueue(deps)
  await watchClock({ clock, ledger, queue, log: noLog }, () => (looks += 1), stop.signal)
  return looks
}

test.each([
  ['nothing happened', 5 * second, 5 * second, 0],
  ['the computer was busy for a while', 25 * second, 25 * second, 0],
  ['the computer slept, and its steady clock stood still', hour, 5 * second, 1],
  ['the computer slept, and its steady clock ran on', hour, hour, 1],
  ['the clock was set ahead', 61 * second, 5 * second, 1],
  ['the clock was set back', -hour, 5 * second, 1],
])(
  'where %s (the clocks went on by %i and %i ms), everything is looked at anew %i times',
  async (_, wall, steady, looks) => {
    expect(await looksAfter(wall, steady)).toBe(looks)
  },
)

test('a new day is noticed by itself', async () => {
  expect(await looksAfter(5 * second, 5 * second, Date.UTC(2026, 10, 21, 23, 59, 58))).toBe(1)
})

test('the end of a pause does not take away one that was just set', async () => {
  const until = (atMs: number): Settings['pause'] => ({ kind: 'until', at: new Date(atMs).toISOString() })
  const clock = new FakeClock(noonMs)
  const later = until(noonMs + hour)
  let settings: Settings = { ...newSettings('h'), pause: until(noonMs - second) }
  const store = {
    current: () => settings,
    // Between the look at the pause and the change of it, somebody else's change goes first.
    update: (change: (before: Settings) => Settings) => {
      settings = change({ ...settings, pause: later })
      return Promise.resolve(settings)
    },
  }
  const gate = new PauseGate({ settings: store, clock, log: noLog }, () => undefined)
  expect(await gate.pass(new Bell(), never)).toBe('open')
  expect(settings.pause).toEqual(later)
})
