import { AppError } from '../../../shared/app-error.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import type { Log } from '../ports/log.ts'
import type { PlanAction, PlanInput } from './plan-types.ts'
import { planWrites } from './plan-writes.ts'
import {
  recoverFolder,
  removeWorkout,
  writeWorkout,
  type FileDeps,
  type TrainerFolder,
} from './workout-files.ts'
import { knownRoot } from './known-root.ts'
import { readTrainerFolder } from './workout-folder.ts'
import { forgetFile, loadManifest, recordSeen, recordSkips, type SkippedEvent } from './workout-manifest.ts'
import { workoutFileName } from './workout-names.ts'

export interface TrainerPass extends Pick<PlanInput, 'kind' | 'format' | 'today' | 'range' | 'sports'> {
  readonly trainerId: string
  readonly folder: string
  /** Null when the calendar could not be read: then nothing is planned, and what is there stays. */
  readonly events: PlanInput['events'] | null
  readonly signal: AbortSignal | undefined
}

export interface TrainerOutcome {
  readonly written: number
  readonly removed: number
  readonly unchanged: number
  readonly skipped: readonly SkippedEvent[]
  readonly errors: readonly AppError[]
}

interface SyncTrainerDeps extends FileDeps {
  readonly log?: Log | undefined
}

/** One pass over one trainer's folder: recovery, a look, a plan, its actions. Trouble with the disk is in `errors`. */
export async function syncTrainer(deps: SyncTrainerDeps, pass: TrainerPass): Promise<TrainerOutcome> {
  const errors: AppError[] = []
  const none = { written: 0, removed: 0, unchanged: 0, skipped: [], errors }
  try {
    const target: TrainerFolder = {
      trainerId: pass.trainerId,
      folder: pass.folder,
      folderIdentity: await knownRoot(deps, pass),
      keepContent: pass.kind === 'library' && pass.format === 'zwo',
    }
    await recoverFolder(deps, target)
    if (pass.events === null) return none
    const plan = await planFolder(deps, pass, target, pass.events)
    return await act(deps, pass, target, plan)
  } catch (error) {
    errors.push(diskTrouble(error, deps.log))
    return none
  }
}

async function planFolder(
  deps: SyncTrainerDeps,
  pass: TrainerPass,
  target: TrainerFolder,
  events: PlanInput['events'],
): Promise<readonly PlanAction[]> {
  const manifest = loadManifest(deps.db, pass.trainerId).files
  const folder = await readTrainerFolder(deps.disk, pass.folder, {
    ownNames: manifest.map(file => file.fileName),
    wantedSizes: events.flatMap(event => (event.file === null ? [] : [event.file.content.length])),
    format: pass.format,
    parses: target.keepContent,
  })
  return planWrites({ ...pass, events, manifest, folder })
}

async function act(
  deps: SyncTrainerDeps,
  pass: TrainerPass,
  target: TrainerFolder,
  plan: readonly PlanAction[],
): Promise<TrainerOutcome> {
  const errors: AppError[] = []
  const skipped: SkippedEvent[] = []
  let [written, removed, unchanged, mayWrite] = [0, 0, 0, true]
  for (const action of plan) {
    if (pass.signal?.aborted === true) break
    try {
      switch (action.kind) {
        case 'write':
        case 'replace':
          if (!mayWrite) break
          await writeWorkout(deps, target, action)
          written += 1
          for (const old of action.remove) if (await removeWorkout(deps, target, old)) removed += 1
          break
        case 'remove':
          if (await removeWorkout(deps, target, action.file)) removed += 1
          break
        case 'forget':
          forgetFile(deps.db, action.file.id)
          break
        case 'keep':
          noteSeen(deps, pass, target, action)
          if (action.event === null) break
          if (action.reason === 'there' || action.reason === 'delivered') unchanged += 1
          else skipped.push(skipOf(pass, { ...action.event, id: action.event.eventId }, action.reason))
          break
        case 'skip':
          skipped.push(skipOf(pass, action.event, action.reason))
          if (action.reason === 'same-file-there') unchanged += 1
          break
        default:
          assertNever(action)
      }
    } catch (error) {
      const trouble = diskTrouble(error, deps.log)
      errors.push(trouble)
      // Told once: every further file would say the same.
      if (trouble.code === 'missing') break
      if (trouble.code === 'disk-full' || trouble.code === 'unreadable') mayWrite = false
    }
  }
  // A pass that was stopped has not looked at everything.
  if (pass.signal?.aborted === true) return { written, removed, unchanged, skipped, errors }
  // What the user did to a file is in that file's own row.
  const stored = skipped.filter(skip => !skip.reasonCode.startsWith('user-'))
  recordSkips(deps.db, pass.trainerId, stored)
  return { written, removed, unchanged, skipped, errors }
}

function noteSeen(
  deps: SyncTrainerDeps,
  pass: TrainerPass,
  target: TrainerFolder,
  action: Extract<PlanAction, { kind: 'keep' }>,
): void {
  const { file, event, state } = action
  const seen = {
    state,
    eventDate: event?.date ?? file.eventDate,
    eventName: event?.name ?? file.eventName,
    wantedName:
      event === null ? file.wantedName : workoutFileName({ ...event, id: event.eventId }, pass.format),
    folder: target.folder,
    folderIdentity: target.folderIdentity,
  }
  const isSame =
    file.state === seen.state &&
    file.eventDate === seen.eventDate &&
    file.eventName === seen.eventName &&
    file.wantedName === seen.wantedName &&
    file.folderIdentity === seen.folderIdentity
  if (!isSame) deps.db.transaction('normal', () => recordSeen(deps.db, file, seen))
}

function skipOf(
  pass: TrainerPass,
  event: { readonly id: string; readonly date: string; readonly name: string },
  reasonCode: SkippedEvent['reasonCode'],
): SkippedEvent {
  return { trainerId: pass.trainerId, eventId: event.id, date: event.date, name: event.name, reasonCode }
}

/** Anything but expected trouble of the disk is not for the report. */
function diskTrouble(error: unknown, log: Log | undefined): AppError {
  if (!(error instanceof AppError) || error.code.startsWith('ledger-')) throw error
  log?.('warn', 'workouts: trouble in a trainer folder', { code: error.code, file: error.file })
  return error
}
