import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { athlete, makeWorld, type World } from '../e2e/helpers/home.ts'
import { put, putRides, ride } from '../e2e/helpers/rides.ts'
import { activities } from '../e2e/helpers/service-log.ts'
import { until } from '../e2e/helpers/until.ts'
import { seedWeek } from '../fake-intervals/seed-week.ts'
import { zipBytes } from '../helpers/archive-builder.ts'
import { unfinished } from '../helpers/rides.ts'
import { axeFindings } from './helpers/axe.ts'
import { audit, auditFindings, auditTable } from './helpers/audit.ts'
import { walkByTab } from './helpers/focus-walk.ts'
import { openWindow, skipGuide } from './helpers/open-window.ts'
import { describeWindow, expectNoComplaints, guard } from './helpers/window-test.ts'

const pages = ['Today', 'Activities', 'Workouts', 'Folders', 'Settings', 'Help'] as const
/** Many looks at one running host take longer than any command does. */
const patient = { guardMs: 230_000 } as const

async function go(page: Page, name: (typeof pages)[number]): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).click()
  await page.locator('main h1').waitFor(guard)
  await until(
    async () => (await page.locator('[aria-busy="true"]').count()) === 0,
    `the end of what ${name} began`,
  )
}

/** Two sources, two trainers, a week of workouts, and a file in nearly every state. */
async function season(): Promise<World> {
  const world = await makeWorld()
  const today = world.service.state.today(world.service.state.athletes.get(athlete.id) ?? never())
  seedWeek(world.service.state, today, athlete.id)
  await world.addSource(world.source, '--name', 'Edge 530')
  await world.addSource(world.folder('Downloads'), '--name', 'Downloads')
  for (const [format, name] of [
    ['zwo', 'Zwift'],
    ['fit', 'Edge 530'],
  ] as const)
    await world.musette(
      'trainer',
      'add',
      world.folder(`${name} workouts`),
      '--format',
      format,
      '--name',
      name,
    )
  putRides(world.source, 30)
  put(world.source, `${'a-very-long-name-'.repeat(13)}.fit`, ride(40))
  put(world.source, 'cut.fit', unfinished(ride(41)))
  put(world.source, 'twin of ride-001.fit', ride(1))
  const entries = [
    { name: 'one.fit', bytes: ride(50) },
    { name: 'two.fit', bytes: ride(51) },
  ]
  put(world.folder('Downloads'), 'export.zip', zipBytes(entries))
  await world.sync()
  world.service.state.faults.add({
    match: { method: 'POST' },
    action: { kind: 'status', status: 422, body: { status: 422, error: 'No activities found' } },
  })
  put(world.source, 'refused.fit', ride(60))
  await world.sync()
  return world
}

function never(): never {
  throw new Error('the stand-in has no such athlete')
}

describeWindow('every page', browser => {
  afterAll(() => {
    for (const line of auditTable()) console.log(line)
  })

  test('of the guide, and each page with nothing in it, has nothing that axe finds', async () => {
    const world = await makeWorld({ key: null })
    seedWeek(world.service.state, '2026-11-21', athlete.id)
    putRides(world.source, 3)
    const { page, complaints, close } = await openWindow(browser(), world.with(patient))
    const next = page.getByRole('button', { name: /^(Continue|Add and continue|Skip for now)$/ })
    await page.getByRole('heading', { name: 'Connect to Intervals.icu' }).waitFor(guard)
    await audit(page, 'Guide: connect', 'empty')
    await page.getByLabel('API key').fill(athlete.key)
    await page.keyboard.press('Enter')
    await page.getByText(`(${athlete.id})`).waitFor(guard)
    await audit(page, 'Guide: connect', 'full')
    await next.click()
    await audit(page, 'Guide: folders', 'empty')
    await page.getByRole('textbox', { name: 'Choose another folder' }).fill(world.source)
    await page.keyboard.press('Enter')
    await page.getByText('3 rides, newest').first().waitFor(guard)
    await audit(page, 'Guide: folders', 'full')
    await next.click()
    await audit(page, 'Guide: how far back', 'full')
    // Begun anew, with nothing chosen: skipping it then adds nothing.
    await page.reload()
    await page.getByRole('button', { name: 'Skip the guide' }).click()
    for (const name of pages) {
      await go(page, name)
      await audit(page, name, 'empty')
    }
    await close()
    expectNoComplaints(complaints)
    expect(auditFindings()).toEqual([])
  })

  test('with a season in it, and what opens on top of it, has nothing that axe finds', async () => {
    const world = await season()
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world.with(patient)))
    await page.getByRole('region', { name: 'Last rides' }).getByRole('button').first().waitFor(guard)
    for (const name of pages) {
      await go(page, name)
      await audit(page, name, 'full')
    }
    await go(page, 'Activities')
    await page.getByRole('option', { name: /export\.zip/ }).click()
    await page.getByRole('region', { name: 'export.zip' }).waitFor(guard)
    await audit(page, 'Activities', 'story open')
    await page.keyboard.press('Escape')
    await go(page, 'Folders')
    await page.getByRole('button', { name: 'More for Downloads' }).click()
    await page.getByRole('menu').waitFor(guard)
    await audit(page, 'Folders', 'menu open')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More for Downloads' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('alertdialog').waitFor(guard)
    await audit(page, 'Folders', 'dialog open')
    await page.keyboard.press('Escape')
    await close()
    expectNoComplaints(complaints)
    expect(auditFindings()).toEqual([])
  })

  test('is walked by Tab alone: every stop is marked, and nothing is passed by', async () => {
    const world = await makeWorld()
    await world.addSource()
    putRides(world.source, 3)
    const { page, complaints, close } = await skipGuide(await openWindow(browser(), world.with(patient)))
    await until(() => activities(world.service).length === 3, 'the rides')
    for (const name of pages) {
      await go(page, name)
      const walk = await walkByTab(page)
      expect({ name, ...walk }).toMatchObject({ name, unmarked: [], passedBy: [] })
      // The skip link, the six pages, and what the page itself has.
      expect(walk.stops).toBeGreaterThan(7)
    }
    await close()
    expectNoComplaints(complaints)
  })

  test('has its faults seen where it has some', async () => {
    const { page, close } = await skipGuide(await openWindow(browser(), (await makeWorld()).with(patient)))
    await page.evaluate(`(() => {
      const picture = document.createElement('img')
      const button = document.createElement('button')
      button.append('Unmarked')
      button.style.outline = 'none'
      document.querySelector('main').append(picture, button)
    })()`)
    expect((await axeFindings(page)).map(finding => finding.split(':')[0])).toContain('image-alt')
    expect((await walkByTab(page)).unmarked).toEqual([expect.stringContaining('Unmarked')])
    await close()
  })

  test('keeps still for those who ask for it', async () => {
    const moving = `[...document.querySelectorAll('*')].filter(each => [null, '::before', '::after'].some(part => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(each, part)
      return /[1-9]/.test(transitionDuration) || animationName !== 'none' && /[1-9]/.test(animationDuration)
    })).length`
    const world = await makeWorld()
    const { page, close } = await skipGuide(await openWindow(browser(), world.with(patient)))
    expect(await page.evaluate(moving)).toBeGreaterThan(0)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const name of pages) {
      await go(page, name)
      expect({ name, moving: await page.evaluate(moving) }).toEqual({ name, moving: 0 })
    }
    await close()
  })
})
