import { expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { openHome, type StartTrouble } from '../../../electron/desktop/open-home.ts'
import type { HandedSession, OwnSession } from '../../../electron/host/session.ts'
import { noLog } from '../../../electron/sync/ports/log.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const own = { kind: 'own' } as OwnSession // only its kind is looked at

function stage(
  outcomes: readonly (HandedSession | OwnSession | Error)[],
  answers: readonly boolean[],
  log = noLog,
) {
  const asked: StartTrouble[] = []
  const clock = new FakeClock(0)
  let tries = 0
  const opened = openHome({
    open: () => {
      const outcome = outcomes[tries] ?? own
      tries += 1
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome)
    },
    askAgain: trouble => {
      asked.push(trouble)
      return Promise.resolve(answers[asked.length - 1] ?? false)
    },
    ...{ clock, log },
  })
  return { asked, clock, opened, tries: () => tries }
}

const inUse = new AppError('home-in-use', 'its holder does not answer', 'give-up')

test('asks nothing where the home is free', async () => {
  const { asked, opened } = stage([], [])
  expect(await opened).toBe(own)
  expect(asked).toEqual([])
})

const handed: HandedSession = { kind: 'handed', ask: () => Promise.reject(inUse) }
const stays = Array.from({ length: 99 }, () => handed)

test('waits for a command that works on the home for a moment', async () => {
  const { asked, clock, opened, tries } = stage([handed, handed, own], [])
  expect(await clock.during(opened)).toBe(own)
  expect([asked, tries()]).toEqual([[], 3])
})

test('a Musette that answers and stays is asked about after three seconds, not before', async () => {
  const { asked, clock, opened } = stage(stays, [false])
  await clock.advance(3_000)
  expect(asked).toEqual([])
  await clock.advance(400)
  expect(asked.map(({ title }) => title)).toEqual(['Another Musette is at work here'])
  expect(asked[0]?.text).toMatch(/Stop it there and try again.*Nothing was changed\.$/)
  expect(await opened).toBeNull()
})

test('another try waits anew, and takes the home once the other has gone', async () => {
  const { asked, clock, opened, tries } = stage(stays.slice(0, 20), [true, true])
  expect(await clock.during(opened)).toBe(own)
  expect([asked.length, tries()]).toEqual([1, 21])
})

test('why it could not be opened is in the log, by its code', async () => {
  const lines: unknown[] = []
  await stage([inUse], [false], (level, message, fields) => void lines.push([level, message, fields])).opened
  expect(lines).toEqual([['error', 'the home could not be opened', { why: 'home-in-use' }]])
})

test('a home that another Musette keeps is asked about, and tried again', async () => {
  const { asked, opened } = stage([inUse, inUse], [true, true])
  expect(await opened).toBe(own)
  expect(asked.map(({ title }) => title)).toEqual([
    'Another Musette is at work here',
    'Another Musette is at work here',
  ])
})

test('quitting instead changes nothing', async () => {
  expect(await stage([inUse], [false]).opened).toBeNull()
})

test.each([
  [new AppError('settings-newer', 'version 9', 'give-up'), /newer Musette/],
  [new Error('ENOENT /secret'), /^Something went wrong inside Musette/],
])('says in words why it cannot start: %s', async (error, text) => {
  const { asked, opened } = stage([error], [false])
  await opened
  expect(asked[0]?.title).toBe("Musette can't start")
  expect(asked[0]?.text).toMatch(text)
})
