import { afterAll, expect, test } from 'vitest'
import { simRandom } from '../sim/random.ts'
import { whyNotTraced } from '../torture/can-trace.ts'
import { cutInScene } from '../torture/power/cut-power.ts'
import { scenes } from '../torture/scenes/scenes.ts'
import { killInScene } from '../torture/syscalls/kill-calls.ts'
import { copyProgram } from '../torture/trace/program.ts'
import { endWorlds } from './helpers/home.ts'

const seed = Number(process.env['MUSETTE_TEST_SEED'] ?? Date.now() % 1_000_000)
const untraced = whyNotTraced()
const why = untraced === null ? '' : ` (SKIPPED: ${untraced})`
if (untraced !== null) console.log(`SKIPPED: kills and power cuts at system calls: ${untraced}`)
else console.log(`kills and power cuts at system calls, seed ${seed} (MUSETTE_TEST_SEED)`)

const program = untraced === null ? copyProgram() : null
afterAll(async () => {
  await endWorlds()
  program?.remove()
})

// A few of each; all of them are for `npm run torture -- --syscalls all --power all`.
test.skipIf(untraced !== null)(
  `killed right after a system call, Musette goes on as if nothing had been${why}`,
  { concurrent: true },
  async () => {
    const random = simRandom(seed)
    const scene = random.pick(scenes)
    const most = 5
    const { calls, kills } = await killInScene(scene, program?.launcher ?? '', {
      random,
      most,
      deduplicate: false,
    })
    expect(calls).toBeGreaterThan(40)
    expect(kills.length).toBeGreaterThan(0)
    expect(kills.filter(kill => kill.wrong.length > 0)).toEqual([])
  },
)

test.skipIf(untraced !== null)(
  `after a power cut at a system call, whatever of it had not been flushed, Musette goes on${why}`,
  { concurrent: true },
  async () => {
    const random = simRandom(seed + 1)
    const scene = random.pick(scenes)
    const most = 8
    const { states, ends } = await cutInScene(scene, program?.launcher ?? '', {
      random,
      most,
      deduplicate: false,
      opensAll: false,
    })
    expect(states).toBeGreaterThan(40)
    expect(ends.length).toBeGreaterThan(0)
    expect(ends.filter(end => end.wrong.length > 0)).toEqual([])
  },
)
