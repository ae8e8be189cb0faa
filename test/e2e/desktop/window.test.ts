import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { homeFolders } from '../../../electron/host/home.ts'
import {
  endDesktops,
  makeDesktopWorld,
  musetteDrivers,
  type DesktopWorld,
  type OpenDesktop,
} from '../helpers/desktop.ts'
import { put, ride } from '../helpers/rides.ts'
import { activities } from '../helpers/service-log.ts'
import { until } from '../helpers/until.ts'

const left = { x: 0, y: 0, width: 1920, height: 1080 }
const right = { x: 1920, y: 0, width: 1920, height: 1080 }
const place = { x: 2200, y: 140, width: 900, height: 640 }
/** Generous: quitting takes 5 s at most, and the process a moment more on a busy machine. */
const goneWithinMs = 15_000

/* One home, and one Musette after the other in it: each spec goes on where the one before it ended. */
describe.each(musetteDrivers())('the window on $name', driver => {
  const spec = test.skipIf(driver.missing !== null)
  let world: DesktopWorld
  let app: OpenDesktop

  beforeAll(async () => {
    if (driver.missing !== null) return
    world = await makeDesktopWorld(driver)
    app = await world.open()
  })
  afterAll(endDesktops)

  const window = async () => (await app.state()).windows[0]
  const isVisible = async () => (await window())?.isVisible === true
  const close = async (): Promise<void> => {
    await app.act('closeWindow')
    await until(async () => !(await isVisible()), 'it is out of sight')
  }
  const hints = async (words: string) =>
    (await app.state()).notifications.filter(({ body }) => body.includes(words)).length
  /** Quits, and answers how the process ended and how long that took. */
  const quit = async () => {
    const askedAt = performance.now()
    await app.act('quit')
    const { code, signal, exitedAt } = await app.ended
    return { code, signal, tookMs: exitedAt - askedAt }
  }
  const inTray = (label: string) =>
    until(async () => (await app.trayLabels()).includes(label), `"${label}" in the tray`)

  spec('shows itself at the first start', async () => {
    await until(isVisible, 'the window')
    expect((await app.snapshot()).account).toEqual({ kind: 'none' })
  })

  spec('hides when it is closed, tells once where it went, and comes back from the tray', async () => {
    await inTray('Open Musette')
    await close()
    expect((await window())?.isMinimized).toBe(false)
    await until(async () => (await hints('in the tray')) === 1, 'the hint')
    await until(async () => (await app.snapshot()).preferences.isCloseHintShown, 'that it was told')
    await app.act('clickTrayMenu', 'Open Musette')
    await until(isVisible, 'it is back')
    await close()
    await app.act('clickTray')
    await until(async () => (await window())?.isFocused === true, 'it is back')
    expect(await hints('in the tray')).toBe(1)
  })

  spec('is minimised where no tray could bring it back', async () => {
    world.setTray(false)
    await app.ask('changePreferences', { isCloseHintShown: false })
    await until(async () => !(await app.snapshot()).preferences.isCloseHintShown, 'it may be told again')
    await close()
    expect((await window())?.isMinimized).toBe(true)
    await until(async () => (await hints('minimized')) === 1, 'the hint')
    world.setTray(true)
    await app.act('clickTray')
    await until(isVisible, 'it is back')
  })

  spec('comes back on a screen that is there when its own has gone while it was hidden', async () => {
    await app.act('setScreens', [left, right])
    await app.act('moveWindow', place)
    await close()
    await app.act('setScreens', [left])
    await app.act('clickTray')
    await until(isVisible, 'it is back')
    expect((await window())?.bounds).toEqual({ x: 510, y: 220, width: 900, height: 640 })
  })

  spec('is rebuilt after its page crashed, while the engine goes on', async () => {
    await app.settle(world.source)
    const { run } = await app.snapshot()
    await app.act('crashPage')
    put(world.source, 'after-the-crash.fit', ride(1))
    await until(() => activities(world.service).length === 1, 'the upload')
    await until(isVisible, 'the new window')
    await until(async () => (await app.snapshot()).sentCount === 1, 'the new page tells of it')
    expect((await app.snapshot()).run).toBe(run)
  })

  spec('quits in time with code 0 and the home free', async () => {
    await app.act('setScreens', [left, right])
    await app.act('moveWindow', place)
    const { code, signal, tookMs } = await quit()
    expect({ code, signal }).toEqual({ code: 0, signal: null })
    expect(tookMs).toBeLessThan(goneWithinMs)
    // By Musette's own clock: within its five seconds everything was closed, and nothing was left to a bug.
    expect(world.log()).not.toMatch(/closing took too long|closing failed|a bug|ended at once/)
    expect((await world.musette('status')).code).toBe(0)
    // Only whoever has the home to itself may change it.
    expect((await world.musette('source', 'add', world.folder('More'))).code).toBe(0)
  })

  spec('stays away with --hidden; a second start brings it up where it was', async () => {
    app = await world.open('--hidden')
    await inTray('Open Musette')
    await app.act('setScreens', [left, right])
    expect((await app.state()).windows).toEqual([])
    const hidden = await world.open('--hidden')
    expect((await hidden.ended).code).toBe(0)
    expect((await app.state()).windows).toEqual([])
    const second = await world.open()
    expect((await second.ended).code).toBe(0)
    await until(isVisible, 'the window')
    expect((await app.state()).windows).toHaveLength(1)
    expect((await window())?.bounds).toEqual(place)
    expect((await quit()).code).toBe(0)
  })

  spec('comes back on a screen that is there when its own has gone since the last start', async () => {
    app = await world.open('--hidden')
    await inTray('Open Musette')
    await app.act('setScreens', [left])
    await app.act('clickTrayMenu', 'Open Musette')
    await until(isVisible, 'the window')
    expect((await window())?.bounds).toEqual({ x: 510, y: 220, width: 900, height: 640 })
    expect((await quit()).code).toBe(0)
  })

  spec('quits as well while it is still starting, and says nothing wrong', async () => {
    const opened = `${homeFolders(world.home).ledger}-wal`
    expect(existsSync(opened)).toBe(false)
    app = await world.open()
    await until(() => existsSync(opened), 'the engine at work', 20_000, 5)
    expect(await quit()).toMatchObject({ code: 0, signal: null })
    expect(world.log()).not.toContain('a bug')
  })
})
