import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { DesktopStateFile } from '../../../electron/desktop/desktop-state-file.ts'
import { freshDesktopState } from '../../../electron/desktop/parse-desktop-state.ts'
import { noLog } from '../../../electron/sync/ports/log.ts'
import { LogLines } from '../../helpers/log-lines.ts'

function stage() {
  const folder = temporaryFolder('musette-state-')
  const path = join(folder, 'desktop-state.json')
  return { folder, path, open: () => new DesktopStateFile(path, noLog) }
}

const window = { place: { x: 1, y: 2, width: 700, height: 600 }, isMaximized: false }

test('what was changed is there at the next start, whole and for its owner only', () => {
  const { folder, path, open } = stage()
  const first = open()
  first.change({ window })
  first.change({ isStartWanted: true })
  expect(open().current).toEqual({ ...freshDesktopState, window, isStartWanted: true })
  expect(readdirSync(folder)).toEqual(['desktop-state.json'])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a change that changes nothing writes nothing', () => {
  const { folder, open } = stage()
  open().change({ isStartWanted: false })
  expect(readdirSync(folder)).toEqual([])
})

test('a damaged file is a fresh start', () => {
  const { path, open } = stage()
  writeFileSync(path, '{"window":')
  expect(open().current).toEqual(freshDesktopState)
})

test('a disk that fails costs only the memory of it', () => {
  const { messages, log } = new LogLines()
  const state = new DesktopStateFile('/dev/null/desktop-state.json', log)
  state.change({ window })
  expect(state.current.window).toEqual(window)
  expect(messages).toEqual(['warn: desktop state not kept'])
})
