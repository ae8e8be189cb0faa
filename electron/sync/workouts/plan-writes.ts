import type { WorkoutFormat } from '../ports/intervals-service.ts'
import { deviceFiles, maxDeviceFiles } from './device-room.ts'
import { isGone, withStatus, type RowWithStatus } from './ownership.ts'
import type { FolderSnapshot, LeaveReason, PlanAction, PlanInput, WantedWorkout } from './plan-types.ts'
import { sortEvents } from './sort-events.ts'
import { workoutFileName } from './workout-names.ts'

/**
 * What to do in one trainer's folder. Pure. Only files of the manifest that are still ours are ever replaced or
 * removed; names are compared without case, as most of these file systems do.
 */
export function planWrites(input: PlanInput): readonly PlanAction[] {
  const rows = withStatus(input.manifest, input.folder)
  const sorted = sortEvents(input)
  const wantedIds = new Set(sorted.wanted.map(event => event.eventId))
  const actions: PlanAction[] = rows
    .filter(row => !wantedIds.has(row.eventId))
    .map(row => leave(row, rows, sorted.whyNot(row), input))
  const skips = sorted.skips.map(({ event, reason }): PlanAction => ({ kind: 'skip', event, reason }))

  const taken = new Set(input.folder.files.map(file => file.name.toLowerCase()))
  const device = deviceFiles(input, rows, actions)
  for (const event of sorted.wanted) {
    const own = rows.filter(row => row.eventId === event.eventId)
    const planned = planEvent(event, own, rows, taken, input)
    for (const action of planned) {
      if (action.kind === 'write') {
        if (input.kind === 'inbox' && !device.has(event.eventId) && device.size >= maxDeviceFiles) {
          actions.push({ kind: 'skip', event: shown(event), reason: 'device-full' })
          continue
        }
        device.add(event.eventId)
        taken.add(action.fileName.toLowerCase())
      }
      actions.push(action)
    }
  }
  return [...actions, ...skips]
}

function planEvent(
  event: WantedWorkout,
  own: readonly RowWithStatus[],
  rows: readonly RowWithStatus[],
  taken: ReadonlySet<string>,
  input: PlanInput,
): readonly PlanAction[] {
  const wantedName = workoutFileName({ ...event, id: event.eventId }, input.format)
  const current = own
    .filter(row => row.version === event.version && row.wantedName === wantedName)
    .sort((a, b) => Number(b.status === 'ours') - Number(a.status === 'ours'))[0]
  const older = own.filter(row => row !== current)
  if (current !== undefined) {
    const kept = keepCurrent(current, event, input, rows)
    if (kept !== null) return [kept, ...older.map(superseded)]
  }

  const delivered = input.kind === 'inbox' && own.find(row => row.version === event.version && isGone(row))
  // The device has these very bytes: another date in the file's name is no reason to hand them over again.
  if (delivered) {
    const rest = own.filter(row => row !== delivered).map(superseded)
    return [{ kind: 'keep', file: delivered, state: 'delivered', event, reason: 'delivered' }, ...rest]
  }
  if (isForeignThere(event, rows, input)) {
    return [{ kind: 'skip', event: shown(event), reason: 'same-file-there' }, ...own.map(superseded)]
  }

  const ours = own.filter(row => row.status === 'ours')
  const inPlace = ours.find(row => row.wantedName === wantedName)
  const remove = ours.filter(row => row !== inPlace)
  const forget = own.filter(row => row.status !== 'ours')
  if (inPlace !== undefined) {
    return [{ kind: 'replace', event, file: inPlace, reason: 'event-changed', remove, forget }]
  }
  const fileName = freeName(event, taken, input.format)
  const isSameVersion = own.some(row => row.version === event.version)
  const changed = isSameVersion ? 'event-moved' : 'event-changed'
  const again = current === undefined ? changed : 'folder-replaced'
  const reason = own.length === 0 ? 'new' : again
  return [{ kind: 'write', event, fileName, wantedName, reason, remove, forget }]
}

/** Null when the file has to be written again. */
function keepCurrent(
  row: RowWithStatus,
  event: WantedWorkout,
  input: PlanInput,
  rows: readonly RowWithStatus[],
): PlanAction | null {
  switch (row.status) {
    case 'ours':
      return { kind: 'keep', file: row, state: 'written', event, reason: 'there' }
    case 'changed':
      return { kind: 'keep', file: row, state: 'userChanged', event, reason: 'user-changed' }
    case 'gone':
      if (input.kind === 'inbox') {
        return { kind: 'keep', file: row, state: 'delivered', event, reason: 'delivered' }
      }
      if (isOtherFolder(row, rows, input.folder)) return null
      return { kind: 'keep', file: row, state: 'userDeleted', event, reason: 'user-deleted' }
  }
}

/** What becomes of a file whose event should have none. */
function leave(
  row: RowWithStatus,
  rows: readonly RowWithStatus[],
  reason: LeaveReason,
  input: PlanInput,
): PlanAction {
  if (row.status === 'ours') return { kind: 'remove', file: row, reason }
  // Kept until its day is over: the event may come back, and then this still says what the user or device did.
  if (row.eventDate < input.today) return { kind: 'forget', file: row, reason: 'past' }
  if (input.kind === 'library' && isOtherFolder(row, rows, input.folder)) {
    return { kind: 'forget', file: row, reason: 'folder-replaced' }
  }
  if (row.status === 'changed') {
    return { kind: 'keep', file: row, state: 'userChanged', event: null, reason: 'user-changed' }
  }
  return input.kind === 'inbox'
    ? { kind: 'keep', file: row, state: 'delivered', event: null, reason: 'delivered' }
    : { kind: 'keep', file: row, state: 'userDeleted', event: null, reason: 'user-deleted' }
}

function superseded(row: RowWithStatus): PlanAction {
  return row.status === 'ours'
    ? { kind: 'remove', file: row, reason: 'superseded' }
    : { kind: 'forget', file: row, reason: 'superseded' }
}

/**
 * Was the folder itself replaced (a reinstalled trainer, an empty mount point)? Then a missing file says nothing
 * about what the user wants. A folder that still holds another of our files is the same one, whatever its identity:
 * memory cards get a new one with each mount.
 */
function isOtherFolder(row: RowWithStatus, rows: readonly RowWithStatus[], folder: FolderSnapshot): boolean {
  return row.state === 'written' && row.folderIdentity !== folder.identity && rows.every(isGone)
}

function isForeignThere(event: WantedWorkout, rows: readonly RowWithStatus[], input: PlanInput): boolean {
  const ownNames = new Set(rows.filter(row => row.status === 'ours').map(row => row.fileName.toLowerCase()))
  return input.folder.files.some(
    file =>
      file.kind === 'file' &&
      file.sha256 === event.sha256 &&
      file.name.toLowerCase().endsWith(`.${input.format}`) &&
      !ownNames.has(file.name.toLowerCase()),
  )
}

function freeName(event: WantedWorkout, taken: ReadonlySet<string>, format: WorkoutFormat): string {
  for (let twin = 1; ; twin += 1) {
    const name = workoutFileName({ ...event, id: event.eventId }, format, twin)
    if (!taken.has(name.toLowerCase())) return name
  }
}

function shown(event: WantedWorkout): { readonly id: string; readonly date: string; readonly name: string } {
  return { id: event.eventId, date: event.date, name: event.name }
}
