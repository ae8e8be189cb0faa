import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { AppSnapshot } from '../../shared/app-snapshot.ts'
import { until } from '../e2e/helpers/until.ts'
import { sha256Of } from '../helpers/rides.ts'
import type { Camera } from './camera.ts'
import {
  damagedRide,
  downloads,
  edgeRides,
  putPictureFile,
  refusedRide,
  unfinishedRide,
  zwiftRides,
} from './season.ts'
import { pictureNowMs, rider, type Stage } from './stage.ts'
import { planWeek } from './week.ts'

const pages = ['Today', 'Activities', 'Workouts', 'Folders', 'Settings', 'Help'] as const
const today = '2026-05-12'

/** A computer on which Musette has never run: the guide, then each page with nothing in it, then the guide to its end. */
export async function takeFirstRun(stage: Stage, camera: Camera): Promise<void> {
  for (const ride of zwiftRides(pictureNowMs))
    putPictureFile(stage.folder('Documents', 'Zwift', 'Activities'), ride)
  const workouts = stage.folder('Documents', 'Zwift', 'Workouts', '2048613')
  writeFileSync(join(workouts, 'workouts.files'), '')
  for (const file of downloads(pictureNowMs)) putPictureFile(stage.folder('Downloads'), file)
  const host = await stage.open()
  const page = await camera.open(host.address)
  await page.getByRole('heading', { name: 'Connect to Intervals.icu' }).waitFor()
  await camera.take(page, 'guide-connect', 'empty')
  await host.ask('connect', stage.key)
  await page.getByText(`(${rider.id})`).waitFor()
  await camera.take(page, 'guide-connect', 'full')

  await host.ask('changePreferences', { isFirstRunDone: true })
  await page.getByRole('navigation').waitFor()
  await takePages(page, camera, 'empty')

  await host.ask('changePreferences', { isFirstRunDone: false })
  await page.getByRole('heading', { name: 'Connect to Intervals.icu' }).waitFor()
  await page.getByRole('button', { name: 'Continue' }).click()
  const zwift = page.getByRole('checkbox', { name: /Zwift/ })
  await zwift.waitFor()
  await camera.take(page, 'guide-folders', 'empty')
  await zwift.check()
  await page.getByText('Counting rides').waitFor({ state: 'detached' })
  await camera.take(page, 'guide-folders', 'full')
  await page.getByRole('button', { name: 'Continue' }).click()
  await camera.take(page, 'guide-backfill', 'full')
  await page.getByRole('button', { name: 'Add and continue' }).click()
  await page.getByRole('heading', { name: 'Where do your workouts go?' }).waitFor()
  await camera.take(page, 'guide-trainers', 'empty')
  await page.getByRole('checkbox', { name: /Zwift/ }).check()
  await camera.take(page, 'guide-trainers', 'full')
  await page.getByRole('button', { name: 'Add and continue' }).click()
  await page.getByRole('button', { name: 'Start syncing' }).waitFor()
  await camera.take(page, 'guide-start', 'full')
  await page.context().close()
  await host.stop()
}

/** A season of rides from three places, a week of workouts for two trainers; first all is well, then some things are not. */
export async function takeSeason(stage: Stage, camera: Camera): Promise<void> {
  const downloadsFolder = await furnish(stage)
  const host = await stage.open()
  await host.ask('changePreferences', { isFirstRunDone: true })
  const page = await camera.open(host.address)
  await host.until('the season', calm)
  await page.getByRole('heading', { level: 1, name: 'Everything is in sync' }).waitFor()
  await camera.take(page, 'today', 'full')

  const zwift = stage.folder('Documents', 'Zwift', 'Activities')
  stage.service.state.faults.add({
    match: { method: 'POST' },
    action: { kind: 'status', status: 422, body: { status: 422, error: 'No activities found' } },
  })
  putPictureFile(downloadsFolder, refusedRide(pictureNowMs))
  await host.until('the refused ride', snapshot => snapshot.counts.rejected === 1)
  putPictureFile(stage.folder('Edge 530', 'Garmin', 'Activities'), damagedRide(pictureNowMs))
  putPictureFile(zwift, unfinishedRide(pictureNowMs))
  await host.until('what needs the rider', ({ counts }) => counts.held === 1 && counts.waiting === 1)
  await host.until('a rest', snapshot => !snapshot.isWorking)
  await camera.take(page, 'today', 'needs')
  await takePages(page, camera, 'full', pages.slice(1))
  await takeOpened(page, camera)
  await page.context().close()
  await host.stop()
}

