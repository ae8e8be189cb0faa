import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hourMs } from '../../helpers/engine-home.ts'
import { rowsOf, tableOf } from './cells.ts'
import { stormTable } from './cells/storms.ts'
import { onMemoryDisk } from './play-cells.ts'
import { storms } from './storms.ts'
import { FaultWorld } from './world/fault-world.ts'

const rows = rowsOf(stormTable, 7)
const came: (readonly string[])[] = []

beforeAll(() => onMemoryDisk())
afterAll(() => {
  vi.unstubAllEnvs()
  console.log(tableOf(came))
})

test('every storm has its row', () => {
  expect(rows.map(([name]) => name)).toEqual(Object.keys(storms))
})

describe('trouble that lasts for hours', () => {
  test.each(rows)('%s', async (name = '', asked, rides, pause, askedInAll, end, drainedAfter) => {
    const outcome = await storms[name]?.()
    if (outcome === undefined) throw new Error(`no storm is called ${name}`)
    const { broken, ...said } = outcome
    came.push([name, said.asked, said.rides, said.pause, said.askedInAll, said.end, said.drainedAfter])
    expect(said).toEqual({ asked, rides, pause, askedInAll, end, drainedAfter })
    expect(broken).toEqual([])
  })
})

test('a wait from a clock that ran ahead does not hold the first request once it is set right', async () => {
  const world = await FaultWorld.open()
  try {
    const aheadMs = 365 * 24 * hourMs
    world.home.parts.queue.obeyUntil(world.home.clock.now() + aheadMs)
    const report = await world.sync()
    expect([report.uploaded, report.errors]).toEqual([4, []])
  } finally {
    await world.close()
  }
})
