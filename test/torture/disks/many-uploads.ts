import { until } from '../../e2e/helpers/until.ts'
import { makeHousehold, restOf } from '../household.ts'
import { judge, type Finding } from '../oracle.ts'
import { handlesAtMost, handlesAtRest, type Handles } from './handles.ts'

export interface ManyUploadsEnd {
  readonly rides: number
  readonly before: Handles
  readonly after: Handles
  readonly findings: readonly Finding[]
}

const guardMs = 600_000
const atOnce = 50

/** One running Musette that uploads very many rides: what it holds open must not grow with them. */
export async function uploadMany(seed: number, rides: number): Promise<ManyUploadsEnd> {
  const household = await makeHousehold({ seed })
  const { world, arrivals, desk } = household
  const isAllStored = (): boolean => desk.stored().length >= arrivals.rides.length
  try {
    arrivals.putWhole(4)
    const running = world.with({ guardMs: guardMs * 2 }).start('run')
    await until(isAllStored, `the first rides, said: ${running.said()}`, guardMs)
    const before = await handlesAtRest(running.pid)
    while (arrivals.rides.length < rides) {
      arrivals.putWhole(Math.min(atOnce, rides - arrivals.rides.length))
      await until(isAllStored, `all rides at the service, said: ${running.said()}`, guardMs)
    }
    const after = await handlesAtMost(running.pid, before)
    running.kill('SIGTERM')
    await running.ended
    return { rides: arrivals.rides.length, before, after, findings: judge(await restOf(household)) }
  } finally {
    await world.remove()
  }
}
