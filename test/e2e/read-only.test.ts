import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { folderPrint, put, putRides, ride } from './helpers/rides.ts'
import { activities } from './helpers/service-log.ts'
import { until } from './helpers/until.ts'

afterEach(endWorlds)

function missing(): string | null {
  if (process.platform !== 'linux') return 'strace needs Linux'
  const probe = spawnSync('strace', ['-f', '-qq', '-e', 'trace=none', 'true'], { timeout: 10_000 })
  return probe.status === 0 ? null : 'strace is not installed, or may not trace here'
}
const why = missing()
if (why !== null) console.log(`SKIPPED: what is done to a source folder, by system call: ${why}`)

/** System calls that cannot change what they name. */
const harmless = new Set(
  (
    'stat lstat fstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat ' +
    'read pread64 readv preadv preadv2 lseek getdents64 close inotify_add_watch getcwd fadvise64'
  ).split(' '),
)

/** Why a traced line about the source folder is not allowed; null when it is. */
function objection(line: string): string | null {
  const call = /^\d+ +(?:<\.\.\. )?(\w+)/.exec(line)?.[1] ?? '?'
  if (harmless.has(call)) return null
  // What a call was given stands where it began; a resumed one names nothing new.
  if (/<\.\.\. \w+ resumed>/.test(line)) return null
  if (call === 'open' || call === 'openat') {
    return /\bO_RDONLY\b/.test(line) && !/O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)/.test(line)
      ? null
      : line
  }
  if (call === 'fcntl') return /F_(?:GETFD|GETFL|SETFD|DUPFD\w*)/.test(line) ? null : line
  return line
}

/** The traced lines that name the source folder, as paths or as open files. */
function touching(world: World, traces: string): readonly string[] {
  return readFileSync(traces, 'utf8')
    .split('\n')
    .filter(line => line.includes(world.source) && !/^\d+ +execve/.test(line))
}

// Everything by a system call of its own: what goes through a ring of the kernel's cannot be traced.
const env = { UV_USE_IO_URING: '0' }
const traced = (file: string): readonly string[] => [
  ...['strace', '-D', '-f', '-qq', '-y', '-s', '8', '-o', file],
  ...['-e', 'trace=%file,%desc'],
]

describe.skipIf(why !== null)('a source folder, seen from the system', () => {
  test('is only listed, looked at and read by a whole sync', async () => {
    const world = await makeWorld()
    putRides(world.source, 20)
    put(world.source, 'broken.fit', ride(30).subarray(0, 500))
    put(world.source, 'notes.txt', 'not a candidate')
    const before = folderPrint(world.source)
    const trace = join(world.root, 'trace')
    const eyes = world.with({ env, under: traced(trace) })
    expect((await eyes.musette('source', 'add', world.source, '--backfill', '2026-03-02')).code).toBe(0)
    const adding = touching(world, trace)
    expect((await eyes.sync()).code).toBe(0)
    const syncing = touching(world, trace)

    for (const lines of [adding, syncing]) {
      // The eyes were open: each candidate was opened.
      expect(lines.filter(line => /openat\(.*ride-0\d\d\.fit/.test(line)).length).toBeGreaterThanOrEqual(10)
      expect(lines.flatMap(line => objection(line) ?? [])).toEqual([])
      expect(lines.filter(line => line.includes('notes.txt') && /openat\(/.test(line))).toEqual([])
    }
    expect(folderPrint(world.source)).toEqual(before)
  })

  test('is only watched and read by a running Musette', async () => {
    const world = await makeWorld()
    await world.addSource()
    const trace = join(world.root, 'trace')
    const running = world.with({ env, under: traced(trace) }).start('run')
    await until(() => running.said().includes('is running'), 'the start')
    putRides(world.source, 2)
    const before = folderPrint(world.source)
    await until(() => activities(world.service).length === 2, 'both rides')
    running.kill('SIGTERM')
    expect((await running.ended).code).toBe(0)
    const lines = touching(world, trace)
    expect(lines.some(line => line.includes('inotify_add_watch'))).toBe(true)
    expect(lines.flatMap(line => objection(line) ?? [])).toEqual([])
    expect(folderPrint(world.source)).toEqual(before)
  })
})
