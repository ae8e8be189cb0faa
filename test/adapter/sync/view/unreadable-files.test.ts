import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeDisk } from '../../../../electron/adapters/node-disk.ts'
import type { Examiner } from '../../../../electron/sync/ports/examiner.ts'
import { actOnFiles } from '../../../../electron/sync/view/file-bulk.ts'
import { EngineHome, examinerInPlace, hourMs, minuteMs, never } from '../../../helpers/engine-home.ts'
import { fitRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
afterEach(() => home.close())

describe('files that cannot be taken in', () => {
  /** An examiner that is not let near the one, and breaks over the other. */
  const troubled = (): Examiner => {
    const examiner = examinerInPlace(nodeDisk())
    const codes = new Map([
      ['locked.fit', 'unreadable'],
      ['broken.fit', 'trouble'],
    ] as const)
    return {
      ...examiner,
      examine: request => {
        const code = [...codes].find(([name]) => request.path.endsWith(name))?.[1]
        if (code === undefined) return examiner.examine(request)
        return Promise.resolve({ kind: 'notNow', code, detail: 'no' })
      },
    }
  }

  beforeEach(async () => {
    home = await EngineHome.open({ examiner: troubled() })
    await home.addSource()
    home.put('rides/locked.fit', fitRide('2026-11-21T06:00:00Z', 2))
    home.put('rides/broken.fit', fitRide('2026-11-21T07:00:00Z', 3))
    home.put('rides/half.fit', unfinished(fitRide('2026-11-19T08:00:00Z', 4)), 2 * hourMs)
    await home.sync()
  })

  test('need the user once they have stayed so for a minute', () => {
    expect([home.view().needsCount, home.view().needs]).toEqual([0, []])
    home.clock.jump(minuteMs)
    const view = home.view()
    expect([view.needsCount, view.state]).toEqual([2, 'attention'])
    expect(view.needs.map(need => [need.name, need.reasonCode, need.actions]).toSorted()).toEqual([
      ['broken.fit', 'copy-failed', ['retry', 'ignore']],
      ['locked.fit', 'cannot-read', ['retry', 'ignore']],
    ])
  })

  test('need nobody any more once they are gone or ignored', async () => {
    home.clock.jump(minuteMs)
    const locked = home.view().needs.find(need => need.name === 'locked.fit')?.fileId ?? -1
    await home.clock.during(actOnFiles(home.parts, 'ignore', { kind: 'ids', ids: [locked] }, never))
    rmSync(home.folder('rides/broken.fit'))
    await home.sync()
    expect([home.view().needsCount, home.view().needs]).toEqual([0, []])
  })
})
