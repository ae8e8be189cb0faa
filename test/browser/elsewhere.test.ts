import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { closeServed, served, token, type Served } from '../adapter/loopback/served.ts'
import { chromiumArgs, chromiumPath, whyNoWindow } from '../helpers/window/chromium.ts'
import { startElsewhere } from './helpers/elsewhere.ts'
import { probe } from './helpers/probe.ts'

const why = whyNoWindow()
if (why !== null) console.log(`SKIPPED: pages elsewhere in a browser: ${why}`)

/** Every name under `.example` is this computer, as a name server of somebody else's could say at any time. */
const rebound = '--host-resolver-rules=MAP *.example 127.0.0.1'
/** What newer browsers refuse by themselves; the server must not depend on it. */
const unguarded = '--disable-features=LocalNetworkAccessChecks'

/** A server that is no Musette: it tells everybody that they may not. */
async function nobody(): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer((_request, response) => {
    // The one header that a page could notice, as what it has not loaded.
    const headers = { 'content-type': 'text/plain', 'cross-origin-resource-policy': 'same-origin' }
    response.writeHead(403, headers).end('no')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address is never a string
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

describe.skipIf(why !== null)('a page elsewhere', () => {
  let browser: Browser
  let context: BrowserContext
  const statuses = new Map<string, Set<number>>()

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath,
      chromiumSandbox: false,
      args: [...chromiumArgs, rebound, unguarded],
    })
  })
  afterEach(async () => {
    await context.close()
    await closeServed()
    statuses.clear()
  })
  afterAll(() => browser.close())

  /** A page at an address, with every status that a server gave in its windows noted by origin. */
  async function pageAt(address: string) {
    context = await browser.newContext()
    context.on('response', reply => {
      const { origin } = new URL(reply.url())
      statuses.set(origin, (statuses.get(origin) ?? new Set()).add(reply.status()))
    })
    const page = await context.newPage()
    await page.goto(address)
    return page
  }
  const originOf = ({ port }: Served): string => `http://127.0.0.1:${port}`

  test.each([
    ['another site', (origin: string) => origin.replace('127.0.0.1', 'evil.example')],
    ['another port of this computer', (origin: string) => origin],
    ['this computer by its name', (origin: string) => origin.replace('127.0.0.1', 'localhost')],
  ])(
    'on %s changes nothing, reads nothing, and can’t tell Musette from any other server',
    async (_what, at) => {
      const world = await served()
      const [elsewhere, other] = [await startElsewhere(), await nobody()]
      const page = await pageAt(at(elsewhere.origin))
      const [ours, theirs] = await Promise.all([
        page.evaluate<unknown>(probe(originOf(world), token)),
        pageBeside(elsewhere.origin, at, probe(other.origin, token)),
      ])
      expect(ours).toEqual(theirs)
      expect(Object.entries(ours as object).filter(([, what]) => what === 'nothing')).toEqual([])
      expect(ours).toMatchObject({
        reads: 'TypeError',
        asksWithToken: 'TypeError',
        listens: 'error',
        records: 0,
      })
      expect(Object.values(ours as object)).not.toContain('imported')
      expect(statuses.get(originOf(world))).toEqual(new Set([403]))
      expect(world.asked).toEqual([])
      expect(world.pagesRead).toBe(0)
      await elsewhere.close()
      other.close()
    },
  )

  /** The same script on a page of its own, for comparison. */
  async function pageBeside(
    origin: string,
    at: (origin: string) => string,
    script: string,
  ): Promise<unknown> {
    const page = await context.newPage()
    await page.goto(at(origin))
    return page.evaluate(script)
  }

  test('whose name is suddenly this computer’s gets nothing, also with the token', async () => {
    const world = await served()
    const evil = `http://evil.example:${world.port}`
    // The first answer is the site's own; from then on its name leads here.
    const start = { contentType: 'text/html', body: '<!doctype html><title>evil</title>' }
    context = await browser.newContext()
    const page = await context.newPage()
    await page.route(`${evil}/start`, route => route.fulfill(start))
    await page.goto(`${evil}/start`)
    const asks = (path: string, options: object): Promise<unknown> =>
      page.evaluate(`fetch(${JSON.stringify(path)}, ${JSON.stringify(options)}).then(
        async reply => [reply.status, await reply.text()], error => error.name)`)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const refused = [403, 'This address is not known by that name.\n']
    expect(await asks('/', {})).toEqual(refused)
    expect(await asks('/api/events', { headers })).toEqual(refused)
    expect(await asks('/api/request/getSnapshot', { method: 'POST', headers, body: '[]' })).toEqual(refused)
    expect(
      await page.evaluate(
        `navigator.serviceWorker?.register('/assets/app.js').then(() => 'there', () => 'refused') ?? 'refused'`,
      ),
    ).toBe('refused')
    const reply = await page.goto(`${evil}/#token=${token}`)
    expect(reply?.status()).toBe(403)
    expect((await page.locator('body').innerText()).trim()).toBe('This address is not known by that name.')
    expect([world.asked, world.pagesRead]).toEqual([[], 0])
  })

  test('sent here under other names of this computer a browser finds the page under its plain number or not at all', async () => {
    const world = await served()
    const page = await pageAt('about:blank')
    const names = ['localhost.', 'rider@127.0.0.1', '127.1', '2130706433', '0x7f.1', '127.0.0.2', '0.0.0.0']
    const seen: string[] = []
    for (const name of [...names, '[::ffff:127.0.0.1]', '[::1]']) {
      const reply = await page.goto(`http://${name}:${world.port}/`).catch(() => null)
      seen.push(reply === null ? 'nothing' : `${reply.status()} at ${new URL(page.url()).hostname}`)
    }
    // It reads the strange numbers itself, and asks with the plain one.
    expect(seen.filter(each => !/^(nothing|403 at .*|200 at 127\.0\.0\.1)$/.test(each))).toEqual([])
    expect(seen.filter(each => each.startsWith('403')).length).toBeGreaterThan(0)
    expect(world.asked).toEqual([])
  })
})
