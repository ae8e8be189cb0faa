import { expect, test } from 'vitest'
import { nodeDisk } from '../../../electron/adapters/node-disk.ts'
import { archiveRecording } from '../../../electron/sync/activities/archive.ts'
import { examineFile } from '../../../electron/sync/activities/examine.ts'
import { openLedger } from '../../../electron/sync/ledger/ledger.ts'
import { engineParts, syncOnce } from '../../../electron/sync/engine.ts'
import { crashingPorts, Killed } from '../../helpers/crashing-ports.ts'
import { EngineHome, never } from '../../helpers/engine-home.ts'
import { fitRide, sha256Of, unfinished } from '../../helpers/rides.ts'

/** One pass in a process that dies right before its n-th effect; false when there was no n-th. */
async function dieAt(home: EngineHome, effect: number): Promise<boolean> {
  const { disk, db, isDead } = crashingPorts(nodeDisk(), home.parts.ledger.db, effect)
  const { parts } = home
  const dying = engineParts({
    ...parts,
    ledger: openLedger(db),
    disk,
    examiner: {
      width: 1,
      examine: request => examineFile(disk, request),
      archive: request => archiveRecording(disk, request),
    },
  })
  try {
    await home.clock.during(syncOnce(dying, never))
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
  return isDead()
}

test('killed before any of its effects, a pass loses nothing and doubles nothing', async () => {
  const rides = [fitRide('2026-11-21T07:00:00Z'), fitRide('2026-11-21T08:00:00Z')]
  let effects = 0
  for (let effect = 1, isKilled = true; isKilled; effect += 1) {
    const home = await EngineHome.open()
    await home.addSource()
    rides.forEach((ride, index) => home.put(`rides/${index}.fit`, ride))
    home.put('rides/half.fit', unfinished(fitRide('2026-11-21T09:00:00Z')))
    isKilled = await dieAt(home, effect)
    await home.restart()
    await home.sync()
    expect([effect, home.service.activities.map(each => each.sha256).toSorted()]).toEqual([
      effect,
      rides.map(sha256Of).toSorted(),
    ])
    expect(Object.values(home.states()).map(state => state.split(' ')[0])).toEqual([
      ...['uploaded', 'uploaded', 'waiting'],
    ])
    expect([home.staged(), home.archived().length]).toEqual([[], 2])
    home.close()
    effects = effect
  }
  expect(effects).toBeGreaterThan(50)
})
