import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { killAll, runCommand } from '../../runner/run-command.ts'

const MINUTE_MS = 60_000
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'musette-run-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a grandchild that notes its id and stays, then says so. */
const staying = () =>
  `(echo $$; sleep 600) > ${join(folder, 'out')} & echo $! > ${join(folder, 'pid')}; echo up; wait`

/** A killed process may still be listed until its parent has looked: that one counts as gone. */
function isRunning(): boolean {
  const pid = readFileSync(join(folder, 'pid'), 'utf8').trim()
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

test('gathers what a command prints, on this Node, and how it ended', async () => {
  const script = `echo out; echo err >&2; node -p process.execPath; exit 3`
  const { code, output } = await runCommand('sh', ['-c', script], MINUTE_MS)
  expect([code, output.trim().split('\n').sort()]).toEqual([3, ['err', 'out', process.execPath].sort()])
})

test('a command learns nothing of the home and the key in use', async () => {
  process.env['MUSETTE_API_KEY'] = 'key of the person testing'
  try {
    expect((await runCommand('env', [], MINUTE_MS)).output).not.toContain('MUSETTE_')
  } finally {
    delete process.env['MUSETTE_API_KEY']
  }
})

test('a command that does not exist has failed', async () => {
  expect((await runCommand('no-such-command', [], MINUTE_MS)).code).toBeNull()
})

test.skipIf(process.platform !== 'linux')('a command that hangs is killed with all it started', async () => {
  const end = await runCommand('sh', ['-c', staying()], 500)
  expect([end.code, end.output.startsWith('up\n'), end.output.includes('Stopped: no end after')]).toEqual([
    null,
    true,
    true,
  ])
  await expect.poll(isRunning).toBe(false)
})

test.skipIf(process.platform !== 'linux')('ending the run ends what runs', async () => {
  const end = runCommand('sh', ['-c', staying()], MINUTE_MS)
  await expect.poll(() => readFileSync(join(folder, 'pid'), { encoding: 'utf8', flag: 'a+' })).not.toBe('')
  killAll()
  expect((await end).code).toBeNull()
  await expect.poll(isRunning).toBe(false)
})
