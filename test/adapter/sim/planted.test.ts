import { expect, test } from 'vitest'
import { plantedBugs } from '../../sim/planted/bugs.ts'
import { hunt } from '../../sim/planted/hunt.ts'

/** All of them take a while: `npm run sim -- --planted`. */
const quick = plantedBugs.filter(bug => bug.isQuick)

test.each(quick.map(bug => [bug.name, bug] as const))(
  'the simulation finds a planted bug: %s',
  async (_, bug) => {
    const found = await hunt(bug, 1, 60)
    expect(found.promise).not.toBeNull()
  },
  120_000,
)

test('a bug that no longer fits the code is said, not passed over', async () => {
  const gone = { name: 'not there', patches: [], isQuick: false }
  await expect(hunt(gone, 1, 1)).rejects.toThrow('not there')
})
