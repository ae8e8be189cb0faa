import { expect, test } from 'vitest'
import { seedWeek } from '../fake-intervals/seed-week.ts'
import { athlete, makeWorld, type World } from '../e2e/helpers/home.ts'
import { put, ride } from '../e2e/helpers/rides.ts'
import { activities } from '../e2e/helpers/service-log.ts'
import { until } from '../e2e/helpers/until.ts'
import { tabTo } from './helpers/keyboard.ts'
import { openWindow } from './helpers/open-window.ts'
import { describeWindow, expectNoComplaints, guard } from './helpers/window-test.ts'

/** A rider who has never started Musette: no key in the environment, and no keychain that a test could fill. */
async function newcomer(): Promise<World> {
  const world = await makeWorld({ key: null })
  seedWeek(world.service.state, '2026-11-21', athlete.id)
  return world
}

describeWindow('the first run', browser => {
  test('leads from a pasted key to the first upload', async () => {
    const world = await newcomer()
    put(world.source, 'old.fit', ride(1))
    const { page, complaints, close } = await openWindow(browser(), world)
    await page.getByRole('heading', { name: 'Connect to Intervals.icu' }).waitFor(guard)

    const key = page.getByLabel('API key')
    await key.fill('not-a-key-of-anybody')
    await page.getByRole('main').getByRole('button', { name: 'Connect', exact: true }).last().click()
    await page.getByRole('alert').filter({ hasText: /key/ }).waitFor(guard)
    await key.fill(athlete.key)
    await page.getByRole('main').getByRole('button', { name: 'Connect', exact: true }).last().click()
    await page.getByText(`(${athlete.id})`).waitFor(guard)
    await page.getByRole('button', { name: 'Continue' }).click()

    await page.getByRole('textbox', { name: 'Choose another folder' }).fill(world.source)
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByText('1 ride, newest').first().waitFor(guard)
    await page.getByRole('button', { name: 'Continue' }).click()

    await page.getByRole('radio', { name: /Everything there/ }).check()
    await page.getByRole('button', { name: 'Add and continue' }).click()

    const workouts = world.folder('Workouts')
    await page.getByRole('textbox', { name: 'Choose another folder' }).fill(workouts)
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('button', { name: 'Add and continue' }).click()

    await page.getByRole('button', { name: 'Start syncing' }).click()
    await page.getByRole('heading', { level: 1, name: 'Everything is in sync' }).waitFor(guard)
    await page
      .getByRole('link', { name: /on Intervals.icu/ })
      .first()
      .waitFor(guard)
    expect(activities(world.service)).toHaveLength(1)
    expect((await world.status()).trainers).toMatchObject([{ folder: workouts, format: 'zwo' }])
    await close()
    expectNoComplaints(complaints)
  })

  test('can be walked through by keyboard alone', async () => {
    const world = await newcomer()
    const { page, complaints, close } = await openWindow(browser(), world)
    await page.getByRole('heading', { name: 'Connect to Intervals.icu' }).waitFor(guard)
    await tabTo(page, /"API key/)
    await page.keyboard.type(athlete.key)
    await page.keyboard.press('Enter')
    await page.getByText(`(${athlete.id})`).waitFor(guard)
    await tabTo(page, /"Continue/)
    await page.keyboard.press('Enter')
    await tabTo(page, /"Choose another folder/)
    await page.keyboard.type(world.source)
    await page.keyboard.press('Enter')
    await page
      .getByText(/no rides yet/)
      .first()
      .waitFor(guard)
    await tabTo(page, /"Continue/)
    await page.keyboard.press('Enter')
    await tabTo(page, /"Add and continue/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Where do your workouts go?' }).waitFor(guard)
    await tabTo(page, /"Skip for now/)
    await page.keyboard.press('Enter')
    await tabTo(page, /"Start syncing/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Everything is in sync' }).waitFor(guard)
    put(world.source, 'first.fit', ride(1))
    await page
      .getByRole('link', { name: /on Intervals.icu/ })
      .first()
      .waitFor(guard)
    await until(() => activities(world.service).length === 1, 'the first upload')
    await close()
    expectNoComplaints(complaints)
  })
})
