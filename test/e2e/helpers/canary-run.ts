import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { chromiumArgs, chromiumPath } from '../../helpers/window/chromium.ts'
import type { CliEnd, RunningCli } from './cli.ts'
import { athlete, type World } from './home.ts'
import { put, ride } from './rides.ts'
import { until } from './until.ts'

const pages = ['Today', 'Activities', 'Workouts', 'Folders', 'Settings', 'Help'] as const

/** What a page shows and knows, as text. */
export async function everythingIn(page: Page): Promise<string> {
  const parts = await page.evaluate<readonly string[]>(`[
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input, textarea')].map(each => each.value),
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state, window.name, document.cookie]),
    JSON.stringify(performance.getEntries().map(each => each.name)),
  ]`)
  return parts.join('\n')
}

/** Types the key where a newcomer does. */
export async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key').fill(key)
  await page.getByRole('main').getByRole('button', { name: 'Connect', exact: true }).last().click()
  // Without a keychain the guide stays to say so.
  await page
    .getByText('Where are your rides?')
    .or(page.getByText(`(${athlete.id})`))
    .waitFor()
}

/** Opens the window in a browser with a profile of its own, signs in there where it can, and walks through its pages. */
export async function walkThroughWindow(
  address: string,
  profile: string,
  key: string | null,
): Promise<string> {
  const options = { executablePath: chromiumPath, chromiumSandbox: false, args: [...chromiumArgs] }
  const context = await chromium.launchPersistentContext(profile, options)
  const page = context.pages()[0] ?? (await context.newPage())
  const shown: string[] = []
  page.on('console', message => shown.push(message.text()))
  await page.goto(address)
  if (key !== null) {
    await signIn(page, key)
    shown.push(await everythingIn(page))
  }
  await page.getByRole('button', { name: 'Skip the guide' }).click()
  for (const name of pages) {
    await page.getByRole('navigation').getByRole('button', { name }).click()
    await until(async () => (await page.locator('[aria-busy="true"]').count()) === 0, `all of ${name}`)
    shown.push(await everythingIn(page))
  }
  await context.close()
  return shown.join('\n')
}

/** Syncs once for each way in which the service could give the key back to us. */
export async function everyFailure(
  world: World,
  as: Pick<World, 'musette'>,
  key: string,
): Promise<readonly CliEnd[]> {
  const { state } = world.service
  const basic = Buffer.from(`API_KEY:${key}`).toString('base64')
  const echo = `you sent ${key} and ${basic} and ${encodeURIComponent(key)} and ${encodeURIComponent(basic)}`
  const post = { method: 'POST' }
  const rules: readonly Parameters<typeof state.faults.add>[0][] = [
    { match: post, action: { kind: 'status', status: 422, body: { status: 422, error: echo } } },
    { match: post, action: { kind: 'status', status: 400, body: `<html>${echo}</html>` } },
    {
      match: post,
      action: { kind: 'redirect', location: `http://127.0.0.1:9/?key=${encodeURIComponent(key)}&b=${basic}` },
    },
    { match: {}, times: -1, action: { kind: 'status', status: 401, body: { status: 401, error: echo } } },
    { match: post, action: { kind: 'truncatedJson' } },
  ]
  const ends: CliEnd[] = []
  for (const rule of rules) {
    state.faults.clearRules()
    state.faults.add(rule)
    ends.push(await as.musette('sync', '--json'))
  }
  state.faults.clearRules()
  await world.stopService()
  ends.push(await as.musette('sync'))
  await world.startService()
  return ends
}

/** Node's own reports of how a process ended, which people attach to bug reports; one still being written is none. */
function wholeReports(folder: string): readonly object[] {
  return readdirSync(folder).flatMap(name => {
    try {
      const report = JSON.parse(readFileSync(join(folder, name), 'utf8')) as object // whatever it holds
      return 'environmentVariables' in report ? [report] : []
    } catch {
      return []
    }
  })
}

/** Dies in every way while it works; answers what was said. Leaves Node's own reports in the folder. */
export async function crashes(
  world: World,
  env: Readonly<Record<string, string>>,
  reports: string,
): Promise<readonly string[]> {
  const reporting = `--report-uncaught-exception --report-on-fatalerror --report-on-signal --report-directory="${reports}"`
  const said: string[] = []
  let number = 100
  const start = (crash: string, more = ''): RunningCli => {
    put(world.source, `crash-${crash}.fit`, ride((number += 1)))
    const options = `${reporting} --import "${resolve('test/helpers/crash.mjs')}" ${more}`
    const words = { ...env, NODE_OPTIONS: options, MUSETTE_TEST_CRASH: crash }
    // Nobody wants the memory of a crashed test on the disk.
    return world.with({ env: words, under: ['sh', '-c', 'ulimit -c 0; exec "$@"', 'sh'] }).start('run')
  }
  const ended = async (running: RunningCli): Promise<CliEnd> => {
    const end = await running.ended
    said.push(end.stdout, end.stderr)
    return end
  }
  expect(await ended(start('engine'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('forced in the engine') as unknown,
  })
  expect((await ended(start('host'))).stderr).toContain('forced in the host')
  expect((await ended(start('memory', '--max-old-space-size=60'))).stderr).toContain('out of memory')

  world.service.state.faults.add({
    match: { method: 'POST' },
    times: -1,
    action: { kind: 'delay', ms: 30_000 },
  })
  const before = world.service.state.requests.length
  const killed = start('kill')
  await until(
    () => world.service.state.requests.slice(before).some(({ method }) => method === 'POST'),
    'an upload',
  )
  killed.kill('SIGUSR2')
  await until(() => wholeReports(reports).length > 2, 'the report')
  killed.kill('SIGKILL')
  await ended(killed)
  world.service.state.faults.clearRules()
  return said
}
