import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { driversOrSkipped, type DesktopApp } from '../desktop-driver.ts'
import { until } from '../helpers/until.ts'
import { behaviours, type Behaviour } from './behaviours.ts'
import { endConformanceApps, runConformanceApp, type ConformanceApp } from './run-conformance-app.ts'

afterAll(endConformanceApps)

type Variables = Readonly<Record<string, string>>
type Shown = ConformanceApp & { readonly page: Page }

describe.each(driversOrSkipped())('conformance of $name', driver => {
  const seen = new Set<Behaviour>()
  const run = (env: Variables = {}): Promise<ConformanceApp> => runConformanceApp(driver, env)
  const shown = async (env: Variables = {}): Promise<Shown> => {
    const running = await run(env)
    await running.hears('page loaded')
    return { ...running, page: await running.app.page() }
  }
  /* They start at once and side by side; each spec goes on where the one before it left its app. */
  const apps = {
    calm: { PERMISSIONS: 'denied' },
    plain: {},
    staying: { STAY: 'close before-quit' },
    windowless: { STAY: 'window-all-closed' },
    killed: {},
  } as const
  const started = new Map<keyof typeof apps, Promise<Shown>>()
  const its = (name: keyof typeof apps) => (): Promise<Shown> =>
    started.get(name) ?? Promise.reject(new Error(`"${name}" was not started`))
  const calm = its('calm')
  const plain = its('plain')
  const staying = its('staying')
  const windowless = its('windowless')
  const killed = its('killed')
  let survivor: DesktopApp | null = null

  beforeAll(() => {
    if (driver.missing !== null) return
    for (const [name, env] of Object.entries(apps)) {
      const app = shown(env)
      // Its own specs tell of it when it does not come.
      app.catch(() => undefined)
      started.set(name as keyof typeof apps, app) // a key of that object
    }
  })

  const spec = (behaviour: Behaviour, body: () => Promise<void>): void => {
    seen.add(behaviour)
    test.skipIf(driver.missing !== null)(behaviours[behaviour].says, body)
  }

  // One that nothing changes, until the last two leave another page in it and crash that.

  spec('schemesBeforeReady', async () => {
    const { told, hears } = await calm()
    await hears('ready')
    expect(told().slice(0, 2)).toEqual([['loaded', false], ['ready']])
  })

  spec('schemeHandler', async () => {
    const { page, told } = await calm()
    expect(told().filter(([word]) => word === 'asked')).toEqual([
      ['asked', 'GET', 'app://musette/index.html'],
      ['asked', 'GET', 'app://musette/outside.js'],
    ])
    expect(await page.evaluate('[window.inlineRan, window.outsideRan]')).toEqual([undefined, true])
  })

  spec('readyToShow', async () => {
    const { app, hears } = await calm()
    await hears('ready-to-show')
    expect((await app.state()).windows).toMatchObject([{ isVisible: false }])
  })

  spec('bounds', async () => {
    const { app } = await calm()
    expect((await app.state()).windows[0]?.bounds).toEqual({ x: 40, y: 30, width: 700, height: 500 })
  })

  spec('isolation', async () => {
    const { page } = await calm()
    expect(
      await page.evaluate('[typeof secretOfPreload, typeof require, typeof process, typeof module]'),
    ).toEqual(Array(4).fill('undefined'))
  })

  spec('bridge', async () => {
    const { page } = await calm()
    const asked = `(() => { const { list, sameFunction } = window.bridge
      return [list[1].deep, Object.isFrozen(list), Object.isFrozen(list[1]), sameFunction(() => 7)(),
        window.bridge.invoke('echo', 1) instanceof Promise] })()`
    expect(await page.evaluate(asked)).toEqual([true, true, true, 7, true])
  })

  spec('invoke', async () => {
    const { page } = await calm()
    const value = { list: [1, null, 'é', { deep: true }], no: false }
    expect(await page.evaluate(`window.bridge.invoke('echo', ${JSON.stringify(value)})`)).toEqual(value)
    const refused = `(async () => window.bridge.invoke('echo', Symbol('one')))().then(() => 'sent', () => 'refused')`
    expect(await page.evaluate(refused)).toBe('refused')
  })

  spec('invokeFailure', async () => {
    const { page } = await calm()
    const ask = (channel: string) =>
      `window.bridge.invoke('${channel}', 1).then(String, error => error.message)`
    expect(await page.evaluate(ask('fail'))).toBe(
      "Error invoking remote method 'fail': TypeError: no such thing",
    )
    expect(await page.evaluate(ask('absent'))).toContain("No handler registered for 'absent'")
  })

  spec('send', async () => {
    const { page } = await calm()
    const script = `(async () => {
      const heard = []
      const tell = async () => {
        const next = new Promise(resolve => { const stop = window.bridge.onTold(() => { stop(); resolve() }) })
        await window.bridge.invoke('tell', 0)
        await next
      }
      const stop = window.bridge.onTold(value => heard.push(value))
      await tell()
      stop()
      await tell()
      return heard })()`
    expect(await page.evaluate(script)).toEqual([{ at: 1 }])
  })

  const permissions = `Promise.all(['geolocation', 'notifications', 'camera', 'clipboard-read'].map(
    async name => (await navigator.permissions.query({ name })).state))`

  spec('permissionsDenied', async () => {
    const { page } = await calm()
    expect(await page.evaluate(permissions)).toEqual(Array(4).fill('denied'))
  })

  spec('tray', async () => {
    const { app, hears } = await calm()
    const second = { label: 'Second', isEnabled: false, isSeparator: false, below: [] }
    expect((await app.state()).trays).toMatchObject([
      { image: 'idle-onLight.png', toolTip: 'In sync', menu: [{ label: 'First', isEnabled: true }, second] },
    ])
    await app.act('clickTray')
    await hears('tray clicked')
    await app.act('clickTrayMenu', 'First')
    await hears('first clicked')
    await expect(app.act('clickTrayMenu', 'Second')).rejects.toThrow('cannot be clicked')
  })

  spec('notification', async () => {
    const { app, hears } = await calm()
    expect((await app.state()).notifications).toEqual([{ title: 'Up', body: 'One ride' }])
    await app.act('clickNotification', 0)
    await hears('notification clicked')
  })

  spec('power', async () => {
    const { app, hears } = await calm()
    await app.act('power', 'resume')
    await hears('resume')
  })

  spec('senderFrame', async () => {
    const { app, page, told } = await calm()
    const before = told().filter(([word]) => word === 'from').length
    await page.evaluate(`window.bridge.invoke('echo', 1)`)
    await app.act('loadPage', 'data:text/html,<title>foreign</title>')
    await until(
      async () => (await app.state()).windows[0]?.url.startsWith('data:') === true,
      'the other page',
    )
    await (await app.page()).evaluate(`window.bridge.invoke('echo', 2)`)
    expect(
      told()
        .filter(([word]) => word === 'from')
        .slice(before),
    ).toEqual([
      ['from', 'app://musette/index.html', true],
      ['from', 'data:text/html,<title>foreign</title>', true],
    ])
  })

  spec('crash', async () => {
    const { app, hears } = await calm()
    await app.act('crashPage')
    expect(await hears('gone')).toEqual(['gone', 'crashed', false])
    expect((await app.state()).windows).toHaveLength(1)
  })

  // One as Electron makes it, until it quits.

  spec('permissionsByDefault', async () => {
    const { page } = await plain()
    expect(await page.evaluate(permissions)).toEqual(Array(4).fill('granted'))
  })

  spec('willNavigate', async () => {
    const { page, hears, told } = await plain()
    const before = page.url()
    expect(told().some(([word]) => word === 'will-navigate')).toBe(false)
    await page.click('#away', { noWaitAfter: true })
    expect(await hears('will-navigate')).toEqual(['will-navigate', 'https://away.example/'])
    expect(await page.evaluate('document.title')).toBe('conformance')
    expect(page.url()).toBe(before)
  })

  spec('windowOpen', async () => {
    const { app, page, hears, told } = await plain()
    await page.evaluate(`void window.open('https://popup.example/')`)
    await hears('window-open')
    await page.click('#tab')
    await until(() => told().filter(([word]) => word === 'window-open').length === 2, 'the second question')
    expect(told().filter(([word]) => word === 'window-open')).toEqual([
      ['window-open', 'https://popup.example/'],
      ['window-open', 'https://tab.example/'],
    ])
    await until(
      () =>
        page
          .context()
          .pages()
          .every(one => !one.url().includes('.example')),
      'no window',
    )
    expect((await app.state()).windows).toHaveLength(1)
  })

  spec('singleInstance', async () => {
    const { app, hears, again } = await plain()
    const second = await again('--again')
    expect((await second.ended).code).toBe(0)
    await hears('not the first')
    expect(await hears('second-instance')).toEqual(['second-instance', true])
    expect((await app.state()).windows).toHaveLength(1)
  })

  spec('quitOrder', async () => {
    const { app, told } = await plain()
    const before = told().length
    await app.act('quit')
    expect(await app.ended).toMatchObject({ code: 0, signal: null })
    expect(told().slice(before)).toEqual([['before-quit'], ['close'], ['closed'], ['will-quit'], ['quit']])
  })

  // One that refuses to close, one that lives without windows, one that is killed and started again.

  spec('closeRefused', async () => {
    const { app, hears } = await staying()
    await app.act('closeWindow')
    await hears('close')
    expect((await app.state()).windows).toHaveLength(1)
  })

  spec('quitRefused', async () => {
    const { app, told, hears } = await staying()
    const closed = told().filter(([word]) => word === 'close').length
    await app.act('quit')
    await hears('before-quit')
    expect((await app.state()).windows).toHaveLength(1)
    expect(told().filter(([word]) => word === 'close')).toHaveLength(closed)
  })

  spec('lastWindow', async () => {
    const { app, hears } = await windowless()
    await app.act('closeWindow')
    await hears('window-all-closed')
    expect((await app.state()).windows).toEqual([])
  })

  spec('lockFreed', async () => {
    const { app, told, again } = await killed()
    await app.kill()
    survivor = await again()
    await until(() => told().filter(([word]) => word === 'page loaded').length === 2, 'the next one')
    expect((await survivor.state()).windows).toHaveLength(1)
  })

  spec('lastWindowByDefault', async () => {
    const { told } = await killed()
    await survivor?.act('closeWindow')
    expect(await survivor?.ended).toMatchObject({ code: 0, signal: null })
    expect(told().at(-1)).toEqual(['quit'])
  })

  test('every behaviour has its spec', () => {
    expect([...seen].sort()).toEqual(Object.keys(behaviours).sort())
  })
})
