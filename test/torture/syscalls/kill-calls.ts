import type { SimRandom } from '../../sim/random.ts'
import { judgeStage, questions } from '../scenes/judge.ts'
import type { ScenePlan } from '../scenes/play-scenes.ts'
import type { Scene } from '../scenes/scene.ts'
import { wordsOf } from '../scenes/scenes.ts'
import { Stage, type Moment } from '../scenes/stage.ts'
import { killAfterCall, type Met, type StoppedRun } from '../trace/stop-at-call.ts'

/** A kill right after a call, and what came of it. */
export interface CallKill {
  readonly scene: string
  readonly phase: number
  readonly nth: number
  readonly met: Met
  readonly wrong: readonly string[]
}

interface Aim {
  readonly phase: number
  readonly nth: number
}

export interface SceneKills {
  /** Calls that change or flush something of Musette's, in the scene's life without a kill. */
  readonly calls: number
  readonly kills: readonly CallKill[]
}

/**
 * Plays a scene to its end once, then again for each kill: of all its calls, or of so many that are drawn. `deduplicate`
 * false: the service takes the same bytes for another ride.
 */
export async function killInScene(
  scene: Scene,
  launcher: string,
  plan: ScenePlan,
  onKill: (kill: CallKill) => void = () => undefined,
): Promise<SceneKills> {
  const stage = await Stage.make(launcher, plan.deduplicate)
  try {
    await scene.prepare(stage)
    const begins: Moment[] = []
    const aims: Aim[] = []
    for (const [phase, one] of scene.phases.entries()) {
      one.arrange?.(stage)
      begins.push(stage.now())
      const { met } = await runTo(stage, scene, phase, Infinity)
      aims.push(...met.map((_, place) => ({ phase, nth: place + 1 })))
    }
    const whole = { done: scene.phases.length, takenOff: [], asked: 'doctor' } as const
    const wrong = await judgeStage(stage, scene, whole)
    if (wrong.length > 0) throw new Error(`"${scene.name}" goes wrong without a kill: ${wrong.join('; ')}`)
    const kills: CallKill[] = []
    for (const aim of drawAims(aims, plan.most, plan.random)) {
      const kill = await killOnce(stage, scene, begins, aim, plan.random)
      if (kill === null) continue
      kills.push(kill)
      onKill(kill)
    }
    return { calls: aims.length, kills }
  } finally {
    await stage.world.remove()
  }
}

/** Plays one phase until right after its nth call. */
function runTo(stage: Stage, scene: Scene, phase: number, nth: number): Promise<StoppedRun> {
  const [one] = scene.phases.slice(phase)
  if (one === undefined) throw new RangeError(`no phase ${phase}`)
  return killAfterCall(stage.world, stage.launcher, wordsOf(stage, one), stage.ours, nth)
}

async function killOnce(
  stage: Stage,
  scene: Scene,
  begins: readonly Moment[],
  { phase, nth }: Aim,
  random: SimRandom,
): Promise<CallKill | null> {
  const begin = begins[phase]
  if (begin === undefined) throw new RangeError(`no phase ${phase}`)
  stage.goTo(begin)
  const { met, isKilled } = await runTo(stage, scene, phase, nth)
  const last = met.at(-1)
  // The last calls of a life are not met where threads have found another order.
  if (!isKilled || last === undefined) return null
  const cut = { done: phase, takenOff: [], asked: random.pick(questions) }
  const path = last.path.replace(`${stage.root}/`, '')
  return {
    ...{ scene: scene.name, phase, nth, met: { name: last.name, path } },
    wrong: await judgeStage(stage, scene, cut),
  }
}

/** So many of them, spread over all; none is drawn twice. */
function drawAims(aims: readonly Aim[], wanted: number, random: SimRandom): readonly Aim[] {
  if (wanted >= aims.length) return aims
  const from = random.next()
  const step = aims.length / wanted
  const drawn = Array.from({ length: wanted }, (_, place) => aims[Math.floor((place + from) * step)])
  return drawn.filter(aim => aim !== undefined)
}
