import type { Scene } from '../scenes/scene.ts'
import { playScenes, type ScenePlan, type ScenePlayed, type ScenesPlayed } from '../scenes/play-scenes.ts'
import { copyProgram } from '../trace/program.ts'
import { cutInScene } from './cut-power.ts'

/** Lays out what power cuts could leave of each scene, all of it or so many states, and has Musette go on from there. */
export async function runPower(
  plan: { readonly seed: number; readonly states: number; readonly width: number },
  say: (line: string) => void,
): Promise<ScenesPlayed> {
  const program = copyProgram()
  const play = async (scene: Scene, own: ScenePlan): Promise<ScenePlayed> => {
    const cuts = await cutInScene(scene, program.launcher, { ...own, opensAll: true })
    const { acts, states, ends, unopened } = cuts
    const wrong = [...ends.filter(end => end.wrong.length > 0), ...unopened]
    return {
      numbers: [acts, states, ends.length, wrong.length],
      troubles: wrong.map(({ cut, after, wrong: broken }) => {
        const bytes = `names ${cut.way.names}, bytes ${cut.way.bytes}, seed ${cut.seed}`
        return `the power went after act ${cut.acts} of command ${cut.phase + 1} (${after}; ${bytes}): ${broken.join('; ')}`
      }),
    }
  }
  try {
    const columns = ['acts', 'states opened', 'gone on from', 'wrong']
    return await playScenes({ ...plan, most: plan.states, columns, play }, say)
  } finally {
    program.remove()
  }
}
