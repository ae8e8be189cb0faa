import type { WorkoutPlace } from '../../shared/app-snapshot.ts'
import { count } from '../format/units.ts'

/** The words of workouts, wherever they are shown. */
export const workoutsText = {
  title: 'Workouts',
  loading: 'Reading the calendar…',
  upTo: (when: string) => `The calendar was read ${when}.`,
  neverRead: 'The calendar has not been read yet.',
  lastGood: (message: string, when: string | null) =>
    when === null
      ? `${message} There is no earlier copy to show.`
      : `${message} Shown is the calendar as it was read ${when}.`,
  days: 'Coming days',
  dayCount: (workouts: number) => (workouts === 1 ? '1 workout' : `${count(workouts)} workouts`),
  quietDay: 'no workout',
  today: 'today',
  none: 'Nothing planned in the coming days',
  noneText: 'Plan a workout on Intervals.icu and it shows up here, and in your trainer’s folder.',
  noTrainer: 'No trainer folder yet',
  noTrainerText:
    'Choose where Zwift, MyWhoosh or a bike computer looks for workouts, and Musette keeps the planned ones there.',
  addTrainer: 'Add a trainer folder',
  load: (load: number) => `load ${count(load)}`,
  inFolders: 'Where its file is',
  noSteps: 'no file: it has no steps',
  /** In a chip, with the folder's name. */
  place: {
    written: (trainer: string) => `in ${trainer}`,
    delivered: (trainer: string) => `handed to ${trainer}`,
    userDeleted: (trainer: string) => `you deleted it from ${trainer}`,
    userChanged: (trainer: string) => `you changed it in ${trainer}`,
    skipped: (trainer: string) => `not for ${trainer}`,
    pending: (trainer: string) => `soon in ${trainer}`,
  } satisfies Readonly<Record<WorkoutPlace['state'], (trainer: string) => string>>,
  /** In a row of its own, beside the folder's name. */
  state: {
    written: 'there',
    delivered: 'handed over',
    userDeleted: 'deleted by you',
    userChanged: 'changed by you',
    skipped: 'left out',
    pending: 'comes with the next sync',
  } satisfies Readonly<Record<WorkoutPlace['state'], string>>,
} as const
