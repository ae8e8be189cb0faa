import { mkdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { planAsks } from '../../../../electron/host/asks/plan-asks.ts'
import type { Engine } from '../../../../electron/host/handle-requests.ts'
import { addTrainer } from '../../../../electron/sync/folders/manage-trainers.ts'
import { EngineHome, never } from '../../../helpers/engine-home.ts'
import { fitRide } from '../../../helpers/rides.ts'

let home: EngineHome
let wakes: number
beforeEach(async () => {
  home = await EngineHome.open()
  wakes = 0
})
afterEach(() => home.close())

function engine(): Engine {
  return {
    ...{ parts: home.parts, home: home.folder('home'), isWorking: false, troubles: [], signal: never },
    sync: () => home.sync(),
    wake: () => (wakes += 1),
    useCredential: () => undefined,
  } as unknown as Engine // what these requests use of it
}

const trainers = () => home.parts.settings.current().trainers
const sources = () => home.parts.settings.current().sources

describe('changing a trainer folder', () => {
  beforeEach(async () => {
    mkdirSync(home.folder('zwift'))
    const wanted = { folder: home.folder('zwift'), format: 'zwo', days: 7, sports: null, name: null } as const
    await addTrainer(home.parts, wanted)
  })

  test('changes what is given, leaves the rest, and looks at once', async () => {
    const [before] = trainers()
    await planAsks.changeTrainer(engine(), { id: 't1', change: { days: 3, sports: ['Ride'] } })
    expect(trainers()).toEqual([{ ...before, days: 3, sports: ['Ride'] }])
    await planAsks.changeTrainer(engine(), {
      id: 't1',
      change: { name: 'Cellar', isPaused: true, sports: null },
    })
    expect(trainers()).toEqual([{ ...before, name: 'Cellar', isPaused: true, days: 3, sports: null }])
    expect(wakes).toBe(2)
  })

  test('that nobody knows is refused', async () => {
    await expect(planAsks.changeTrainer(engine(), { id: 't9', change: { days: 3 } })).rejects.toMatchObject({
      code: 'unknown-item',
    })
    expect([trainers()[0]?.days, wakes]).toEqual([7, 0])
  })
})

describe('changing a source', () => {
  beforeEach(async () => {
    await home.addSource()
  })

  test('changes what is given, leaves the rest, and looks at once', async () => {
    const [before] = sources()
    await planAsks.changeSource(engine(), { id: 's1', change: { name: 'Cellar', sameRide: 'ask' } })
    expect(sources()).toEqual([{ ...before, name: 'Cellar', sameRide: 'ask' }])
    expect(wakes).toBe(1)
  })

  test('that is paused stops its rides, and resuming sends them', async () => {
    await planAsks.changeSource(engine(), { id: 's1', change: { isPaused: true } })
    home.put('rides/a.fit', fitRide())
    await home.sync()
    expect(home.states()).toEqual({})
    await planAsks.changeSource(engine(), { id: 's1', change: { isPaused: false } })
    await home.sync()
    expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent' })
  })

  test('that nobody knows is refused', async () => {
    await expect(planAsks.changeSource(engine(), { id: 's9', change: {} })).rejects.toMatchObject({
      code: 'unknown-item',
    })
  })
})

test('the calendar is asked for in the athlete’s zone, and in the computer’s until that is known', async () => {
  home.clock.zone = 'Pacific/Kiritimati'
  expect((await planAsks.listWorkouts(engine(), null)).days[0]).toBe('2026-11-22')
  home.parts.ledger.meta.write('athlete-time-zone', 'America/Los_Angeles')
  expect((await planAsks.listWorkouts(engine(), null)).days[0]).toBe('2026-11-21')
  // One that this computer's tables do not know.
  home.parts.ledger.meta.write('athlete-time-zone', 'Mars/Olympus')
  expect((await planAsks.listWorkouts(engine(), null)).days[0]).toBe('2026-11-21')
})
