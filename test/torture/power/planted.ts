import { simRandom } from '../../sim/random.ts'
import type { Scene } from '../scenes/scene.ts'
import { scenes } from '../scenes/scenes.ts'
import { drawTable } from '../table.ts'
import { copyProgram, type Fault } from '../trace/program.ts'
import { killInScene } from '../syscalls/kill-calls.ts'
import { cutInScene } from './cut-power.ts'

/** A flush or an order that somebody might well leave out of the built program, and who must find it. */
export interface PlantedFault extends Fault {
  readonly by: 'kills' | 'power cuts'
  /** In which scene. */
  readonly scene: string
}

/** Each is planted alone. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'no folder flush after the archive rename',
    ...{ by: 'power cuts', scene: 'a ride that is not taken' },
    from: '\tawait disk.flushFolder(shard);\n\tawait disk.flushFolder(archiveFolder);\n',
    to: '',
  },
  {
    name: 'no file flush before the archive rename',
    ...{ by: 'power cuts', scene: 'a ride that is not taken' },
    from: '\t\t\tawait copy.flush();\n',
    to: '',
  },
  {
    name: 'the settings are not flushed before they get their name',
    ...{ by: 'power cuts', scene: 'a folder is paused' },
    from: '\t\t\t\tawait file.writeFile(content);\n\t\t\t\tawait file.sync();\n',
    to: '\t\t\t\tawait file.writeFile(content);\n',
  },
  {
    name: 'intents and outcomes are NORMAL commits',
    ...{ by: 'power cuts', scene: 'one ride' },
    from: 'transaction("full", () => {\n\t\tconst before = ledger.recordings.byHash(sha256);',
    to: 'transaction("normal", () => {\n\t\tconst before = ledger.recordings.byHash(sha256);',
  },
  {
    name: 'the settings are written in place',
    ...{ by: 'kills', scene: 'a folder is paused' },
    from: 'const temporary = `${target}.${process.pid}.tmp`;',
    to: 'const temporary = target;',
  },
  {
    name: 'staging is not swept',
    ...{ by: 'kills', scene: 'one ride' },
    from: 'for (const entry of await deps.disk.list(stagingFolder))',
    to: 'for (const entry of [])',
  },
]

interface Found {
  readonly after: number
  readonly as: string
}

/** Thrown to end a scene at the first promise that is seen broken. */
class Bitten extends Error {
  readonly as: string

  constructor(as: string) {
    super(as)
    this.as = as
  }
}

/** Plants each fault alone and tells after how many kills or cuts it was found, as what; each must be, within `most`. */
export async function runPlanted(
  plan: { readonly seed: number; readonly most: number },
  say: (line: string) => void,
): Promise<{ readonly lines: readonly string[]; readonly troubles: readonly string[] }> {
  const rows: (readonly string[])[] = [['planted fault', 'by', 'found after', 'as']]
  const troubles: string[] = []
  for (const fault of plantedFaults) {
    const found = await findFault(fault, plan)
    if (found === null) troubles.push(`not found: ${fault.name}`)
    const told = found === null ? ['not found', ''] : [String(found.after), found.as.slice(0, 60)]
    rows.push([fault.name, fault.by, ...told])
    say(`${fault.name}: ${told.join(' ')}`)
  }
  return { lines: drawTable(rows), troubles }
}

async function findFault(
  fault: PlantedFault,
  { seed, most }: { readonly seed: number; readonly most: number },
): Promise<Found | null> {
  const scene = sceneOf(fault)
  const program = copyProgram([fault])
  let after = 0
  const onEnd = ({ wrong }: { readonly wrong: readonly string[] }): void => {
    after += 1
    if (wrong[0] !== undefined) throw new Bitten(wrong[0])
  }
  const own = { random: simRandom(seed).fork(fault.name), most, deduplicate: false }
  try {
    if (fault.by === 'kills') await killInScene(scene, program.launcher, own, onEnd)
    else await cutInScene(scene, program.launcher, { ...own, opensAll: false }, onEnd)
    return null
  } catch (error) {
    if (error instanceof Bitten) return { after, as: error.as }
    throw error
  } finally {
    program.remove()
  }
}

function sceneOf(fault: PlantedFault): Scene {
  const scene = scenes.find(({ name }) => name.startsWith(fault.scene))
  if (scene === undefined) throw new Error(`no scene "${fault.scene}"`)
  return scene
}
