import { simRandom } from '../sim/random.ts'
import { live, type LifeEnd } from './life.ts'
import { checkpointStep, clockStep, needOf, pausedSteps, serviceSteps, type Step } from './steps.ts'

/** How many kills one home lives through. */
const killsOfLife = 25

export interface LivesPlan {
  readonly seed: number
  readonly kills: number
  /** How many homes live at once. */
  readonly width: number
  /** Steps that cannot be placed on this computer. */
  readonly without: readonly Step[]
}

/** Pure: the steps of each life, so that each step comes about equally often and one kill in six is by the clock alone. */
export function stepsOfLives(plan: LivesPlan): readonly (readonly Step[])[] {
  const random = simRandom(plan.seed)
  const placed = [...pausedSteps, ...serviceSteps, checkpointStep].filter(
    step => !plan.without.includes(step),
  )
  const bag: Step[] = []
  const draw = (): Step => {
    // The steps of a ride are where the most can go wrong: twice as often as those of settings and workouts.
    if (bag.length === 0) bag.push(...placed, ...placed.filter(step => needOf(step) === 'rides'))
    return bag.splice(random.int(0, bag.length - 1), 1)[0] ?? clockStep
  }
  const steps = Array.from({ length: plan.kills }, (_, at) => (at % 6 === 5 ? clockStep : draw()))
  const lives = Math.ceil(plan.kills / killsOfLife)
  return Array.from({ length: lives }, (_, at) => steps.slice(at * killsOfLife, (at + 1) * killsOfLife))
}

export interface AllLived {
  readonly ends: readonly LifeEnd[]
  /** Lives that broke off before they could be judged, each with its reason. */
  readonly broken: readonly string[]
}

/** Lives them all, some at once. One that breaks off does not end the others. */
export async function liveAll(
  plan: LivesPlan,
  onEnd: (end: LifeEnd, left: number) => void,
): Promise<AllLived> {
  const queue = stepsOfLives(plan).map((steps, at) => ({
    ...{ steps, seed: plan.seed * 1000 + at },
    // Every third service knows no hashes: looking up must be enough.
    deduplicate: at % 3 !== 2,
  }))
  const ends: LifeEnd[] = []
  const broken: string[] = []
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        const end = await live(next)
        ends.push(end)
        onEnd(end, queue.length)
      } catch (error) {
        broken.push(`home ${next.seed} broke off: ${String(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: plan.width }, work))
  return { ends, broken }
}
