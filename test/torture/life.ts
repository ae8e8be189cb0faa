import { makeHousehold, restOf, type Household } from './household.ts'
import { killAt, type KillPlan } from './killer.ts'
import { judge, type Finding } from './oracle.ts'
import { checkpointStep, clockStep, needOf, type Step } from './steps.ts'

/** One home, killed again and again at the steps given. */
export interface LifePlan {
  readonly seed: number
  readonly steps: readonly Step[]
  /** False: the service takes the same bytes for another ride, so that only looking up keeps it at one. */
  readonly deduplicate: boolean
}

export interface LifeEnd {
  readonly seed: number
  readonly kills: readonly Kill[]
  readonly findings: readonly Finding[]
  readonly rides: number
  /** Uploads whose bytes the service had got, and kept, before. */
  readonly sentAgain: number
}

interface Kill {
  readonly step: Step
  readonly at: number
}

const tries = 4
/** Things that happen in the folder while Musette runs towards one kill. */
const mostAtOnce = 3

/** Lives one life to its end and judges it. */
export async function live(plan: LifePlan): Promise<LifeEnd> {
  const household = await makeHousehold(plan)
  const kills: Kill[] = []
  try {
    household.arrivals.putLong()
    for (const step of plan.steps) if (await killOnce(household, step)) kills.push({ step, at: Date.now() })
    const evidence = await restOf(household, kills)
    const finished = new Set(evidence.rides.flatMap(ride => (ride.finishedAt === null ? [] : [ride.sha256])))
    const bodies = new Set(evidence.bodies.map(body => body.sha256))
    return {
      ...{ seed: plan.seed, kills, findings: judge(evidence), rides: finished.size },
      sentAgain: evidence.bodies.length - bodies.size,
    }
  } finally {
    await household.arrivals.settle()
    await household.world.remove()
  }
}

/** Kills at a step; one that was not met is tried again with more to do. False when it never was. */
async function killOnce(household: Household, step: Step): Promise<boolean> {
  for (let tried = 0; tried < tries; tried += 1) {
    await prepare(household, step)
    const happening = happenMeanwhile(household)
    const isKilled = await killAt(household.world, household.desk, planFor(household, step, tried))
    happening.stop()
    if (needOf(step) === 'settings') await resume(household)
    if (isKilled) return true
  }
  return false
}

/** Sees to it that there is something to do which leads past the step. */
async function prepare({ world, random, arrivals, calendar }: Household, step: Step): Promise<void> {
  switch (needOf(step)) {
    case 'rides':
      arrivals.putWhole(random.int(3, 4))
      return
    case 'workouts':
      for (let count = 0; count < 2; count += 1) calendar.change()
      return
    case 'removal':
      // Only a file that was written can be removed.
      if (calendar.remove()) return
      await world.sync()
      calendar.remove()
      return
    case 'settings':
  }
}

function planFor({ random, sourceId }: Household, step: Step, tried: number): KillPlan {
  const need = needOf(step)
  const word = step === checkpointStep || random.chance(0.5) ? 'sync' : 'run'
  const words = need === 'settings' ? ['source', 'pause', sourceId] : [word]
  // A sync that has ended cannot be killed any more: each try comes sooner.
  const longestMs = word === 'run' ? 2_000 : 900 / (tried + 1)
  const afterMs = step === clockStep ? 40 + random.next() * longestMs : 0
  return { step, nth: random.int(1, tried > 0 || need !== 'rides' ? 1 : 3), words, afterMs }
}

function happenMeanwhile({ arrivals, random }: Household): { stop(): void } {
  let left = mostAtOnce
  const happen = (): void => {
    arrivals.happen()
    left -= 1
    if (left === 0) clearInterval(timer)
  }
  const timer = setInterval(happen, random.int(80, 400))
  return { stop: () => clearInterval(timer) }
}

/** Whichever of the two settings the kill has left. */
async function resume({ world, sourceId }: Household): Promise<void> {
  const end = await world.musette('source', 'resume', sourceId)
  if (end.code !== 0) throw new Error(`not resumed: ${end.stderr}`)
}