/** Everything on the disk and in the calendar before the window opens; answers the folder of downloads. */
async function furnish(stage: Stage): Promise<string> {
  const zwift = stage.folder('Documents', 'Zwift', 'Activities')
  const edge = stage.folder('Edge 530', 'Garmin', 'Activities')
  const downloaded = stage.folder('Downloads')
  for (const ride of zwiftRides(pictureNowMs)) putPictureFile(zwift, ride)
  for (const [place, ride] of edgeRides(pictureNowMs).entries()) {
    putPictureFile(edge, ride)
    if (place % 5 !== 1) continue
    // Garmin Connect was faster with these.
    stage.service.state.seedActivity({
      ...{ athleteId: rider.id, startMs: ride.startMs, elapsedS: ride.durationS, type: 'Ride' },
      ...{ sha256: sha256Of(ride.bytes), source: 'GARMIN_CONNECT', name: 'Ride' },
    })
  }
  planWeek(stage.service.state, rider.id, today)
  const library = stage.folder('Documents', 'Zwift', 'Workouts', '2048613')
  const own = '<workout_file><name>My favourite</name></workout_file>\n'
  writeFileSync(join(library, 'my favourite.zwo'), own)
  await stage.musette('source', 'add', zwift, '--backfill', '30d', '--name', 'Zwift')
  await stage.musette('source', 'add', edge, '--backfill', 'all', '--name', 'Edge 530')
  await stage.musette('source', 'add', downloaded, '--name', 'Downloads')
  const rides = ['--sports', 'Ride,VirtualRide']
  await stage.musette('trainer', 'add', library, '--format', 'zwo', '--name', 'Zwift', ...rides)
  const inbox = stage.folder('Edge 530', 'Garmin', 'NewFiles')
  await stage.musette('trainer', 'add', inbox, '--format', 'fit', '--name', 'Edge 530', ...rides)
  for (const file of downloads(pictureNowMs)) putPictureFile(downloaded, file)
  await stage.musette('sync')
  return downloaded
}

function calm({ isWorking, counts, lastLookAt }: AppSnapshot): boolean {
  return !isWorking && counts.uploaded > 0 && lastLookAt !== null
}

async function takePages(
  page: Page,
  camera: Camera,
  kind: string,
  names: readonly (typeof pages)[number][] = pages,
): Promise<void> {
  for (const name of names) {
    await page.getByRole('navigation').getByRole('button', { name }).click()
    await page.getByRole('navigation').getByRole('button', { name, exact: false }).blur()
    await until(async () => (await page.locator('[aria-busy="true"]').count()) === 0, `all of ${name}`)
    await camera.take(page, name.toLowerCase(), kind)
  }
}

/** What opens on top of a page. */
async function takeOpened(page: Page, camera: Camera): Promise<void> {
  await page.keyboard.press('Control+2')
  await page.getByRole('option', { name: /training-camp/ }).click()
  await page.getByRole('region', { name: /\.(zip|fit)/ }).waitFor()
  await camera.take(page, 'story-zip', 'full')
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill('2026-05-0')
  await page.getByRole('option', { name: /2026-05-10/ }).waitFor({ state: 'detached' })
  await page.getByRole('option', { name: /2026-05-09/ }).click()
  await page.getByRole('region', { name: /\.(zip|fit)/ }).waitFor()
  await camera.take(page, 'story', 'full')
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill('nothing is called this')
  await page.getByRole('option', { name: /\.fit/ }).first().waitFor({ state: 'detached' })
  await camera.take(page, 'activities', 'nothing-found')
  await page.keyboard.press('Control+1')
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('menu').waitFor()
  await camera.take(page, 'pause-menu', 'full')
  await page.keyboard.press('Escape')
}
