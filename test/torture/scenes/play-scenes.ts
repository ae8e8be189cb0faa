import { simRandom, type SimRandom } from '../../sim/random.ts'
import { drawTable } from '../table.ts'
import type { Scene } from './scene.ts'
import { scenes } from './scenes.ts'

/** How one scene is cut short, so many times or wherever it can be. */
export interface ScenePlan {
  readonly random: SimRandom
  readonly most: number
  /** False: the service takes the same bytes for another ride, so that only looking up keeps it at one. */
  readonly deduplicate: boolean
}

/** What came of one scene: a line of numbers, and each promise that was broken. */
export interface ScenePlayed {
  readonly numbers: readonly number[]
  readonly troubles: readonly string[]
}

export interface ScenesPlan {
  readonly seed: number
  /** How often in all; each scene as often as the others. */
  readonly most: number
  /** How many scenes are played at once. */
  readonly width: number
  readonly columns: readonly string[]
  play(scene: Scene, plan: ScenePlan): Promise<ScenePlayed>
}

export interface ScenesPlayed {
  /** The lines of a table, with a sum below. */
  readonly lines: readonly string[]
  readonly troubles: readonly string[]
}

/** Plays every scene, some at once. One that breaks off does not end the others. */
export async function playScenes(plan: ScenesPlan, say: (line: string) => void): Promise<ScenesPlayed> {
  const rows: (readonly string[])[] = []
  const sums = plan.columns.map(() => 0)
  const troubles: string[] = []
  const queue = [...scenes.entries()]
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [place, scene] = next
      const random = simRandom(plan.seed).fork(scene.name)
      // Every third service knows hashes; for the others looking up must be enough.
      const own = { random, most: Math.ceil(plan.most / scenes.length), deduplicate: place % 3 === 2 }
      try {
        const played = await plan.play(scene, own)
        rows[place] = [scene.name, ...played.numbers.map(String)]
        for (const [column, number] of played.numbers.entries()) sums[column] = (sums[column] ?? 0) + number
        troubles.push(...played.troubles.map(trouble => `${scene.name}: ${trouble}`))
        say(`"${scene.name}": ${played.numbers.join(', ')}; ${queue.length} scenes to come`)
      } catch (error) {
        troubles.push(`${scene.name}: broke off: ${String(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: plan.width }, work))
  const filled = rows.flatMap(row => [row])
  return { lines: drawTable([['scene', ...plan.columns], ...filled, ['all', ...sums.map(String)]]), troubles }
}
