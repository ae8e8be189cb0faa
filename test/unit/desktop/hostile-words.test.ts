import type { NotificationConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { Notifications, type HostNotification } from '../../../electron/desktop/notices/notifications.ts'
import { noRides } from '../../../electron/desktop/parse-desktop-state.ts'
import { trayMenu } from '../../../electron/desktop/tray/tray-menu.ts'
import { trayFace } from '../../../electron/desktop/tray/tray-state.ts'
import { FakeEmitter } from '../../helpers/fake-emitter.ts'
import { needView, rideView, snapshotMs, sourceView, workoutView } from '../../helpers/snapshot-parts.ts'
import { countsOf, snapshotOf } from '../../helpers/window/snapshots.ts'

const turned = 'ride\u202Etif.exe\u2066'
const lines = 'one\nQuit Musette\r\u0085\u2028two\t\u001b[31m'
const tags = '<a href="https://evil.example">sign in</a><img src="file:///etc/passwd">'
const huge = 'x'.repeat(100_000)

const hostile = [turned, lines, tags, huge, `${turned}${lines}${huge}`] as const

test.each(hostile.map(name => [name.slice(0, 20), name]))(
  'the tray stays one line a thing with %j',
  (_, name) => {
    const snapshot = snapshotOf({
      sources: [sourceView({ name, folder: `/${name}` })],
      lastRides: [rideView({ name, sport: null, state: 'rejected', reason: name })],
      nextWorkouts: [workoutView({ name })],
      needs: [needView({ name, sourceName: name, reason: name })],
      needsCount: 1,
      counts: countsOf({ rejected: 1 }),
      troubles: [{ code: 'missing', message: name, file: name }],
    })
    const labels = trayMenu(snapshot, snapshotMs).flatMap(line =>
      line.kind === 'separator' ? [] : [line.label],
    )
    const { text } = trayFace(snapshot, snapshotMs)
    for (const label of [...labels, text]) expect(label).not.toMatch(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/u)
    for (const label of labels) expect(Array.from(label).length).toBeLessThanOrEqual(60)
    expect(labels.filter(label => label === 'Quit Musette')).toHaveLength(1)
  },
)

class Silent extends FakeEmitter {
  readonly show = (): void => undefined
}

function told(platform: NodeJS.Platform, words: string): NotificationConstructorOptions {
  const built: NotificationConstructorOptions[] = []
  new Notifications({
    isSupported: () => true,
    build: options => {
      built.push(options)
      return new Silent() as unknown as HostNotification // every member that is picked is there
    },
    ...{
      platform,
      rides: noRides,
      keepRides: () => undefined,
      show: () => undefined,
      snooze: () => undefined,
    },
    ...{ now: () => snapshotMs, log: () => undefined },
  }).tell({ title: words, body: words, page: 'today', fileId: null }, false)
  return built[0] ?? {}
}

test.each(['linux', 'win32', 'darwin'] as const)('a notification on %s is short and plain', platform => {
  for (const name of hostile) {
    const { title = '', body = '' } = told(platform, name)
    for (const text of [title, body]) {
      expect(text).not.toMatch(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/u)
      expect(Array.from(text).length).toBeLessThanOrEqual(300)
    }
  }
})

test('Linux’ notification servers find no tag in it', () => {
  expect(told('linux', tags).body).toBe(
    '‹a href="https://evil.example"›sign in‹/a›‹img src="file:///etc/passwd"›',
  )
  expect(told('win32', tags).body).toBe(tags)
})
