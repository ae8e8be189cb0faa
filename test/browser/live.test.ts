import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { makeWorld, type World } from '../e2e/helpers/home.ts'
import { put, ride } from '../e2e/helpers/rides.ts'
import { activities, uploads } from '../e2e/helpers/service-log.ts'
import { until } from '../e2e/helpers/until.ts'
import { unfinished } from '../helpers/rides.ts'
import { openWindow, skipGuide } from './helpers/open-window.ts'
import { describeWindow, expectNoComplaints, guard } from './helpers/window-test.ts'

/** Waits until the headline says so. */
async function headline(page: Page, words: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: words }).waitFor(guard)
}

function lastRides(page: Page) {
  return page.getByRole('region', { name: 'Last rides' })
}

async function watching(): Promise<World> {
  const world = await makeWorld()
  await world.addSource()
  return world
}

describeWindow('the window while Musette works', browser => {
  test('shows a ride as soon as its folder has it, and links it once it is up', async () => {
    const world = await watching()
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world))
    await headline(page, 'Everything is in sync')
    const startedAt = performance.now()
    put(world.source, 'lunch.fit', ride(1))
    await lastRides(page).getByText('lunch').first().waitFor(guard)
    console.log(`a ride was shown ${Math.round(performance.now() - startedAt)} ms after its folder got it`)
    const [activity] = await (async () => {
      await until(() => activities(world.service).length === 1, 'the upload')
      return activities(world.service)
    })()
    const link = lastRides(page).getByRole('link')
    await link.waitFor(guard)
    expect(await link.getAttribute('href')).toBe(`https://intervals.icu/activities/${activity?.id ?? ''}`)
    await close()
    expectNoComplaints(complaints)
  })

  test('a pause holds rides back until it is ended', async () => {
    const world = await watching()
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world))
    await headline(page, 'Everything is in sync')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('menuitem', { name: 'For 1 hour' }).click()
    await headline(page, /^Paused until/)
    put(world.source, 'held.fit', ride(1))
    expect(await world.status()).toMatchObject({ state: 'paused' })
    expect(uploads(world.service)).toEqual([])
    await page.getByRole('button', { name: 'Resume' }).click()
    await headline(page, 'Everything is in sync')
    await until(() => activities(world.service).length === 1, 'the ride after the pause')
    await close()
    expectNoComplaints(complaints)
  })

  test('a refused ride needs the user, and “try again” sends it', async () => {
    const world = await watching()
    world.service.state.faults.add({
      match: { method: 'POST' },
      action: { kind: 'status', status: 422, body: { status: 422, error: 'No activities found' } },
    })
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world))
    put(world.source, 'refused.fit', ride(1))
    await page
      .getByRole('region', { name: /refused/ })
      .first()
      .waitFor(guard)
    await page.getByRole('button', { name: 'Try again: refused.fit' }).click()
    await headline(page, 'Everything is in sync')
    expect(activities(world.service)).toHaveLength(1)
    await close()
    expectNoComplaints(complaints)
  })

  test('a folder that vanishes is told, nothing is taken for deleted, and its return is noticed', async () => {
    const world = await watching()
    put(world.source, 'a.fit', ride(1))
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world))
    await headline(page, /is in sync|word/)
    const away = join(world.root, 'unplugged')
    renameSync(world.source, away)
    await headline(page, /is not there/)
    await page.getByRole('button', { name: 'Folders' }).first().click()
    await page.getByText('not there').first().waitFor(guard)
    renameSync(away, world.source)
    await page.getByText('watching').first().waitFor(guard)
    await page.getByRole('button', { name: 'Today' }).click()
    await headline(page, 'Everything is in sync')
    await close()
    expectNoComplaints(complaints)
  })

  test('offline is told, the ride is kept, and goes up when the line is back', async () => {
    const world = await watching()
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world))
    await headline(page, 'Everything is in sync')
    await world.stopService()
    put(world.source, 'later.fit', ride(1))
    await headline(page, /Offline/)
    await world.startService()
    await page.getByRole('button', { name: 'Sync now' }).click()
    await headline(page, 'Everything is in sync')
    expect(activities(world.service)).toHaveLength(1)
    await close()
    expectNoComplaints(complaints)
  })

  test('a key that is refused later asks the user to sign in; nothing is lost', async () => {
    const world = await watching()
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world))
    await headline(page, 'Everything is in sync')
    world.service.state.faults.add({
      match: {},
      times: -1,
      action: { kind: 'status', status: 401, body: { status: 401, error: 'Auth failed' } },
    })
    put(world.source, 'kept.fit', ride(1))
    await headline(page, 'Sign in to go on')
    world.service.state.faults.clearRules()
    await page.getByRole('button', { name: 'Sync now' }).click()
    await headline(page, 'Everything is in sync')
    expect(activities(world.service)).toHaveLength(1)
    await close()
    expectNoComplaints(complaints)
  })

  test('the list tells why a file waits, and its story opens by keyboard and closes with Escape', async () => {
    const world = await watching()
    mkdirSync(join(world.source, 'deep'), { recursive: true })
    put(join(world.source, 'deep'), 'cut.fit', unfinished(ride(2)))
    put(world.source, 'whole.fit', ride(1))
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world))
    await until(() => activities(world.service).length === 1, 'the whole ride')
    await page.keyboard.press('Control+2')
    await headline(page, 'Activities')
    await page.getByRole('searchbox').fill('cut')
    const row = page.getByRole('option', { name: /cut\.fit/ })
    await row.waitFor(guard)
    expect(await row.textContent()).toMatch(/not finished/i)
    await row.click()
    const panel = page.getByRole('region', { name: 'cut.fit' })
    await panel.waitFor(guard)
    await panel.getByText('deep').first().waitFor(guard)
    await page.keyboard.press('Escape')
    await page.getByRole('region', { name: 'cut.fit' }).waitFor({ ...guard, state: 'detached' })
    await close()
    expectNoComplaints(complaints)
  })
})
