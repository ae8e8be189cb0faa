import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../e2e/helpers/rides.ts'
import type { FakeActivity } from '../../fake-intervals/types.ts'
import type { SimRandom } from '../../sim/random.ts'
import { judgeStage, questions } from '../scenes/judge.ts'
import type { ScenePlan } from '../scenes/play-scenes.ts'
import type { Scene } from '../scenes/scene.ts'
import { Stage } from '../scenes/stage.ts'
import type { Tree } from '../trace/acts.ts'
import { CutMaker, cutsOf, onTheWay, type Cut } from './cuts.ts'
import { openHome } from './open-home.ts'
import { takePicture, type PhasePicture } from './take-picture.ts'

/** A power cut, and what came of it. */
export interface CutEnd {
  readonly scene: string
  readonly cut: Cut
  /** What was done last. */
  readonly after: string
  readonly wrong: readonly string[]
}

export interface SceneCuts {
  readonly acts: number
  /** States that a cut could leave. */
  readonly states: number
  /** What came of those from which Musette went on. */
  readonly ends: readonly CutEnd[]
  /** Those of all states, where they were opened, that could not be opened as they should be. */
  readonly unopened: readonly CutEnd[]
}

export interface CutPlan extends ScenePlan {
  /** Whether the home is opened in every state, also where Musette does not go on from it. */
  readonly opensAll: boolean
}

/**
 * Writes down all that a scene does to the disk, then lays out the states that power cuts could leave, all of them or so
 * many that are drawn, and has Musette go on from each.
 */
export async function cutInScene(
  scene: Scene,
  launcher: string,
  plan: CutPlan,
  onEnd: (end: CutEnd) => void = () => undefined,
): Promise<SceneCuts> {
  const stage = await Stage.make(launcher, plan.deduplicate)
  try {
    await scene.prepare(stage)
    const pictures: PhasePicture[] = []
    for (const phase of scene.phases.keys()) pictures.push(await takePicture(stage, scene, phase))
    const stored = stage.state.activities.map(activity => ({ ...activity }))
    const whole = { done: scene.phases.length, takenOff: [], asked: 'doctor' } as const
    const wrong = await judgeStage(stage, scene, whole)
    if (wrong.length > 0) throw new Error(`"${scene.name}" goes wrong without a cut: ${wrong.join('; ')}`)
    const cuts = cutsOf(stage.root, pictures, plan.random)
    const ends: CutEnd[] = []
    const makers = pictures.map(picture => new CutMaker(stage.root, picture))
    for (const cut of drawCuts(cuts, plan.most, plan.random)) {
      const end = await cutOnce({ stage, scene, pictures, makers, stored, cut, random: plan.random })
      ends.push(end)
      onEnd(end)
    }
    const unopened = plan.opensAll ? await openAll(stage, scene, pictures, cuts) : []
    return {
      acts: pictures.reduce((sum, picture) => sum + picture.acts.length, 0),
      ...{ states: cuts.length, ends, unopened },
    }
  } finally {
    await stage.world.remove()
  }
}

/** Opens the home in every state; tells of those in which something is wrong. */
async function openAll(
  stage: Stage,
  scene: Scene,
  pictures: readonly PhasePicture[],
  cuts: readonly Cut[],
): Promise<readonly CutEnd[]> {
  const makers = pictures.map(picture => new CutMaker(stage.root, picture))
  const unopened: CutEnd[] = []
  for (const cut of cuts) {
    const [picture, maker] = [pictures[cut.phase], makers[cut.phase]]
    if (picture === undefined || maker === undefined) throw new RangeError(`no phase ${cut.phase}`)
    stage.goTo({ ...picture.begin, ours: withoutRoot(stage, maker.treeAfter(cut)) })
    const wrong = await openHome(stage.world.home, scene)
    if (wrong.length > 0) unopened.push({ scene: scene.name, cut, after: lastAct(picture, cut), wrong })
  }
  return unopened
}

function withoutRoot(stage: Stage, { folders, files }: Tree): Tree {
  return { folders: folders.filter(path => path !== stage.root), files }
}

function lastAct({ acts }: PhasePicture, cut: Cut): string {
  return acts[cut.acts - 1]?.kind ?? 'the start'
}

async function cutOnce(given: {
  readonly stage: Stage
  readonly scene: Scene
  readonly pictures: readonly PhasePicture[]
  readonly makers: readonly CutMaker[]
  readonly stored: readonly FakeActivity[]
  readonly cut: Cut
  readonly random: SimRandom
}): Promise<CutEnd> {
  const { stage, scene, cut, random } = given
  const [picture, maker] = [given.pictures[cut.phase], given.makers[cut.phase]]
  if (picture === undefined || maker === undefined) throw new RangeError(`no phase ${cut.phase}`)
  const { begin } = picture
  const ours = withoutRoot(stage, maker.treeAfter(cut))
  const activities = given.stored.slice(0, begin.activities.length + cut.stored)
  stage.goTo({ ...begin, ours, activities })
  const takenOff = cut.takesOff ? takeOff(stage, onTheWay(picture, cut.acts)) : []
  const done = cut.phase + (cut.hasEnded ? 1 : 0)
  return {
    ...{ scene: scene.name, cut, after: lastAct(picture, cut) },
    wrong: await judgeStage(stage, scene, { done, takenOff, asked: random.pick(questions) }),
  }
}

/** Takes off the files that have those bytes, and tells their names. */
function takeOff(stage: Stage, shas: readonly string[]): readonly string[] {
  const { source } = stage.world
  const names = readdirSync(source).filter(name => shas.includes(sha256(readFileSync(join(source, name)))))
  for (const name of names) stage.takeOff(name)
  return names
}

/** So many of them in their order, spread over all. */
function drawCuts(cuts: readonly Cut[], wanted: number, random: SimRandom): readonly Cut[] {
  if (wanted >= cuts.length) return cuts
  const from = random.next()
  const step = cuts.length / wanted
  const places = Array.from({ length: wanted }, (_, place) => Math.floor((place + from) * step))
  return places.flatMap(place => cuts[place] ?? [])
}
