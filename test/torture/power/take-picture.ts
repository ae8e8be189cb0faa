import { performance } from 'node:perf_hooks'
import type { LoggedRequest } from '../../fake-intervals/types.ts'
import type { Scene } from '../scenes/scene.ts'
import { wordsOf } from '../scenes/scenes.ts'
import type { Moment, Stage } from '../scenes/stage.ts'
import { ActReader } from '../trace/act-reader.ts'
import type { Act, Tree } from '../trace/acts.ts'
import { recordCalls } from '../trace/record.ts'
import { readTree } from '../trace/trees.ts'
import { DiskModel, hashOfTree } from './disk-model.ts'

/** An upload as the service saw it; moments in seconds since 1970. */
export interface SeenUpload {
  readonly sha256: string
  /** When its whole body had come: it was archived before. */
  readonly receivedAt: number
  /** When its activity was there; null where it never was. */
  readonly storedAt: number | null
}

/** One command, with everything it did to the disk and when the service got something from it. */
export interface PhasePicture {
  readonly begin: Moment
  readonly start: Tree
  readonly acts: readonly Act[]
  readonly uploads: readonly SeenUpload[]
}

/** Plays a phase to its end while all it does is written down. Throws where that is not the whole of what it did. */
export async function takePicture(stage: Stage, scene: Scene, phase: number): Promise<PhasePicture> {
  const one = scene.phases[phase]
  if (one === undefined) throw new RangeError(`no phase ${phase}`)
  one.arrange?.(stage)
  const begin = stage.now()
  const start = { ...begin.ours, folders: [stage.root, ...begin.ours.folders] }
  const uploads = watchUploads(stage)
  const { calls } = await recordCalls(stage.world, stage.launcher, wordsOf(stage, one))
  stage.state.onUpload = null
  const reader = new ActReader([stage.root], start)
  const acts = calls.flatMap(call => reader.read(call) ?? [])
  assertWhole(stage, start, acts)
  return { begin, start, acts, uploads: uploads() }
}

/** The answer tells what was seen until then. */
function watchUploads(stage: Stage): () => readonly SeenUpload[] {
  const receivedAt = new Map<LoggedRequest, number>()
  const storedAt = new Map<LoggedRequest, number>()
  stage.state.onUpload = (moment, log) => {
    const at = (performance.timeOrigin + performance.now()) / 1000
    const moments = moment === 'received' ? receivedAt : storedAt
    moments.set(log, at)
    return Promise.resolve('go')
  }
  return () =>
    [...receivedAt].map(([log, at]) => ({
      // Which bytes they were is known only once they were acted on.
      ...{ sha256: log.fileSha256 ?? '', receivedAt: at },
      storedAt: storedAt.get(log) ?? null,
    }))
}

/** What was written down must lead to what lies there, byte for byte. */
function assertWhole(stage: Stage, start: Tree, acts: readonly Act[]): void {
  const model = new DiskModel(stage.root, start)
  for (const act of acts) model.apply(act)
  const told = model.everything()
  const found = readTree(stage.ours)
  const files = new Map([...found.files].filter(([path]) => !path.endsWith('-shm')))
  const known = { folders: told.folders.filter(path => path !== stage.root), files: told.files }
  if (hashOfTree(known) === hashOfTree({ ...found, files })) return
  const names = [...new Set([...known.files.keys(), ...files.keys()])]
  const differing = names.filter(path => {
    const [one, other] = [known.files.get(path), files.get(path)]
    return one === undefined || other === undefined || Buffer.compare(one, other) !== 0
  })
  throw new Error(`the calls do not tell all of it: ${differing.join(', ') || 'folders'}`)
}
