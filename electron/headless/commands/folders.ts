import { resolve } from 'node:path'
import { oneLine } from '../../../shared/plain-words.ts'
import { nodeDisk } from '../../adapters/node-disk.ts'
import { systemClock } from '../../adapters/system-clock.ts'
import { parseBackfill } from '../../sync/activities/backfill.ts'
import type { Command } from '../command-line.ts'
import type { Context } from '../context.ts'
import { readStatus } from '../../host/read-home.ts'
import { withEngine } from '../with-engine.ts'

type Of<K extends Command['kind']> = Extract<Command, { kind: K }>

/** Adds a source and prints its id alone. */
export async function sourceAdd(context: Context, command: Of<'sourceAdd'>): Promise<number> {
  const clock = systemClock()
  const backfill = parseBackfill(command.backfill, clock.now(), clock.timeZone())
  const folder = resolve(context.workingFolder, command.folder)
  const source = await withEngine(context, ask => ask('addSource', { folder, backfill, name: command.name }))
  context.io.out(source.id)
  return 0
}

/** Adds a trainer folder and prints its id alone. */
export async function trainerAdd(context: Context, command: Of<'trainerAdd'>): Promise<number> {
  const { format, days, sports, name } = command
  const folder = resolve(context.workingFolder, command.folder)
  const trainer = await withEngine(context, ask => ask('addTrainer', { folder, format, days, sports, name }))
  context.io.out(trainer.id)
  return 0
}

export async function sourceList(context: Context, json: boolean): Promise<number> {
  const { sources } = await readStatus(context.environment.home, nodeDisk())
  if (json) context.io.out(JSON.stringify(sources, null, 2))
  for (const source of json ? [] : sources) {
    const state = source.isPaused ? 'paused' : source.health
    context.io.out(
      oneLine(
        `${source.id}  ${source.name}  ${source.folder}  ${state}, ${source.files} files, backfill ${source.backfill}`,
      ),
    )
  }
  return 0
}

export async function trainerList(context: Context, json: boolean): Promise<number> {
  const { trainers } = await readStatus(context.environment.home, nodeDisk())
  if (json) context.io.out(JSON.stringify(trainers, null, 2))
  for (const trainer of json ? [] : trainers) {
    const sports = trainer.sports === null ? 'all sports' : trainer.sports.join(',')
    context.io.out(
      oneLine(
        `${trainer.id}  ${trainer.name}  ${trainer.folder}  ${trainer.format}, ${trainer.days} days, ${sports}, ${trainer.health}`,
      ),
    )
  }
  return 0
}

/** Removes, pauses or resumes; nothing in the folder is touched. */
export async function changeFolder(
  context: Context,
  command: Of<'sourceRemove' | 'sourcePause' | 'sourceResume' | 'trainerRemove'>,
): Promise<number> {
  const { id } = command
  await withEngine(context, ask => {
    switch (command.kind) {
      case 'sourceRemove':
        return ask('removeSource', { id })
      case 'trainerRemove':
        return ask('removeTrainer', { id })
      case 'sourcePause':
      case 'sourceResume':
        return ask('pauseSource', { id, isPaused: command.kind === 'sourcePause' })
    }
  })
  return 0
}
