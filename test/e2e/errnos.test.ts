import { afterAll, expect, test } from 'vitest'
import { whyNotTraced } from '../torture/can-trace.ts'
import { runErrnos } from '../torture/errnos/run-errnos.ts'
import { endWorlds } from './helpers/home.ts'

afterAll(endWorlds)

const seed = Number(process.env['MUSETTE_TEST_SEED'] ?? Date.now() % 1_000_000)
const untraced = whyNotTraced()
if (untraced !== null) console.log(`SKIPPED: failing system calls: ${untraced}`)

// A sample; `npm run torture -- --errnos all` plays the whole table.
test.skipIf(untraced !== null)(
  `a system call that fails ends in words, loses nothing, and is forgotten by the next sync (seed ${seed})`,
  async () => {
    const { played, struck, troubles } = await runErrnos(
      { seed, faults: 6, width: 2, only: '' },
      () => undefined,
    )
    expect(troubles).toEqual([])
    expect([played, struck > 0]).toEqual([6, true])
  },
)
