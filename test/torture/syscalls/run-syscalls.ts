import type { Scene } from '../scenes/scene.ts'
import { playScenes, type ScenePlan, type ScenePlayed, type ScenesPlayed } from '../scenes/play-scenes.ts'
import { copyProgram } from '../trace/program.ts'
import { killInScene } from './kill-calls.ts'

/** Kills the built command line right after each of its calls, or so many of them, scene by scene. */
export async function runSyscalls(
  plan: { readonly seed: number; readonly kills: number; readonly width: number },
  say: (line: string) => void,
): Promise<ScenesPlayed> {
  const program = copyProgram()
  const met = new Map<string, number>()
  const play = async (scene: Scene, own: ScenePlan): Promise<ScenePlayed> => {
    const { calls, kills } = await killInScene(scene, program.launcher, own)
    for (const kill of kills) met.set(kill.met.name, (met.get(kill.met.name) ?? 0) + 1)
    const wrong = kills.filter(kill => kill.wrong.length > 0)
    return {
      numbers: [calls, kills.length, wrong.length],
      troubles: wrong.map(
        kill =>
          `killed after call ${kill.nth} of command ${kill.phase + 1}, ${kill.met.name} ${kill.met.path}: ${kill.wrong.join('; ')}`,
      ),
    }
  }
  try {
    const columns = ['calls', 'kills', 'wrong']
    const played = await playScenes({ ...plan, most: plan.kills, columns, play }, say)
    const names = [...met].sort(([, a], [, b]) => b - a).map(([name, times]) => `${name} ${times}`)
    return { ...played, lines: [...played.lines, `Killed right after: ${names.join(', ')}.`] }
  } finally {
    program.remove()
  }
}
