import type { App } from 'electron'
import { expect, test } from 'vitest'
import { Quit } from '../../../electron/desktop/quit.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { FakeEmitter } from '../../helpers/fake-emitter.ts'
import { LogLines } from '../../helpers/log-lines.ts'
import { snapshotMs } from '../../helpers/snapshot-parts.ts'

class FakeApp extends FakeEmitter {
  readonly exits: number[] = []
  readonly quit = (): void => void this.happen('before-quit')
  readonly exit = (code = 0): void => void this.exits.push(code)
}

function stage() {
  const app = new FakeApp()
  const done: string[] = []
  const closed = Promise.withResolvers<undefined>()
  const clock = new FakeClock(snapshotMs)
  const { messages, log } = new LogLines()
  const quit = new Quit({
    app: app as unknown as Pick<App, 'on' | 'quit' | 'exit'>, // every member that is picked is there
    prepare: () => done.push('prepare'),
    close: () => {
      done.push('close')
      return closed.promise
    },
    sleep: ms => clock.sleep(ms),
    log,
  })
  return { app, done, closed, clock, messages, quit }
}

test('ends everything in order before the process', async () => {
  const { app, done, closed, clock, quit } = stage()
  quit.ask()
  await clock.settle()
  expect(done).toEqual(['prepare', 'close'])
  expect(app.exits).toEqual([])
  closed.resolve(undefined)
  await clock.settle()
  expect(app.exits).toEqual([0])
})

test('holds Electron back meanwhile', () => {
  expect(stage().app.happen('before-quit').isPrevented).toBe(true)
})

test('waits five seconds at most', async () => {
  const { app, clock, messages, quit } = stage()
  quit.ask()
  await clock.advance(4_999)
  expect(app.exits).toEqual([])
  await clock.advance(1)
  expect(app.exits).toEqual([0])
  expect(messages).toEqual(['warn: closing took too long'])
})

test('a second quit is immediate', () => {
  const { app, done, quit } = stage()
  quit.ask()
  quit.ask()
  expect(app.exits).toEqual([0])
  expect(done).toEqual(['prepare', 'close'])
})

test('what the system tells twice is no second quit', () => {
  const { app, quit } = stage()
  quit.end()
  quit.end()
  expect(app.exits).toEqual([])
})

test('ends also when closing fails', async () => {
  const { app, closed, clock, messages, quit } = stage()
  quit.ask()
  closed.reject(new Error('disk'))
  await clock.settle()
  expect(app.exits).toEqual([0])
  expect(messages).toEqual(['error: closing failed'])
})
