import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seedWeek } from '../fake-intervals/seed-week.ts'
import { startFakeIntervals } from '../fake-intervals/server.ts'
import { filesHolding, makeFolders } from './folders.ts'
import type { DemoFolders } from './folders.ts'
import { musetteIn } from './musette.ts'
import { pageStyle, toned } from './page.ts'
import { makeFiles } from './rides.ts'
import { showWindow } from './show-window.ts'
import { Stage } from './stage.ts'
import { tellStory } from './story.ts'
import { calmTimeZone, expectedWorkouts } from './workouts.ts'

/*
 * npm run demo [-- --ui] [-- --keep]: what a newcomer sees first, on any machine, without an account.
 *
 * A stand-in for Intervals.icu with a week of workouts runs in this process; the real, built command line runs against
 * it on freshly made rides. Ends with 0 only when exactly what should have happened did. --keep leaves the folders.
 * With --ui the same world is shown in Musette's window, until Ctrl+C.
 */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** The whole demo takes about ten seconds; after this it is stopped. */
const guardMs = 60_000
/** One thing that goes wrong early makes much of the rest go wrong. */
const mostFailures = 12

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const isWindow = args.includes('--ui')
  const unknown = args.find(arg => arg !== '--keep' && arg !== '--ui')
  if (unknown !== undefined)
    return refuse(`The demo does not know "${unknown}": npm run demo [-- --ui] [-- --keep].`)
  if (!existsSync(join(root, 'dist', 'headless', 'headless.js')))
    return refuse('Musette is not built yet: npm run demo builds it and starts the demo.')

  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const guard = isWindow ? undefined : setTimeout(() => stop.abort(), guardMs)
  const folders = makeFolders()
  try {
    return await play(folders, stop.signal, isWindow)
  } finally {
    clearTimeout(guard)
    if (args.includes('--keep')) sayKept(folders)
    else rmSync(folders.root, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function play(folders: DemoFolders, signal: AbortSignal, isWindow: boolean): Promise<number> {
  const nowMs = Date.now()
  const computerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const athleteZone = calmTimeZone(nowMs, computerZone)
  const rider = { id: 'i100001', name: 'Demo Rider', timeZone: athleteZone }
  const key = `demo-${randomUUID()}`
  const stage = new Stage(pageStyle(process.stdout, process.env), key, line => console.log(line))
  const fake = await startFakeIntervals({ athletes: [{ ...rider, keys: [key] }] })
  try {
    const athlete = fake.state.addAthlete(rider)
    const events = seedWeek(fake.state, fake.state.today(athlete), athlete.id)
    stage.say(toned(stage.style, 'strong', 'Musette: rides go up, workouts come down'))
    stage.paragraph(
      'A demo with made-up rides in a temporary folder and a stand-in for Intervals.icu on this computer. Nothing leaves it.',
    )
    const setup = { root, home: folders.home, apiUrl: fake.url, apiKey: key, signal }
    if (isWindow) return await showWindow({ stage, folders, files: makeFiles(nowMs), nowMs, setup })
    await tellStory({
      ...{
        stage,
        folders,
        signal,
        nowMs,
        timeZone: computerZone,
        service: fake.state,
        files: makeFiles(nowMs),
      },
      zwift: expectedWorkouts(fake.state, athlete, events, 'zwo', true),
      garmin: expectedWorkouts(fake.state, athlete, events, 'fit', false),
      musette: musetteIn(setup),
    })
  } finally {
    await fake.close()
  }
  for (const path of filesHolding(folders.root, key)) stage.fail(`The key was written to ${path}.`)
  return verdict(stage, signal.aborted)
}

function verdict(stage: Stage, isStopped: boolean): number {
  stage.say()
  if (isStopped) {
    stage.say(toned(stage.style, 'bad', 'Stopped before its end.'))
    return 1
  }
  if (stage.failures.length === 0) {
    stage.say(toned(stage.style, 'ok', 'All as it should be: every ride went up once, and nothing else did.'))
    return 0
  }
  stage.say(toned(stage.style, 'bad', 'Not as it should be:'))
  for (const failure of stage.failures.slice(0, mostFailures)) stage.paragraph(failure)
  const more = stage.failures.length - mostFailures
  if (more > 0) stage.paragraph(`And ${more} more, most likely for the same reason.`)
  return 1
}

function sayKept(folders: DemoFolders): void {
  console.log(`\nKept in ${folders.root}`)
  console.log(`  home      ${folders.home}   (MUSETTE_HOME, for "musette files" and the like)`)
  console.log(`  rides     ${folders.rides}`)
  console.log(`  workouts  ${folders.zwift}`)
  console.log(`            ${folders.garmin}`)
}

function refuse(sentence: string): number {
  console.error(sentence)
  return 2
}
