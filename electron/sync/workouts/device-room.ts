import { isGone, type RowWithStatus } from './ownership.ts'
import type { PlanAction, PlanInput } from './plan-types.ts'

/** Seen on a Garmin watch: it keeps 25 workouts and silently deletes the rest. */
export const maxDeviceFiles = 25

/**
 * What fills the device, one entry an event or foreign file: the files in the inbox that will stay, and what the
 * device took out of it for days still to come.
 */
export function deviceFiles(
  input: PlanInput,
  rows: readonly RowWithStatus[],
  leaving: readonly PlanAction[],
): Set<string> {
  const removed = new Set(leaving.flatMap(action => (action.kind === 'remove' ? [action.file.id] : [])))
  const staying = rows.filter(row => !removed.has(row.id))
  const ownNames = new Set(rows.map(row => row.fileName.toLowerCase()))
  const foreign = input.folder.files
    .filter(file => file.kind === 'file' && !file.name.startsWith('.'))
    .map(file => file.name.toLowerCase())
    .filter(name => name.endsWith(`.${input.format}`) && !ownNames.has(name))
  return new Set([
    ...foreign.map(name => `file ${name}`),
    ...staying.filter(row => !isGone(row) || row.eventDate >= input.today).map(row => row.eventId),
  ])
}
