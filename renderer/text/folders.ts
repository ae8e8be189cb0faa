import type { TrainerFormat } from '../../shared/settings.ts'
import { count } from '../format/units.ts'

const rides = (number: number): string => (number === 1 ? '1 ride' : `${count(number)} rides`)
const atLeast = (number: number, isPartial: boolean): string =>
  isPartial && number > 0 ? `at least ${rides(number)}` : rides(number)
const workouts = (number: number): string => (number === 1 ? '1 workout' : `${count(number)} workouts`)
const days = (number: number): string =>
  number === 0 ? 'no days' : number === 1 ? 'today only' : `${number} days`

/** The words of Folders and trainers, and of the guide's steps about them. */
export const foldersText = {
  title: 'Folders and trainers',
  detail: 'Where rides come from, and where workouts go. Musette only ever reads the folders of rides.',
  sources: 'Rides come from',
  trainers: 'Workouts go to',
  addSource: 'Add a folder',
  addTrainer: 'Add a trainer',
  noSources: 'No folder yet',
  noSourcesText:
    'Add the folder your trainer or device writes its rides to. Musette sends each new ride once it is whole.',
  noTrainers: 'No trainer yet',
  noTrainersText:
    'Add the folder your trainer reads workouts from, and your planned workouts are there when you start it.',
  health: {
    watching: 'watching',
    missing: 'not there',
    unreadable: "can't be read",
    empty: 'empty',
    paused: 'paused',
  },
  written: 'in use',
  cantWrite: "can't be written",
  mend: {
    missing: 'Nothing was changed. Plug it in or mount it, and Musette goes on by itself.',
    unreadable:
      'Musette is not allowed to read it. Nothing is lost: allow it, and it is read again by itself.',
    empty: 'There is nothing in it yet. The first ride is seen at once.',
    trainerMissing: 'Workouts wait for it. Plug it in or mount it, and they are written then.',
    trainerUnreadable: 'Musette is not allowed to write there. Allow it, and the workouts are written.',
  },
  privacy: 'Open privacy settings',
  lookNow: 'Look again',
  lookedNow: 'Musette is looking now.',
  pause: 'Pause',
  resume: 'Resume',
  remove: 'Remove',
  rename: 'Rename',
  show: 'Show',
  edit: 'Change days and sports',
  save: 'Save',
  cancel: 'Cancel',
  more: (name: string) => `More for ${name}`,
  of: (deed: string, name: string) => `${deed} ${name}`,
  files: (number: number) => (number === 1 ? '1 file' : `${count(number)} files`),
  others: (number: number) => (number === 1 ? '1 other file' : `${count(number)} other files`),
  newest: (when: string) => `newest ride ${when}`,
  neverRide: 'no ride yet',
  waiting: (number: number) => `${count(number)} waiting`,
  sent: (number: number) => `${count(number)} on Intervals.icu`,
  need: (number: number) => (number === 1 ? '1 needs you' : `${count(number)} need you`),
  needOf: (words: string, name: string) => `${words}: show the files of ${name}`,
  workouts: (number: number) => `${workouts(number)} there`,
  days,
  allSports: 'every sport',
  formats: {
    zwo: 'zwo (Zwift, MyWhoosh and most others)',
    fit: 'fit (Garmin, Wahoo and other devices)',
    erg: 'erg (watts; older trainer software)',
    mrc: 'mrc (percent; older trainer software)',
  } satisfies Readonly<Record<TrainerFormat, string>>,
  formatName: (format: TrainerFormat) => `${format} files`,
  removeSourceTitle: (name: string) => `Remove ${name}?`,
  removeSourceText: (unsent: number) =>
    `Musette stops looking there. The files in it are not touched, and every ride it kept stays in the archive. ${
      unsent === 0
        ? 'Nothing from it is waiting to be sent.'
        : `${unsent === 1 ? '1 file that has' : `${count(unsent)} files that have`} not been sent yet will not be sent.`
    }`,
  removeTrainerTitle: (name: string) => `Remove ${name}?`,
  removeTrainerText: (number: number) =>
    `Musette stops writing there. ${
      number === 0
        ? 'It has no workouts there now.'
        : `The ${workouts(number)} there ${number === 1 ? 'stays' : 'stay'}, and ${number === 1 ? 'is' : 'are'} not kept up to date any more.`
    }`,
  removeSource: 'Remove folder',
  removeTrainer: 'Remove trainer',
  isPaused: 'Paused: nothing is read or sent from it until you resume it.',
  isPausedTrainer: 'Paused: its workouts stay as they are until you resume it.',
  isResumed: 'Resumed. Musette is looking now.',
  isRenamed: (name: string) => `It is called ${name} now.`,
  isChanged: 'Saved. The folder is brought up to date now.',
  isRemoved: (name: string) => `${name} is removed. Nothing in its folder was touched.`,
  isAdded: (names: readonly string[]) =>
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} added. Musette is looking now.`,
  found: 'Folders to choose from',
  looking: 'Looking for folders of trainers and devices…',
  lookingLong:
    'Still looking: a drive is slow to answer. You can go on meanwhile, or choose a folder yourself.',
  foundNothing: {
    source: 'No folder of a known trainer or device was found here. Choose yours below.',
    trainer: 'No folder of a known trainer was found here. Choose yours below.',
  },
  lookAgain: 'Look again',
  notSure: 'maybe',
  notSureWhy: 'Nothing in it proves yet that it is the right folder.',
  added: 'added',
  browse: 'Choose another folder',
  pathLabel: 'Folder',
  pathHint: 'The whole path, as the computer with Musette knows it.',
  usePath: 'Use it',
  twice: (name: string) => `${name} is in the list already.`,
  ridesFound: (number: number, newest: string | null, isPartial = false) => {
    if (number === 0) return isPartial ? 'too many files to count at once' : 'no rides yet'
    return newest === null ? atLeast(number, isPartial) : `${atLeast(number, isPartial)}, newest ${newest}`
  },
  lookingAt: 'Counting rides…',
  countingLong: 'A big folder takes a while to count. You can go on meanwhile.',
  cantAdd: 'Not chosen',
  chosen: (number: number) => (number === 1 ? '1 folder is chosen.' : `${count(number)} folders are chosen.`),
  howFar: 'How many of the rides that are there now go up? New ones always do.',
  newOnly: 'Only new rides',
  lastDays: (number: number) => (number === 365 ? 'The last year' : `The last ${number} days`),
  everything: 'Everything there',
  means: (number: number | null, isPartial: boolean, isCounting: boolean) => {
    if (number === null) return isCounting ? 'counting…' : 'not counted'
    return number === 0 ? 'nothing goes up now' : atLeast(number, isPartial)
  },
  share: (number: number | null, isPartial: boolean, isCounting: boolean) => {
    if (number === null) return isCounting ? 'counting…' : 'not counted'
    return number === 0
      ? 'none go up now'
      : `${atLeast(number, isPartial)} ${number === 1 ? 'goes' : 'go'} up`
  },
  chosenFolders: 'Chosen folders',
  addingOne: (place: number, of: number) => `Adding folder ${place} of ${of}…`,
  name: 'Name',
  nameOf: (name: string) => `Name of ${name}`,
  format: 'Format',
  formatOf: (name: string) => `Format for ${name}`,
  daysLabel: 'Days ahead',
  daysOf: (name: string) => `Days ahead for ${name}`,
  daysOption: (number: number) =>
    number === 0 ? 'none' : number === 1 ? 'today only' : `${number} days, with today`,
  sports: 'Sports',
  sportsExample: 'Ride, VirtualRide',
  sportsHint: 'Only these, with commas between; leave it empty for every sport.',
  add: 'Add',
  close: 'Close',
} as const
