import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeHomeLock } from '../../../electron/adapters/home-lock.ts'
import { AppError } from '../../../shared/app-error.ts'

let home = ''
let file = ''
const children: ChildProcessByStdio<Writable, Readable, null>[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'musette-lock-'))
  file = join(home, 'lock')
})

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  rmSync(home, { recursive: true, force: true })
})

async function holder() {
  const child = spawn(process.execPath, [resolve('test/helpers/lock-holder.ts'), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  for await (const said of createInterface({ input: child.stdout })) return { child, said }
  throw new Error('the holder said nothing')
}

async function kill(child: ChildProcessByStdio<Writable, Readable, null>) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error instanceof AppError ? { code: error.code, file: error.file } : error
  }
}

test('is refused while another process holds it, and free once that one was killed', async () => {
  const first = await holder()
  expect([first.said, takeHomeLock(file)]).toEqual(['held', null])
  await kill(first.child)
  const mine = takeHomeLock(file)
  expect(mine).not.toBeNull()
  expect((await holder()).said).toBe('refused')
  mine?.release()
  expect((await holder()).said).toBe('held')
})

test('is free again after each of many killed holders, and leaves no other file', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { child, said } = await holder()
    expect(said).toBe('held')
    await kill(child)
  }
  expect(readdirSync(home)).toEqual(['lock'])
})

test('goes to exactly one of several that ask at once', async () => {
  const all = await Promise.all([holder(), holder(), holder(), holder(), holder()])
  expect(all.map(({ said }) => said).sort()).toEqual(['held', 'refused', 'refused', 'refused', 'refused'])
})

test('is released in order by the holder', async () => {
  const { child } = await holder()
  const exit = once(child, 'exit')
  child.stdin.end()
  expect(await exit).toEqual([0, null])
  expect(takeHomeLock(file)).not.toBeNull()
})

test('is refused a second time in one process, and released twice without harm', () => {
  const lock = takeHomeLock(file)
  expect(takeHomeLock(file)).toBeNull()
  lock?.release()
  lock?.release()
  const again = takeHomeLock(file)
  expect(again).not.toBeNull()
  again?.release()
})

test('is an error, not "taken", where the home is missing or the file is another thing', () => {
  const elsewhere = join(home, 'no such folder', 'lock')
  writeFileSync(file, 'this is a text and by no means a database '.repeat(50))
  expect([caught(() => takeHomeLock(elsewhere)), caught(() => takeHomeLock(file))]).toEqual([
    { code: 'unreadable', file: elsewhere },
    { code: 'disk-error', file },
  ])
})
