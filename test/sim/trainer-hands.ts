import { workoutFileName } from '../../electron/sync/workouts/workout-names.ts'
import { addDays, dateThere } from '../../electron/sync/local-date.ts'
import type { Computer } from './computer.ts'
import type { SimRandom } from './random.ts'
import { trainerFolder } from './trainer-book.ts'

/** What people and other programs do in a trainer folder. */
export const handActs = [
  /** A file of somebody's own. */
  'foreign file',
  /** One at exactly a name that Musette would use. */
  'wanted name',
  /** The service's own bytes, brought by hand under another name. */
  'same bytes',
  'edit',
  'edit all',
  'delete',
  'delete all',
  /** Zwift saves what it accepts its own way. */
  'rewrite',
] as const

export type HandAct = (typeof handActs)[number]

const encoder = new TextEncoder()

/** Does it now. What cannot be done (there is no file to edit) is not done. */
export function playHand(computer: Computer, act: HandAct, random: SimRandom): void {
  const { trainer, disk } = computer
  if (disk.absences.has(trainerFolder)) return
  const ours = trainer.ours.map(path => path.slice(trainerFolder.length + 1))
  const one = ours.length === 0 ? [] : [random.pick(ours)]
  const foreign = encoder.encode(`<workout_file><author>me ${random.int(0, 1e9)}</author></workout_file>`)
  switch (act) {
    case 'foreign file':
      trainer.put(`My own ${random.int(1, 3)}.zwo`, foreign)
      return
    case 'wanted name': {
      const names = wantedNames(computer).filter(name => disk.file(`${trainerFolder}/${name}`) === null)
      if (names.length > 0) trainer.put(random.pick(names), foreign)
      return
    }
    case 'same bytes': {
      const [name] = one
      const file = name === undefined ? null : disk.file(`${trainerFolder}/${name}`)
      if (file !== null) trainer.put(`Copy ${random.int(1, 3)}.zwo`, Uint8Array.from(file.bytes))
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
    case 'rewrite':
      for (const name of one) {
        const text = new TextDecoder().decode(disk.file(`${trainerFolder}/${name}`)?.bytes)
        trainer.rewrite(name, encoder.encode(`${text.replaceAll(/\r?\n/g, '\r\n')}\r\n`))
      }
  }
}

/** Names of the events of this week and the day after it, which is wanted tomorrow. */
function wantedNames(computer: Computer): readonly string[] {
  const { service, wallClock, plan } = computer
  const today = dateThere(wallClock.nowMs, plan.service.timeZone, 'UTC')
  return service.calendar
    .between(today, addDays(today, 7), wallClock.trueMs)
    .filter(event => event.steps !== null)
    .map(event => workoutFileName({ ...event, id: String(event.id) }, 'zwo'))
}
