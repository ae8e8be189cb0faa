import type { NotificationConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { Notifications, type HostNotification } from '../../../../electron/desktop/notices/notifications.ts'
import { noRides } from '../../../../electron/desktop/parse-desktop-state.ts'
import { FakeEmitter } from '../../../helpers/fake-emitter.ts'
import { LogLines } from '../../../helpers/log-lines.ts'
import { rideView, snapshotMs, sourceView } from '../../../helpers/snapshot-parts.ts'
import { snapshotOf } from '../../../helpers/window/snapshots.ts'

class FakeNotification extends FakeEmitter {
  isShown = false
  readonly options: NotificationConstructorOptions
  constructor(options: NotificationConstructorOptions) {
    super()
    this.options = options
  }
  readonly show = (): void => {
    this.isShown = true
  }
}

function stage(platform: NodeJS.Platform = 'darwin', isSupported = true) {
  const shown: FakeNotification[] = []
  const done: unknown[] = []
  const { messages, log } = new LogLines()
  let isBroken = false
  const notifications = new Notifications({
    isSupported: () => isSupported,
    build: options => {
      if (isBroken) throw new Error('no server')
      const one = new FakeNotification(options)
      shown.push(one)
      return one as unknown as HostNotification // every member that is picked is there
    },
    platform,
    rides: noRides,
    keepRides: rides => done.push(rides),
    show: (page, fileId) => done.push(['show', page, fileId]),
    snooze: until => done.push(['snooze', until]),
    now: () => snapshotMs,
    log,
  })
  const breakServer = (): void => {
    isBroken = true
  }
  return { notifications, shown, done, messages, breakServer }
}

const one = { title: 'A ride', body: 'is here', page: 'activities', fileId: 7 } as const

test('shows what the rules say, and a click leads there', () => {
  const { notifications, shown, done } = stage()
  const calm = snapshotOf({ sources: [sourceView()], lastLookAt: '2026-11-21T18:00:00.000Z' })
  notifications.follow(calm)
  notifications.follow({ ...calm, sentCount: 1, lastRides: [rideView()] })
  expect(shown.map(({ options }) => options.title)).toEqual(['1 ride is on Intervals.icu'])
  expect(shown[0]?.isShown).toBe(true)
  shown[0]?.happen('click')
  expect(done.at(-1)).toEqual(['show', 'activities', 7])
})

test('its action snoozes for an hour', () => {
  const { notifications, shown, done } = stage()
  notifications.tell(one, true)
  expect(shown[0]?.options.actions).toEqual([{ type: 'button', text: 'Snooze for 1 hour' }])
  shown[0]?.happen('action', 0)
  expect(done).toEqual([['snooze', '2026-11-21T19:00:00.000Z']])
})

test.each([
  ['linux', true],
  ['darwin', false],
] as const)('has no action on %s when it may snooze: %s', (platform, canSnooze) => {
  const { notifications, shown } = stage(platform)
  notifications.tell(one, canSnooze)
  expect(shown[0]?.options).toEqual({ title: 'A ride', body: 'is here' })
})

test('says where there are none, so that another way can be taken', () => {
  expect(stage('linux', false).notifications.tell(one, true)).toBe(false)
})

test('one that fails is in the log and stops nothing', () => {
  const { notifications, shown, messages, breakServer } = stage()
  expect(notifications.tell(one, true)).toBe(true)
  shown[0]?.happen('failed', 'denied')
  breakServer()
  expect(notifications.tell(one, true)).toBe(false)
  expect(messages).toEqual(['warn: notification not shown', 'warn: notification not shown'])
})
