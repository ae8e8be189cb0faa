import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { followEngine } from '../../../electron/desktop/engine-death.ts'
import { LogLines } from '../../helpers/log-lines.ts'

function stage(isClosing = false) {
  const died = Promise.withResolvers<never>()
  const answer = Promise.withResolvers<boolean>()
  const done: string[] = []
  const { messages, log } = new LogLines()
  const quit = { isClosing, end: () => void done.push('quit') }
  const engine = followEngine({
    died: died.promise,
    askRestart: () => {
      done.push('ask')
      return answer.promise
    },
    relaunch: () => void done.push('relaunch'),
    ...{ quit, log },
  })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await setImmediate()
  }
  const die = (): Promise<void> => {
    died.reject(new Error('out of memory'))
    return settle()
  }
  return { engine, answer, die, settle, done, messages, quit }
}

test('an engine that lives asks nothing', async () => {
  const { engine, settle, done } = stage()
  await settle()
  expect([engine.isDead, engine.isOver, done]).toEqual([false, false, []])
})

test('when it dies the user is asked, and nothing ends before the answer', async () => {
  const { engine, die, done, messages } = stage()
  await die()
  expect([engine.isDead, done, messages]).toEqual([true, ['ask'], ['error: the engine died']])
})

test('to restart is to have it started again, then to end this one in order', async () => {
  const { answer, die, settle, done } = stage()
  await die()
  answer.resolve(true)
  await settle()
  expect(done).toEqual(['ask', 'relaunch', 'quit'])
})

test('to quit starts nothing', async () => {
  const { answer, die, settle, done } = stage()
  await die()
  answer.resolve(false)
  await settle()
  expect(done).toEqual(['ask', 'quit'])
})

test('the end of the engine while Musette quits is no death', async () => {
  const { engine, die, done, messages } = stage(true)
  expect(engine.isOver).toBe(true)
  await die()
  expect([done, messages]).toEqual([[], []])
})

test('whoever quits from the tray while the question is open is not started again', async () => {
  const { answer, die, settle, done, quit } = stage()
  await die()
  quit.isClosing = true
  answer.resolve(true)
  await settle()
  expect(done).toEqual(['ask'])
})

test('where nobody can be asked it ends, and says so in the log', async () => {
  const { answer, die, settle, done, messages } = stage()
  await die()
  answer.reject(new Error('no display'))
  await settle()
  expect(done).toEqual(['ask', 'quit'])
  expect(messages).toEqual(['error: the engine died', 'error: nobody could be asked'])
})
