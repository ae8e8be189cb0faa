import { describe, expect, test } from 'vitest'
import { effectOf, faultNames, type FaultName, type FaultWindow } from '../../sim/service/fault-windows.ts'
import { endOf, fit, rideOf, world } from './service-world.ts'

const offline = ['offline -', 'offline -'] as const
const lost = ['offline -', 'outcome-unknown - perhaps there'] as const
const garbled = ['service-down 200', 'outcome-unknown 201 perhaps there'] as const
const both = (end: string) => [end, end] as const
const down = (status: number) => [`service-down ${status}`, `service-down ${status} perhaps there`] as const

describe('a fault ends a request as it does over sockets:', () => {
  /** For a question, and for an upload. */
  const ends: Readonly<Record<FaultName, readonly [question: string, upload: string | RegExp]>> = {
    refused: offline,
    'host-unknown': offline,
    'dns-down': offline,
    'no-route': offline,
    'connect-timeout': offline,
    'certificate-expired': offline,
    'reset-before-body': offline,
    'reset-mid-body': lost,
    'too-large-early': both('service-down 413'),
    'reset-not-stored': lost,
    'reset-stored': lost,
    silence: lost,
    'slow-loris': garbled,
    'reply-stalls': garbled,
    'reply-cut': garbled,
    'truncated-json': ['service-down 200', /^outcome-unknown 20[01] perhaps there$/],
    'wrong-content-type': ['service-down 200', /^outcome-unknown 20[01] perhaps there$/],
    'gzip-garbage': ['service-down 200', /^outcome-unknown 20[01] perhaps there$/],
    'not-http': ['service-down -', 'outcome-unknown - perhaps there'],
    redirect: ['redirected', /^redirected 30[1278] perhaps there$/],
    '400': both('refused-by-service 400'),
    '401': both('signed-out 401'),
    '403-json': both('forbidden 403'),
    '403-html': both('service-down 403'),
    '404': both('refused-by-service 404'),
    '413': both('refused-by-service 413'),
    '422': both('refused-by-service 422'),
    '429-seconds': both('rate-limited 429'),
    '429-date': both('rate-limited 429'),
    '429-absent': both('rate-limited 429'),
    '429-absurd': both('rate-limited 429'),
    '500': down(500),
    '502': down(502),
    '503': down(503),
    '503-seconds': down(503),
    '504': down(504),
  }

  test.each(faultNames)('%s', async fault => {
    const [question, upload] = ends[fault]
    for (let seed = 1; seed <= 4; seed += 1) {
      const first = world({ seed, faults: [{ fault }] })
      expect(await first.clock.during(endOf(first.client.profile()))).toMatch(new RegExp(`^${question}`))
      const second = world({ seed, faults: [{ fault, on: 'upload', times: 1 }] })
      expect(await second.clock.during(endOf(second.client.uploadActivity(rideOf(fit()))))).toMatch(upload)
      await second.clock.advance(86_400_000)
      expect(await second.clock.during(endOf(second.client.uploadActivity(rideOf(fit()))))).toBe('fine')
      expect(new Set(second.service.record.uploads.flatMap(each => each.activityIds)).size).toBe(1)
    }
  })

  test('as many time-outs as the client has, in simulated time', async () => {
    const took = async (fault: FaultName) => {
      const { clock, client } = world({ faults: [{ fault }], options: { mostDelayMs: 0 } })
      await clock.during(endOf(client.profile()))
      return clock.monotonic()
    }
    expect(await took('connect-timeout')).toBe(15_000)
    expect(await took('silence')).toBe(60_000)
    expect(await took('reply-stalls')).toBe(60_000)
    expect(await took('slow-loris')).toBe(300_000)
  })

  test('says what it may leave behind', () => {
    const left = (on: FaultWindow['on']) =>
      faultNames.filter(fault => effectOf({ fault, on }) !== 'transient').sort()
    expect(left('upload')).toEqual(['400', '401', '403-json', '404', '413', '422'])
    expect(left('list')).toEqual(['401', '403-json'])
  })

  test('in its own time, on its own requests, as often as it says', async () => {
    const fault = { fault: '500', on: 'profile', fromMs: 1000, forMs: 1000, times: 2 } as const
    const { clock, client } = world({ faults: [fault], options: { mostDelayMs: 0 } })
    const seen: string[] = []
    for (const [atMs, ask] of [
      [0, () => client.profile()],
      [1000, () => client.connections('i1')],
      [1000, () => client.profile()],
      [1000, () => client.profile()],
      [1000, () => client.profile()],
      [2000, () => client.profile()],
    ] as const) {
      await clock.advance(atMs - clock.monotonic())
      seen.push(await clock.during(endOf(ask())))
    }
    expect(seen).toEqual(['fine', 'fine', 'service-down 500', 'service-down 500', 'fine', 'fine'])
  })
})
