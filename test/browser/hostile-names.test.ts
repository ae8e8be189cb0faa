import { expect, test } from 'vitest'
import { athlete, makeWorld, type World } from '../e2e/helpers/home.ts'
import { put, ride } from '../e2e/helpers/rides.ts'
import { until } from '../e2e/helpers/until.ts'
import { unfinished } from '../helpers/rides.ts'
import { openWindow, skipGuide } from './helpers/open-window.ts'
import { none, traces } from './helpers/traces.ts'
import { describeWindow, expectNoComplaints, guard } from './helpers/window-test.ts'

const image = '<img src=x onerror=window.hacked=1>'
const script = `"><script>window.hacked=2`
const turned = 'ride \u202Etif.exe'
const long = 'a name of ten thousand letters '.repeat(330)
const others = [
  `</script><svg onload=window.hacked=3><animate onbegin=window.hacked=4 attributeName=x>`,
  `javascript:window.hacked=5//`,
  `<a href="javascript:window.hacked=6" onclick=window.hacked=7>click</a>`,
  '{{constructor.constructor("window.hacked=8")()}} ${window.hacked=9} {@html "<img>"}',
  `<iframe srcdoc="<script>parent.hacked=10</script>"></iframe><object data=//evil.example></object>`,
  `<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css><base href=//evil.example>`,
  `bell\u0007 escape\u001b[2J line\nfeed nul-ish\u0001 \u2066\u2067\u202E\u202D turned`,
  `Ͳ̗̖ͤ${'\u0336\u0489\u035f'.repeat(400)}`,
  'W'.repeat(100_000),
  '\u{1F6B4}'.repeat(20_000),
] as const
const pages = ['Today', 'Activities', 'Workouts', 'Folders', 'Settings', 'Help'] as const

/** Hostile names wherever a name can come from: files, folders, workouts, their steps, the athlete. */
async function hostile(): Promise<World> {
  const world = await makeWorld()
  const { state } = world.service
  const rider = state.athletes.get(athlete.id)
  if (rider === undefined) throw new Error('the stand-in has no such athlete')
  rider.name = `Robin ${image} ${others.join(' ')}`
  for (const [name, type] of [
    [`${image} intervals`, 'Ride'],
    [`${script}</script>`, image],
    [turned, 'Ride'],
    [long, 'Ride'],
    ...others.map(name => [name, 'Ride'] as const),
  ] as const) {
    const start = `${state.today(rider)}T17:30:00`
    const fields = { start_date_local: start, category: 'WORKOUT', type, name, description: image }
    state.addEvent(athlete.id, fields, [{ kind: 'steady', seconds: 600, at: 0.8, text: image }])
  }
  await world.addSource(world.source, '--name', `Edge ${image}`)
  await world.musette('trainer', 'add', world.folder('W'), '--format', 'zwo', '--name', `Zwift ${script}`)
  put(world.source, `${image}.fit`, ride(1))
  put(world.source, `${script}.fit`, ride(2))
  put(world.source, `${turned}.fit`, ride(3))
  put(world.source, `${'long'.repeat(60)}.fit`, ride(4))
  put(world.source, `${image} cut.fit`, unfinished(ride(5)))
  const refusal = { status: 422, error: `${image} ${others.slice(0, -2).join(' ')}` }
  state.faults.add({ match: { method: 'POST' }, action: { kind: 'status', status: 422, body: refusal } })
  await world.sync()
  return world
}

/** Elements whose letters could turn those of others around. */
const turning = `[...document.querySelectorAll('body *')]
  .filter(each => getComputedStyle(each).unicodeBidi !== 'isolate' && /[\\u202a-\\u202e\\u2066-\\u2069]/.test(each.textContent))
  .map(each => each.outerHTML.slice(0, 200))`

/** Elements that stand out of the window sideways, other than those whose parent cuts them off. */
const standingOut = `[...document.querySelectorAll('main *')]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
  .filter(each => {
    for (let at = each.parentElement; at !== null; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== 'visible' && at.getBoundingClientRect().right <= innerWidth + 1) return false
    return true
  }).map(each => each.outerHTML.slice(0, 200))`

describeWindow('the window on a hostile day', browser => {
  test('shows hostile names as the text they are', async () => {
    const world = await hostile()
    const { page, address, complaints, close } = await skipGuide(await openWindow(browser(), world))
    const loaded: string[] = []
    page.on('request', request => loaded.push(request.url()))
    await page
      .getByRole('button', { name: `${image}.fit` })
      .first()
      .waitFor(guard)
    for (const name of pages) {
      await page.getByRole('navigation').getByRole('button', { name }).click()
      await until(async () => (await page.locator('[aria-busy="true"]').count()) === 0, `all of ${name}`)
      expect(await traces(page)).toEqual(none)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      expect(await page.evaluate(standingOut)).toEqual([])
      expect(await page.evaluate(turning)).toEqual([])
    }
    await page.keyboard.press('Control+3')
    await page.getByText(`${image} intervals`).first().waitFor(guard)
    for (const name of others.filter(other => other.length < 300)) {
      // As they are, letter by letter.
      const shown = `[...document.querySelectorAll('h3')].some(each => each.textContent === ${JSON.stringify(name)})`
      expect([name, await page.evaluate(shown)]).toEqual([name, true])
    }
    await page.keyboard.press('Control+4')
    await page.getByRole('heading', { name: `Edge ${image}` }).waitFor(guard)
    await page.getByRole('heading', { name: `Zwift ${script}` }).waitFor(guard)
    await page.keyboard.press('Control+2')
    for (const name of [image, script, turned]) {
      await page
        .getByRole('option')
        .filter({ hasText: `${name}.fit` })
        .first()
        .click()
      await page.getByRole('region').getByText(`${name}.fit`).first().waitFor(guard)
      expect(await traces(page)).toEqual(none)
      expect(await page.evaluate(turning)).toEqual([])
    }
    await page.keyboard.press('Control+1')
    await page.getByText('window.hacked=3').first().waitFor(guard)
    expect(await traces(page)).toEqual(none)
    expect(loaded.filter(url => !url.startsWith(new URL(address).origin))).toEqual([])
    await close()
    expectNoComplaints(complaints)
  })
})
