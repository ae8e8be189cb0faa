import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { externalId } from '../../../electron/sync/activities/look-up.ts'
import { EngineHome } from '../../helpers/engine-home.ts'
import { buildFit } from '../../helpers/fit-builder.ts'
import { sha256Of } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const startTime = '2026-11-21T08:00:00Z'
const shorter = buildFit({ startTime, durationS: 600, recordEveryS: 20 })
const longer = buildFit({ startTime, durationS: 1200, recordEveryS: 20 })

/** Both versions archived, none sent, and then the ledger is lost. No verdict tells that one was superseded. */
async function lostWithBoth(): Promise<void> {
  await home.addSource()
  home.service.profileError = new AppError('offline', 'no route', 'wait-for-network')
  home.put('rides/a.fit', shorter)
  await home.sync()
  home.put('rides/a.fit', longer, 0)
  await home.sync()
  home.service.profileError = null
  home.service.calls.length = 0
  expect(home.archived()).toHaveLength(2)
  for (const verdict of home.verdicts()) rmSync(home.folder(`home/archive/${verdict}`))
  await home.loseLedger()
}

const stateOf = (ride: Uint8Array): string => {
  const row = home.parts.ledger.recordings.byHash(sha256Of(ride))
  return `${row?.state ?? 'unknown'} ${row?.reason.code ?? ''}`
}

test('of two archived versions of a ride the longer is looked up, then sent; the shorter is held', async () => {
  await lostWithBoth()
  await home.sync()
  expect(home.service.calls.filter(call => call !== 'profile')[0]).toBe('list')
  expect(home.service.uploads.map(upload => upload.sha256)).toEqual([sha256Of(longer)])
  expect([stateOf(shorter), stateOf(longer)]).toEqual(['held after-rebuild', 'uploaded sent'])
})

test('of two archived versions of a ride none is sent when the longer is there', async () => {
  await lostWithBoth()
  home.service.hold(longer, { externalId: externalId(sha256Of(longer)) })
  await home.sync()
  expect(home.service.names).toEqual([])
  expect([stateOf(shorter), stateOf(longer)]).toEqual([
    'held after-rebuild',
    'uploaded found-after-lost-reply',
  ])
})
