import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../../shared/app-error.ts'
import type { SyncReport } from '../../../../shared/reports.ts'
import type { Source } from '../../../../shared/settings.ts'
import { externalId } from '../../../../electron/sync/activities/look-up.ts'
import { Overview } from '../../../../electron/sync/overview.ts'
import { findFile, ignoreFile } from '../../../../electron/sync/folders/file-requests.ts'
import { pauseSource, removeSource } from '../../../../electron/sync/folders/manage-sources.ts'
import { RunLoop } from '../../../../electron/sync/run-loop.ts'
import { EngineHome, hourMs, minuteMs } from '../../../helpers/engine-home.ts'
import { fitRide, sha256Of, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
let source: Source
beforeEach(async () => {
  home = await EngineHome.open()
  source = await home.addSource()
})
afterEach(() => home.close())

const offline = (): AppError => new AppError('offline', 'no route', 'wait-for-network')

describe('while a ride is on its way', () => {
  /** A sync whose upload fails only after `meanwhile` was done. */
  async function failAfter(error: AppError, meanwhile: () => Promise<void> | void): Promise<SyncReport> {
    home.put('rides/a.fit', fitRide())
    let open = (): void => undefined
    home.service.script.push({
      kind: 'hold',
      open: new Promise(resolve => {
        open = resolve
      }),
    })
    home.service.poisoned.set(externalId(sha256Of(fitRide())), error)
    const pass = home.sync()
    while (home.service.names.length === 0) await new Promise(resolve => setImmediate(resolve))
    await meanwhile()
    open()
    return pass
  }

  const mayBeThere = /it may be on Intervals\.icu/
  test.each([
    ['offline', offline(), /before it was sent\./],
    ['service-down', new AppError('service-down', '500', 'retry', { bodySent: true }), mayBeThere],
    ['outcome-unknown', new AppError('outcome-unknown', 'the reply was lost', 'retry'), mayBeThere],
  ])(
    'its source may be removed: failing with %s it ends as ignored, in true words',
    async (_, error, said) => {
      const report = await failAfter(error, () => removeSource(home.parts, source.id))
      expect([report.ignored, report.retrying]).toEqual([1, 0])
      await home.sync()
      expect(home.states()).toEqual({ 'rides/a.fit': 'ignored source-removed' })
      expect(home.files()[0]?.reason).toMatch(said)
      expect(home.service.names).toEqual(['a.fit'])
    },
  )

  test.each([
    ['offline', offline()],
    ['service-down', new AppError('service-down', '500', 'retry', { bodySent: true })],
    ['outcome-unknown', new AppError('outcome-unknown', 'the reply was lost', 'retry')],
  ])('it may be ignored: failing with %s it stays so', async (_, error) => {
    await failAfter(error, () => {
      ignoreFile(home.parts, findFile(home.parts.ledger, 'rides/a.fit', home.root))
    })
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'ignored ignored-by-you' })
    expect(home.service.names).toEqual(['a.fit'])
  })
})

describe('while a file is looked at', () => {
  const ignore = (): unknown => ignoreFile(home.parts, findFile(home.parts.ledger, 'rides/a.fit', home.root))

  test.each(['examine', 'archive'] as const)(
    'it may be ignored: what was begun (%s) does not undo that',
    async step => {
      home.put('rides/a.fit', unfinished(fitRide()))
      await home.sync()
      expect(home.states()).toEqual({ 'rides/a.fit': 'waiting unfinished' })
      home.put('rides/a.fit', fitRide())
      const { examiner } = home.parts
      await home.restart({
        examiner: {
          ...examiner,
          examine: async request => {
            const found = await examiner.examine(request)
            if (step === 'examine') ignore()
            return found
          },
          archive: async request => {
            await examiner.archive(request)
            if (step === 'archive') ignore()
          },
        },
      })
      await home.sync()
      expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'ignored ignored-by-you' }, []])
      await home.restart()
      await home.sync()
      expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'ignored ignored-by-you' }, []])
    },
  )

  test('one that can not be read by then stays ignored too', async () => {
    home.put('rides/a.fit', unfinished(fitRide()))
    await home.sync()
    home.touch('rides/a.fit', home.clock.now() - minuteMs)
    await home.restart({
      examiner: {
        ...home.parts.examiner,
        examine: () => {
          ignore()
          return Promise.resolve({ kind: 'notNow', code: 'changing', detail: '' })
        },
      },
    })
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'ignored ignored-by-you' })
  })
})

test('a ride of a source that no settings name is ignored', async () => {
  home.service.profileError = offline()
  home.put('rides/a.fit', fitRide())
  await home.sync()
  await home.parts.settings.update(before => ({ ...before, sources: [] }))
  home.service.profileError = null
  await home.restart()
  await home.sync()
  expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'ignored source-removed' }, []])
})

test('a ride that is left of a removed source is ignored while Musette keeps running', async () => {
  home.service.profileError = offline()
  home.put('rides/a.fit', fitRide())
  await home.sync()
  await home.parts.settings.update(before => ({ ...before, sources: [] }))
  home.service.profileError = null
  const stop = new AbortController()
  const running = new RunLoop(home.parts).run(stop.signal)
  await home.clock.advance(minuteMs)
  stop.abort()
  await running
  expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'ignored source-removed' }, []])
})

test('a ride of a paused source goes up when an active one has a copy that is new', async () => {
  await home.addSource('active')
  home.service.profileError = offline()
  home.put('rides/a.fit', fitRide())
  home.put('rides/alone.fit', fitRide('2026-11-21T06:00:00Z'))
  await home.sync()
  home.service.profileError = null
  await pauseSource(home.parts, source.id, true)
  home.put('active/a.fit', fitRide())
  await home.sync()
  expect(home.states()).toEqual({
    'active/a.fit': 'uploaded sent',
    'rides/a.fit': 'uploaded sent',
    'rides/alone.fit': 'queued new-ride',
  })
})

test('a damaged file that was held and is deleted asks for no word any more', async () => {
  const path = home.put('rides/a.fit', unfinished(fitRide('2026-11-20T08:00:00Z')), 24 * hourMs)
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'held damaged' })
  rmSync(path)
  const report = await home.sync()
  expect([home.states(), report.held]).toEqual([{ 'rides/a.fit': 'ignored went-away' }, 0])
})

test('fifty writes to an unfinished file are one line of its history', async () => {
  const ride = fitRide()
  for (let written = 1; written <= 50; written += 1) {
    home.put('rides/a.fit', ride.subarray(0, 60 + written), 0)
    await home.sync()
    home.clock.jump(1000)
  }
  const file = findFile(home.parts.ledger, 'rides/a.fit', home.root)
  const { history } = new Overview(home.parts.ledger, home.clock.now(), true).story(file)
  expect(history.map(line => line.state)).toEqual(['waiting'])
  expect(home.states()).toEqual({ 'rides/a.fit': 'waiting unfinished' })
})
