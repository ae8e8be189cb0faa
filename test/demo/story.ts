import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileStory, SyncReport } from '../../shared/reports.ts'
import { putFile } from './folders.ts'
import { showFiles } from './show-files.ts'
import { showResult } from './show-result.ts'
import { expectEnds, isUpload, ownWorkout, readJson } from './world.ts'
import type { World } from './world.ts'

const emptyReport: SyncReport = {
  ...{ uploaded: 0, alreadyThere: 0, waiting: 0, held: 0, notActivity: 0, tooOld: 0, rejected: 0 },
  ...{ retrying: 0, ignored: 0, queued: 0, workoutsWritten: 0, workoutsRemoved: 0, workoutsUnchanged: 0 },
  errors: [],
}

/** Plays the whole demo: every line that is shown, and every expectation that is checked on the way. */
export async function tellStory(world: World): Promise<void> {
  for (const scene of [setUp, firstSync, lostReply, nothingMore]) {
    if (world.signal.aborted) return
    await scene(world)
  }
  if (!world.signal.aborted) showResult(world)
}

async function setUp({ stage, folders, files, nowMs, musette }: World): Promise<void> {
  stage.scene(
    '1  Three folders',
    'A folder with rides, and two that a trainer and a bike computer take workouts from.',
  )
  putFile(folders.rides, files.before, nowMs)
  writeFileSync(join(folders.zwift, ownWorkout.name), ownWorkout.text)
  const added = [
    await musette('source', 'add', folders.rides),
    await musette('trainer', 'add', folders.zwift, ...'--format zwo --sports Ride,VirtualRide'.split(' ')),
    await musette('trainer', 'add', folders.garmin, ...'--format fit --name Edge'.split(' ')),
  ]
  const told = [
    'Rides, read only. What is in it already stays where it is.',
    'Zwift/Workouts/1234567: rides of the next 7 days, as zwo.',
    'Garmin/NewFiles: every workout of the next 7 days, as fit.',
  ]
  for (const [index, line] of told.entries()) stage.entry((added[index]?.out ?? '').trim(), 4, line)
  expectEnds(stage, 'Adding folders', new Map(added.map((end, index) => [`folder ${index + 1}`, end])), 0)
}

async function firstSync(world: World): Promise<void> {
  const { stage, folders, files, nowMs, zwift, garmin } = world
  stage.scene(
    '2  The first sync',
    'A week of rides is dropped into the folder; one more is still being ridden.',
  )
  for (const file of [files.original, ...files.others, files.unfinished]) putFile(folders.rides, file, nowMs)
  await sync(world, {
    ...{ uploaded: 6, waiting: 1, held: 1, notActivity: 1, tooOld: 1 },
    workoutsWritten: zwift.length + garmin.length,
  })
  await showFiles(world, [files.before, files.original, ...files.others, files.unfinished])
}

async function lostReply(world: World): Promise<void> {
  const { stage, folders, files, service, musette, zwift, garmin } = world
  stage.scene(
    '3  The ride is over, and the answer gets lost',
    'Intervals.icu stores the upload, and the connection breaks before it can say so. Musette looks before it sends again.',
  )
  writeFileSync(join(folders.rides, files.finished.name), files.finished.bytes)
  service.faults.add({
    match: { method: 'POST', path: '/activities' },
    action: { kind: 'cut', at: 'afterStore' },
  })
  await sync(world, {
    ...{ uploaded: 1, held: 1, notActivity: 1, tooOld: 1 },
    workoutsUnchanged: zwift.length + garmin.length,
  })
  await showFiles(world, [files.before, files.original, ...files.others, files.finished], [files.finished])
  const end = await musette('why', join(folders.rides, files.finished.name), '--json')
  // Musette's own words: what in them matters is compared below.
  const told = readJson(stage, 'why', end) as FileStory | null
  const history = told?.history ?? []
  stage.paragraph('Its whole story, as "musette why" tells it:')
  for (const line of history) stage.entry(line.state, 11, line.reason)
  stage.expect(
    'musette why',
    new Map([['states', ['waiting', 'queued', 'uploading', 'retrying', 'uploaded']]]),
    new Map([['states', history.map(line => line.state).filter((state, at, all) => state !== all[at - 1])]]),
  )
}

async function nothingMore(world: World): Promise<void> {
  const { stage, folders, files, service, nowMs, zwift, garmin } = world
  stage.scene(
    '4  A copy turns up',
    'One of the rides is copied to another name. It is the same ride, so nothing goes up.',
  )
  putFile(folders.rides, files.copy, nowMs)
  const before = service.requests.filter(isUpload).length
  await sync(world, {
    ...{ held: 1, notActivity: 1, tooOld: 1 },
    workoutsUnchanged: zwift.length + garmin.length,
  })
  await showFiles(
    world,
    [files.before, files.copied, ...files.others, files.finished, files.copy],
    [files.copy],
  )
  const sent = service.requests.filter(isUpload).length - before
  stage.expect('Uploads of the last sync', new Map([['files', 0]]), new Map([['files', sent]]))
}

/** Runs one sync and checks its numbers. One ride is held all the time, so its exit code is 1. */
async function sync({ stage, musette }: World, numbers: Partial<SyncReport>): Promise<void> {
  const end = await musette('sync', '--json')
  // Musette's own words: what in them matters is compared below.
  const report = readJson(stage, 'sync', end) as SyncReport | null
  expectEnds(stage, 'The exit code (1: something is held)', new Map([['sync', end]]), 1)
  stage.expect(
    'sync --json',
    new Map(Object.entries({ ...emptyReport, ...numbers })),
    new Map(Object.entries(report ?? {})),
  )
  if (report === null) return
  stage.entry('sync', 6, `${toldNumbers(report)}.`)
  for (const error of report.errors) stage.paragraph(error.message, 'bad')
}

function toldNumbers(report: SyncReport): string {
  const numbers: readonly (readonly [number, string])[] = [
    [report.uploaded, 'sent'],
    [report.waiting, 'waiting'],
    [report.held, 'held for you'],
    [report.workoutsWritten, 'workouts written'],
    [report.workoutsUnchanged, 'workouts as they should be'],
  ]
  return numbers
    .filter(([count, words]) => count > 0 || words === 'sent')
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')
}
