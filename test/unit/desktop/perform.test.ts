import { expect, test } from 'vitest'
import { perform } from '../../../electron/desktop/perform.ts'
import type { TrayAction } from '../../../electron/desktop/tray/tray-menu.ts'
import { LogLines } from '../../helpers/log-lines.ts'

async function doing(action: TrayAction, isFailing = false) {
  const done: unknown[] = []
  const { messages, log } = new LogLines()
  const error = { code: 'offline', message: '', recovery: 'retry', file: null } as const
  perform(action, {
    answer: (name, args) => {
      done.push([name, ...args])
      return Promise.resolve(isFailing ? { kind: 'failed', error } : { kind: 'ok', value: null })
    },
    showWindow: () => done.push('window'),
    showPage: (page, fileId) => done.push(['page', page, fileId]),
    openLink: url => done.push(['link', url]),
    quit: () => done.push('quit'),
    log,
  })
  await Promise.resolve()
  await Promise.resolve()
  return { done, messages }
}

test.each<readonly [TrayAction, unknown]>([
  [{ kind: 'open' }, 'window'],
  [{ kind: 'show', page: 'settings', fileId: null }, ['page', 'settings', null]],
  [
    { kind: 'link', url: 'https://intervals.icu/activities/i1' },
    ['link', 'https://intervals.icu/activities/i1'],
  ],
  [{ kind: 'sync' }, ['syncNow']],
  [{ kind: 'pause', choice: 'tomorrow' }, ['pause', 'tomorrow']],
  [{ kind: 'resume' }, ['resume']],
  [{ kind: 'quit' }, 'quit'],
])('%j', async (action, expected) => {
  expect((await doing(action)).done).toEqual([expected])
})

test('a request that fails is in the log', async () => {
  expect((await doing({ kind: 'sync' }, true)).messages).toEqual(['warn: a request failed'])
})
