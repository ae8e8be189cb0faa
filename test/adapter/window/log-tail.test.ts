import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logFile } from '../../../electron/adapters/log-file.ts'
import { readLogTail } from '../../../electron/host/help/log-tail.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'musette-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = (): string => join(folder, 'musette.log')
const line = (place: number): string =>
  `${JSON.stringify({ at: new Date(place * 1000).toISOString(), level: 'info', message: `line ${place}` })}\n`

test('a log that is not there is empty', () => {
  expect(readLogTail(path(), 10)).toEqual([])
})

test('what the log writes is read back, newest first, with its fields as text', () => {
  const log = logFile(path())
  log('info', 'first', { file: '/rides/a.fit', bytes: 7, isLate: false, why: null })
  log('error', 'second')
  expect(readLogTail(path(), 10)).toMatchObject([
    { level: 'error', message: 'second', details: '' },
    { level: 'info', message: 'first', details: 'file: /rides/a.fit, bytes: 7, isLate: false, why: null' },
  ])
})

test('the older file follows where the newer has too few lines', () => {
  writeFileSync(`${path()}.1`, [1, 2, 3].map(line).join(''))
  writeFileSync(path(), [4, 5].map(line).join(''))
  const messages = (limit: number): readonly string[] => readLogTail(path(), limit).map(one => one.message)
  expect(messages(2)).toEqual(['line 5', 'line 4'])
  expect(messages(4)).toEqual(['line 5', 'line 4', 'line 3', 'line 2'])
  expect(messages(100)).toHaveLength(5)
})

test('lines that are cut off, foreign or huge do no harm, and only the end of a huge log is read', () => {
  writeFileSync(path(), 'x'.repeat(1_500_000))
  appendFileSync(
    path(),
    `\n[1]\nnull\n{"at":1}\n${JSON.stringify({ at: 'now', level: 'loud', message: '' })}\n`,
  )
  const huge = {
    at: '2026-11-21T00:00:00Z',
    level: 'warn',
    message: 'm'.repeat(9999),
    stack: 's'.repeat(9999),
  }
  appendFileSync(path(), `${JSON.stringify(huge)}\n${line(9)}{"at":"cut o`)
  const lines = readLogTail(path(), 5000)
  expect(lines.map(one => one.level)).toEqual(['info', 'warn'])
  expect(lines[1]?.message).toHaveLength(300)
  expect(lines[1]?.details).toHaveLength(2000)
})
