import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  endDesktops,
  makeDesktopWorld,
  musetteDrivers,
  type DesktopWorld,
  type OpenDesktop,
} from '../helpers/desktop.ts'
import { until } from '../helpers/until.ts'

const hasValidator = spawnSync('desktop-file-validate', ['--help']).error === undefined
if (!hasValidator) console.log('SKIPPED: checking the autostart entry, there is no desktop-file-validate')

/* One home and two starts of Musette in it: what the first one leaves, the second one finds. */
describe.each(musetteDrivers())('what surrounds the window, on $name', driver => {
  const spec = test.skipIf(driver.missing !== null)
  const linuxSpec = test.skipIf(driver.missing !== null || process.platform !== 'linux')
  let world: DesktopWorld
  let app: OpenDesktop
  let chosen: string
  let entry: string

  beforeAll(async () => {
    if (driver.missing !== null) return
    world = await makeDesktopWorld(driver)
    chosen = world.folder('Documents/Zwift')
    entry = join(world.root, 'config/autostart/musette.desktop')
    app = await world.open()
  })
  afterAll(endDesktops)

  spec('opens links of the list in the browser, and no others', async () => {
    const page = await app.window()
    const links = [
      'https://evil.example/',
      'http://intervals.icu/activities/i1',
      'https://intervals.icu.evil.example/',
      'https://intervals.icu@evil.example/',
      'file:///etc/passwd',
      'https://intervals.icu/activities/i123',
    ]
    for (const link of links) await page.evaluate(`void window.open(${JSON.stringify(link)})`)
    await until(async () => (await app.state()).opened.length > 0, 'the link')
    expect((await app.state()).opened).toEqual(['openExternal https://intervals.icu/activities/i123'])
    expect((await app.state()).windows).toHaveLength(1)
  })

  spec('dialogs begin where the last one ended', async () => {
    expect(await app.ask('chooseFolder', 'source')).toBeNull()
    await app.act('answerDialog', { kind: 'open', paths: [chosen], button: 0 })
    expect(await app.ask('chooseFolder', 'source')).toBe(chosen)
    expect(await app.ask('chooseFolder', 'source')).toBeNull()
    expect((await app.state()).dialogs.map(({ options }) => options)).toMatchObject([
      { defaultPath: world.root, properties: ['openDirectory'] },
      { defaultPath: world.root },
      { defaultPath: join(world.root, 'Documents') },
    ])
  })

  linuxSpec('start at login is a real entry, which is read back', async () => {
    expect((await app.snapshot()).startup).toEqual({ kind: 'off' })
    expect(await app.ask('setStartAtLogin', true)).toEqual({ kind: 'on' })
    expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=.*--hidden$/m)
    if (hasValidator) expect(spawnSync('desktop-file-validate', [entry])).toMatchObject({ status: 0 })
    await until(async () => (await app.snapshot()).startup?.kind === 'on', 'it is shown')
  })

  spec('dialogs begin where the last one ended also after a restart', async () => {
    if (process.platform === 'linux') rmSync(entry)
    await app.act('quit')
    await app.ended
    app = await world.open()
    await app.ask('chooseFolder', 'source')
    expect((await app.state()).dialogs).toMatchObject([
      { options: { defaultPath: join(world.root, 'Documents') } },
    ])
  })

  linuxSpec('an entry that has gone since is missed', async () => {
    await until(async () => (await app.snapshot()).startup?.kind === 'broken', 'it is missed')
    expect(await app.ask('setStartAtLogin', false)).toEqual({ kind: 'off' })
    expect(existsSync(entry)).toBe(false)
  })
})
