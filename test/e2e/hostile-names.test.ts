import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { honestEntry, rawZip } from '../helpers/hostile-archives.ts'
import { outsideHome } from './helpers/harm.ts'
import { athlete, endWorlds, makeWorld } from './helpers/home.ts'
import { put, ride } from './helpers/rides.ts'
import { activities, uploads } from './helpers/service-log.ts'

afterAll(endWorlds)

const isLinux = process.platform === 'linux'
if (!isLinux) console.log('SKIPPED: awkward names: no other system has them all')

test.skipIf(!isLinux)('names of every awkward kind, in folders, zips and workouts, stay names', async () => {
  const world = await makeWorld()
  const { source, service } = world
  const names = [
    ...[
      'a\nb',
      'a\rb',
      'tab\there',
      'bell\u0007',
      'esc\u001b[31m',
      "it's",
      '"quoted"',
      '$(touch x)',
      '`touch x`',
    ],
    ...[
      '; rm -rf ~',
      '| cat',
      '&& true',
      '-rf',
      '--help',
      '*?[]',
      '%s%n',
      '%2e%2e%2f',
      '..',
      '...',
      ' lead',
      'trail ',
    ],
    ...[
      'dot.',
      'CON',
      'nul.txt',
      'C:\\temp\\x',
      '..\\..\\x',
      'e\u0301 combining',
      '\u202Etif.exe',
      '\u200B',
      '🚴‍♀️',
      '顽鹿',
    ],
    ...["'; DROP TABLE files; --", '<img src=x onerror=alert(1)>', '__proto__', 'x'.repeat(251)],
  ]
  const at = (number: number): Uint8Array => ride(number + 1)
  const made = names.map((name, number) => put(source, `${name}.fit`, at(number)))
  // 255 bytes that are no text, and one that is none at all.
  const noText = Buffer.concat([Buffer.from(`${source}/`), Buffer.alloc(251, 0xff), Buffer.from('.fit')])
  writeFileSync(noText, at(90))
  const climbing = [
    ...['../../../escaped-1.fit', '/tmp/../escaped-2.fit', 'C:\\escaped-3.fit', '..\\..\\escaped-4.fit'],
    ...['nul\u0000byte.fit', '.../.fit', `${'n'.repeat(300)}.fit`, '\u001b]0;x\u0007.fit'],
  ]
  put(source, 'climbing.zip', rawZip(climbing.map((name, number) => honestEntry(name, at(100 + number)))))

  const trainer = world.folder('Workouts')
  const rider = service.state.athletes.get(athlete.id)
  if (rider === undefined) throw new Error('the stand-in has no such athlete')
  const workouts = [
    ...[
      '../../x.zwo',
      '/etc/cron.d/x',
      'C:\\x',
      'nul\u0000',
      '\u202Eowz',
      'w'.repeat(300),
      '...',
      'CON',
      '🚴',
      '',
    ],
    ...['-rf', '$(touch x)', 'a\nb', '~/x', 'aux.zwo'],
  ]
  for (const name of workouts) {
    const start = `${service.state.today(rider)}T06:00:00`
    service.state.addEvent(athlete.id, { start_date_local: start, category: 'WORKOUT', type: 'Ride', name }, [
      { kind: 'steady', seconds: 600, at: 0.8, text: name },
    ])
  }

  const refused = await world.musette('source', 'add', source)
  expect([refused.code, refused.stdout]).toEqual([2, ''])
  expect(refused.stderr).toMatch(/ has a name that is not valid text\. Rename it or move it away, then add/)
  rmSync(noText)
  await world.addSource(source, '--backfill', 'all')
  writeFileSync(noText, at(90))
  expect((await world.musette('trainer', 'add', trainer, '--format', 'zwo')).code).toBe(0)
  const before = outsideHome(world)
  const { code, report } = await world.sync()
  expect([code, report.uploaded]).toEqual([1, names.length + climbing.length])
  expect(report.errors.map(error => error.code)).toEqual(['unreadable'])
  expect(report.errors[0]?.message).toMatch(/ has a name that is not valid text\. Rename it/)
  const files = await world.files()
  expect(
    files
      .filter(file => file.state === 'uploaded')
      .map(file => file.path)
      .toSorted(),
  ).toEqual([...made, join(source, 'climbing.zip')].toSorted())
  for (const path of [made[0] ?? '', made[9] ?? '', made.at(-1) ?? ''])
    expect((await world.why(path)).state).toBe('uploaded')
  // What the service was told is a name and nothing more.
  expect(activities(service)).toHaveLength(names.length + climbing.length)
  for (const { fileName, externalId } of uploads(service)) {
    expect(fileName).toMatch(/^[^\p{Cc}/\\]+\.fit$/u)
    expect(externalId).toMatch(/^musette-[0-9a-f]{32}$/)
  }
  // Beside the workouts, nothing is anywhere that was not there before.
  const written = readdirSync(trainer)
  expect(written).toHaveLength(workouts.length)
  for (const name of written) expect(name).toMatch(/^\d{4}-\d\d-\d\d [\x20-\x7e]*\.zwo$/)
  const after = outsideHome(world)
  expect(after.filter(path => !path.startsWith(`${trainer}/`))).toEqual(before)
})
