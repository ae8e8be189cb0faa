import { expect, test } from 'vitest'
import { athlete, makeWorld } from '../e2e/helpers/home.ts'
import { put, ride } from '../e2e/helpers/rides.ts'
import { activities } from '../e2e/helpers/service-log.ts'
import { until } from '../e2e/helpers/until.ts'
import { attempts, foreign } from './helpers/break-ins.ts'
import { startElsewhere } from './helpers/elsewhere.ts'
import { openWindow, skipGuide } from './helpers/open-window.ts'
import { traces } from './helpers/traces.ts'
import { describeWindow, expectNoComplaints, guard } from './helpers/window-test.ts'

describeWindow('the window and those who may not use it', browser => {
  test('lets nothing run or leave that its policy does not name', async () => {
    const elsewhere = await startElsewhere()
    const { page, close } = await skipGuide(await openWindow(browser(), await makeWorld()))
    const refused = await page.evaluate<readonly string[]>(attempts(elsewhere.origin))
    expect(refused).toEqual([
      'base-uri',
      'connect-src',
      'eval: EvalError',
      'form-action',
      'frame-src',
      'handler attribute: TypeError',
      'html: TypeError',
      'img-src',
      'inline script: TypeError',
      'object: TypeError',
      'remote script: TypeError',
      'require-trusted-types-for',
      'socket',
      'style-src-attr',
      'style-src-elem',
      'worker: TypeError',
    ])
    expect(await traces(page)).toMatchObject({ hacked: null })
    expect(elsewhere.asked).toEqual([])
    await close()
    await elsewhere.close()
  })

  test('a page on another port can neither read nor change anything, also with the token', async () => {
    const elsewhere = await startElsewhere()
    const window = await skipGuide(await openWindow(browser(), await makeWorld()))
    const { origin, hash } = new URL(window.address)
    const other = await window.page.context().newPage()
    await other.goto(elsewhere.origin)
    // What the page itself may not see of the replies.
    const wire = await other.context().newCDPSession(other)
    const ours = new Set<string>()
    wire.on('Network.requestWillBeSent', ({ requestId, request }) => {
      // The other page has requests of its own, its icon among them.
      if (request.url.startsWith(origin)) ours.add(requestId)
    })
    const answered: { readonly requestId: string; readonly statusCode: number }[] = []
    wire.on('Network.responseReceivedExtraInfo', reply => answered.push(reply))
    const statuses = (): readonly number[] =>
      answered.filter(reply => ours.has(reply.requestId)).map(reply => reply.statusCode)
    await wire.send('Network.enable')
    const token = hash.replace('#token=', '')
    expect(await other.evaluate<unknown>(foreign(origin, token))).toEqual({
      readsPage: 'TypeError',
      asksWithToken: 'TypeError',
      pausesBlindly: 'TypeError',
      listens: 'error',
      loadsScript: 'error',
    })
    await until(() => statuses().length > 2, 'the refusals')
    expect(new Set(statuses())).toEqual(new Set([403]))
    await other.setContent(`<iframe src="${origin}/"></iframe>`)
    await until(() => other.frames().length === 2, 'the frame')
    expect(await other.frameLocator('iframe').getByText('Musette').count()).toBe(0)
    // What was tried blindly has changed nothing.
    await window.page.getByRole('button', { name: 'Pause' }).waitFor(guard)
    await window.close()
    await elsewhere.close()
  })

  test('a link leaves in a tab of its own, and takes nothing along', async () => {
    const world = await makeWorld()
    await world.addSource()
    put(world.source, 'a.fit', ride(1))
    const { page, address, close } = await skipGuide(await openWindow(browser(), world))
    await until(() => activities(world.service).length === 1, 'the upload')
    const link = page.getByRole('region', { name: 'Last rides' }).getByRole('link')
    await link.waitFor(guard)
    const seen: string[] = []
    await page.context().route('https://intervals.icu/**', async route => {
      seen.push(JSON.stringify([route.request().url(), await route.request().allHeaders()]))
      await route.fulfill({ contentType: 'text/html', body: '<title>there</title>' })
    })
    const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()])
    await opened.waitForLoadState()
    expect(opened.url()).toMatch(/^https:\/\/intervals\.icu\/activities\/i\d+$/)
    expect(await opened.evaluate('[document.referrer, window.opener]')).toEqual(['', null])
    expect(seen).toHaveLength(1)
    expect(
      seen.filter(each => /referer|token|127\.0\.0\.1/i.test(each) || each.includes(tokenOf(address))),
    ).toEqual([])
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('a[target]')].filter(each => !each.relList.contains('noreferrer')).length`,
      ),
    ).toBe(0)
    await close()
  })

  test('the token is nowhere to be seen once the page is there; a reload works, a new tab without it shows nothing', async () => {
    const world = await makeWorld()
    await world.addSource()
    const { page, address, complaints, close } = await skipGuide(await openWindow(browser(), world))
    const places = await page.evaluate<Readonly<Record<string, string>>>(`({
      address: location.href,
      local: JSON.stringify({ ...localStorage }),
      cookies: document.cookie,
      page: document.documentElement.outerHTML,
      history: JSON.stringify([history.state, ...navigation.entries().map(each => each.url)]),
      names: JSON.stringify([window.name, document.title, document.referrer]),
      fields: JSON.stringify([...document.querySelectorAll('input')].map(each => each.value)),
    })`)
    const token = tokenOf(address)
    expect(token.length).toBeGreaterThan(20)
    expect(Object.keys(places).filter(place => places[place]?.includes(token))).toEqual([])
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Everything is in sync' }).waitFor(guard)
    expectNoComplaints(complaints)

    const stranger = await page.context().newPage()
    const replies: number[] = []
    stranger.on('response', reply => {
      if (reply.url().includes('/api/')) replies.push(reply.status())
    })
    await stranger.goto(new URL(address).origin)
    await stranger.getByRole('heading', { name: 'Open Musette by its address' }).waitFor(guard)
    const shown = await stranger.locator('body').innerText()
    expect(shown).toContain('musette run --ui')
    expect(shown).not.toContain(athlete.id)
    expect(await stranger.getByRole('navigation').count()).toBe(0)
    expect(replies.length).toBeGreaterThan(0)
    expect(replies.filter(status => status !== 401)).toEqual([])
    await close()
  })
})

function tokenOf(address: string): string {
  return new URL(address).hash.replace('#token=', '')
}
