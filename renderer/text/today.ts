import type { FileAction } from '../../shared/app-snapshot.ts'
import type { PauseChoice } from '../../shared/preferences.ts'
import { count } from '../format/units.ts'

/** The words of the Today page. */
export const todayText = {
  sync: 'Sync now',
  looked: 'Looked for new rides.',
  pause: 'Pause',
  resume: 'Resume',
  pauses: {
    hour: 'For 1 hour',
    tomorrow: 'Until tomorrow',
    untilResumed: 'Until I resume',
  } satisfies Readonly<Record<PauseChoice, string>>,

  goingUp: 'Going up',
  ridesGoUp: 'Rides are going up',
  goesUp: (source: string, name: string) => `${source} · ${name}`,
  batch: (done: number, total: number) => `${count(done)} of ${count(total)}`,
  batchSpoken: (done: number, total: number) => `${count(done)} of ${count(total)} rides are up`,

  needFrom: (source: string) => `from ${source}`,
  look: 'Look',
  lookAt: (name: string) => `Look at ${name}`,
  actions: {
    retry: 'Try again',
    ignore: 'Ignore',
    uploadAnyway: 'Upload anyway',
  } satisfies Readonly<Record<FileAction, string>>,
  actOn: (action: string, name: string) => `${action}: ${name}`,
  outcomes: {
    retry: (name: string) => `“${name}” is tried again.`,
    ignore: (name: string) => `“${name}” is ignored from now on. Activities brings it back.`,
    uploadAnyway: (name: string) => `“${name}” goes up next.`,
  } satisfies Readonly<Record<FileAction, (name: string) => string>>,
  nothingDone: (name: string) => `There was nothing left to do for “${name}”.`,
  more: (files: number) => `And ${count(files)} more`,

  notConnected: 'Musette is not connected to Intervals.icu yet.',
  notConnectedDetail: 'It needs your key once. Rides found until then are kept and go up afterwards.',
  locked: 'Your key lies in a locked keychain.',
  keyNeeded: 'Your key is needed again.',
  keptMeanwhile: 'Rides are found and kept meanwhile, and go up afterwards.',
  connect: 'Connect',
  signIn: 'Sign in',
  unlock: 'Unlock',
  isUnlocked: 'The keychain is open again.',
  openFolders: 'Open Folders',
  privacy: 'Privacy settings',
  help: 'Look in Help',

  workouts: 'Next workouts',
  all: 'All',
  allWorkouts: 'All workouts',
  allRides: 'All activities',
  load: (load: number) => `load ${count(load)}`,
  noWorkouts: 'No workouts planned',
  noWorkoutsText: 'What you plan on Intervals.icu for the coming days shows up here.',
  unknownWorkouts: 'No workouts yet',
  unknownWorkoutsText: 'Once Musette is connected, the workouts you planned show up here.',
  noTrainer: 'Get them into Zwift or onto a bike computer:',
  addTrainer: 'Add a trainer folder',

  rides: 'Last rides',
  noRides: 'No rides yet',
  noRidesText: 'Musette is watching. A ride appears here moments after it is saved.',
  onService: 'on Intervals.icu',
  openOnService: (name: string) => `Open ${name} on Intervals.icu`,
  dateUnknown: 'date unknown',

  noFolders: 'Where do your rides land?',
  noFoldersText:
    'Add the folder of Zwift, a bike computer or anything else that saves rides. Musette looks through it by itself from then on.',
  addFolder: 'Add a folder',
} as const

/** Where an activity is on the service. */
export function activityUrl(activityId: string): string {
  return `https://intervals.icu/activities/${encodeURIComponent(activityId)}`
}
