import { basename, resolve } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import type { Trainer, TrainerFormat } from '../../../shared/settings.ts'
import type { TrainerChange } from '../../../shared/window-data.ts'
import { liesIn } from '../activities/folder-rules.ts'
import type { EngineParts } from '../engine-parts.ts'
import { removeTrainer as forgetManifest } from '../workouts/workout-manifest.ts'
import { realFolder } from './manage-sources.ts'

export interface WantedTrainer {
  readonly folder: string
  readonly format: TrainerFormat
  readonly days: number
  readonly sports: readonly string[] | null
  readonly name: string | null
}

/** Adds a folder that planned workouts are written to. A device's `NewFiles` folder is an inbox, any other a library. */
export async function addTrainer(parts: EngineParts, wanted: WantedTrainer): Promise<Trainer> {
  const folder = resolve(wanted.folder)
  const real = await realFolder(parts, folder)
  const home = (await parts.disk.realPath(parts.folders.home)) ?? parts.folders.home
  const refuse = (why: string): never => {
    throw new AppError('folder-refused', `${folder} can't be a trainer folder: ${why}.`, 'give-up', {
      file: folder,
    })
  }
  if (liesIn(real, home) || liesIn(home, real)) refuse("it overlaps Musette's own home")
  const settings = parts.settings.current()
  for (const trainer of settings.trainers) {
    const other = (await parts.disk.realPath(trainer.folder).catch(() => null)) ?? trainer.folder
    if (other === real && trainer.format === wanted.format) refuse(`it is trainer ${trainer.id} already`)
  }
  const trainer: Trainer = {
    id: `t${settings.nextId}`,
    name: wanted.name ?? basename(folder),
    folder,
    format: wanted.format,
    days: wanted.days,
    sports: wanted.sports,
    kind: basename(real).toLowerCase() === 'newfiles' ? 'inbox' : 'library',
    isPaused: false,
  }
  await parts.settings.update(before => ({
    ...before,
    nextId: before.nextId + 1,
    trainers: [...before.trainers, trainer],
  }))
  return trainer
}

function assertTrainer(parts: EngineParts, id: string): void {
  if (parts.settings.current().trainers.some(trainer => trainer.id === id)) return
  throw new AppError('unknown-item', `There is no trainer ${id}. See: musette trainer list`, 'give-up')
}

/** Changes what is given and leaves the rest; the next pull brings the folder up to date with it. */
export async function changeTrainer(parts: EngineParts, id: string, change: TrainerChange): Promise<void> {
  assertTrainer(parts, id)
  await parts.settings.update(before => ({
    ...before,
    trainers: before.trainers.map(trainer => (trainer.id === id ? { ...trainer, ...change } : trainer)),
  }))
}

/** Forgets a trainer folder. The workouts in it stay: they may be the rider's only copy. */
export async function removeTrainer(parts: EngineParts, id: string): Promise<void> {
  assertTrainer(parts, id)
  await parts.settings.update(before => ({
    ...before,
    trainers: before.trainers.filter(trainer => trainer.id !== id),
  }))
  forgetManifest(parts.ledger.db, id)
}
