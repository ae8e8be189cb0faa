import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  endDesktops,
  makeDesktopWorld,
  musetteDrivers,
  type DesktopWorld,
  type OpenDesktop,
} from '../helpers/desktop.ts'
import { put, ride } from '../helpers/rides.ts'
import { activities, asked } from '../helpers/service-log.ts'
import { until } from '../helpers/until.ts'

/* One Musette for all: each spec leaves it idle, with one more ride sent. */
describe.each(musetteDrivers())('tray and rides on $name', driver => {
  const spec = test.skipIf(driver.missing !== null)
  let world: DesktopWorld
  let app: OpenDesktop
  let page: Page

  beforeAll(async () => {
    if (driver.missing !== null) return
    world = await makeDesktopWorld(driver)
    app = await world.open()
    page = await app.window()
  })
  afterAll(endDesktops)

  const tray = async () => (await app.state()).trays[0]
  const shape = (name: string) =>
    until(async () => (await tray())?.image?.startsWith(`${name}-`) === true, `the tray's "${name}"`)
  const sent = () => activities(world.service).length
  const shows = (words: string) =>
    until(() => page.evaluate<boolean>(`document.body.innerText.includes(${JSON.stringify(words)})`), words)

  spec('before anybody signs in, the tray and the window say so', async () => {
    await shape('signedOut')
    expect(await app.trayLabels()).toContain('Connect to Intervals.icu')
    expect(sent()).toBe(0)
  })

  spec('a ride in the folder goes up, and tray, notification and window tell of it', async () => {
    await app.settle(world.source)
    await shape('idle')
    expect((await app.state()).notifications).toEqual([])
    put(world.source, 'evening.fit', ride(1))
    await until(() => sent() === 1, 'the upload')
    const link = `https://intervals.icu/activities/${activities(world.service)[0]?.id ?? ''}`
    await until(async () => (await app.state()).notifications.length === 1, 'the notification')
    await until(async () => (await app.trayLabels()).some(label => label.startsWith('Last ride')), 'the tray')
    await shows('Everything is in sync')
    await until(
      () => page.evaluate<boolean>(`document.querySelector('a[href="${link}"]') !== null`),
      'its link',
    )

    const last = (await app.trayLabels()).find(label => label.startsWith('Last ride')) ?? ''
    await app.act('clickTrayMenu', last)
    await until(async () => (await app.state()).opened.length === 1, 'the link')
    expect((await app.state()).opened).toEqual([`openExternal ${link}`])
  })

  spec('a click on the notification brings the window up with the ride’s story', async () => {
    await app.act('closeWindow')
    await until(async () => (await app.state()).windows[0]?.isVisible === false, 'it hides')
    await app.act('clickNotification', 0)
    await until(async () => (await app.state()).windows[0]?.isVisible === true, 'it shows the ride')
    await shows('evening.fit')
  })

  spec('looks again when the computer wakes', async () => {
    await app.act('power', 'suspend')
    const before = asked(world.service).length
    await app.act('power', 'resume')
    await until(() => asked(world.service).length > before, 'the service is asked')
  })

  spec('shows with its own shape that the service is out of reach, and that it is back', async () => {
    await world.stopService()
    put(world.source, 'offline.fit', ride(2))
    await shape('offline')
    await world.startService()
    await app.act('clickTrayMenu', 'Sync now')
    await until(() => sent() === 2, 'the upload')
    await shape('idle')
  })

  spec('syncs, pauses, resumes and quits from the tray, whose shape and words follow', async () => {
    await app.act('clickTrayMenu', 'Pause for 1 hour')
    await shape('paused')
    expect(await app.trayLabels()).toContain('Resume')
    expect((await tray())?.toolTip).toContain('Paused')
    put(world.source, 'meanwhile.fit', ride(3))

    await app.act('clickTrayMenu', 'Resume')
    await until(() => sent() === 3, 'the upload after the pause')
    await until(async () => (await app.trayLabels()).includes('Pause for 1 hour'), 'the pause is over')

    const before = asked(world.service).length
    await app.act('clickTrayMenu', 'Sync now')
    await until(() => asked(world.service).length > before, 'the service is asked')

    await app.act('clickTrayMenu', 'Quit Musette')
    expect(await app.ended).toMatchObject({ code: 0, signal: null })
  })
})
