import { workoutFileName } from '../../electron/sync/workouts/workout-names.ts'
import { addDays, dateThere } from '../../electron/sync/local-date.ts'
import type { Computer } from './computer.ts'
import type { WorkoutFormat } from '../../electron/sync/ports/intervals-service.ts'
import type { SimRandom } from './random.ts'
import { isTemporary } from './trainer-book.ts'

/** What people do in any trainer folder. */
const anyActs = [
  /** A file of somebody's own. */
  'foreign file',
  /** One at exactly a name that Musette would use. */
  'wanted name',
  /** The service's own bytes, brought by hand under another name. */
  'same bytes',
  'edit',
  'edit all',
  'delete',
] as const

/** What people and other programs do where the files stay. */
export const libraryActs = [
  ...anyActs,
  'delete all',
  /** Zwift saves what it accepts its own way. */
  'rewrite',
  'rewrite all',
] as const

/** What people and devices do in an inbox. */
export const inboxActs = [
  ...anyActs,
  /** A device takes what it finds in its inbox, whoever put it there. */
  'import all',
  'import all',
] as const

export type HandAct = (typeof libraryActs)[number] | (typeof inboxActs)[number]

const encoder = new TextEncoder()

/** Does it now. What cannot be done (there is no file to edit) is not done. */
export function playHand(computer: Computer, act: HandAct, random: SimRandom): void {
  const { trainer, disk, plan, trainerFolder } = computer
  const format = plan.trainer?.format ?? 'zwo'
  if (disk.absences.has(trainerFolder)) return
  const ours = trainer.ours.map(path => path.slice(trainerFolder.length + 1))
  const one = ours.length === 0 ? [] : [random.pick(ours)]
  const foreign = encoder.encode(`<workout_file><author>me ${random.int(0, 1e9)}</author></workout_file>`)
  switch (act) {
    case 'foreign file':
      trainer.put(`My own ${random.int(1, 3)}.${format}`, foreign)
      return
    case 'wanted name': {
      const names = wantedNames(computer, format).filter(
        name => disk.file(`${trainerFolder}/${name}`) === null,
      )
      if (names.length > 0) trainer.put(random.pick(names), foreign)
      return
    }
    case 'same bytes': {
      const [name] = one
      const file = name === undefined ? null : disk.file(`${trainerFolder}/${name}`)
      if (file !== null) trainer.put(`Copy ${random.int(1, 3)}.${format}`, Uint8Array.from(file.bytes))
      return
    }
    case 'edit':
    case 'edit all':
      for (const name of act === 'edit' ? one : ours) trainer.put(name, foreign)
      return
    case 'delete':
    case 'delete all':
      for (const name of act === 'delete' ? one : ours) trainer.remove(name)
      return
    case 'import all':
      for (const path of disk.names.below(trainerFolder)) {
        const name = path.slice(trainerFolder.length + 1)
        if (!isTemporary(name)) trainer.remove(name)
      }
      return
    case 'rewrite':
    case 'rewrite all':
      if (format !== 'zwo') return
      for (const name of act === 'rewrite' ? one : ours) {
        const text = new TextDecoder().decode(disk.file(`${trainerFolder}/${name}`)?.bytes)
        trainer.rewrite(name, encoder.encode(random.chance(0.5) ? otherLines(text) : otherNumbers(text)))
      }
  }
}

function otherLines(text: string): string {
  return `${text.replaceAll(/\r?\n/g, '\r\n')}\r\n`
}

/** Without its declaration, with what a trainer adds, and with numbers that went through its own. */
function otherNumbers(text: string): string {
  return text
    .replace(/^<\?xml[^>]*>\s*/, '')
    .replaceAll(/<SteadyState (?!pace)/g, '<SteadyState pace="0" ')
    .replaceAll(/Duration="(\d+)"/g, 'Duration="$1.000004"')
}

/** Names of the events of this week and the day after it, which is wanted tomorrow. */
function wantedNames(computer: Computer, format: WorkoutFormat): readonly string[] {
  const { service, wallClock, plan } = computer
  const today = dateThere(wallClock.nowMs, plan.service.timeZone, 'UTC')
  return service.calendar
    .between(today, addDays(today, 7), wallClock.trueMs)
    .filter(event => event.steps !== null)
    .map(event => workoutFileName({ ...event, id: String(event.id) }, format))
}
