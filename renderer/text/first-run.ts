import { count } from '../format/units.ts'

const folders = (number: number): string => (number === 1 ? '1 folder' : `${count(number)} folders`)

/** The words of the guide at the first start. */
export const firstRunText = {
  title: 'Welcome to Musette',
  detail:
    'Your rides go up to Intervals.icu, your planned workouts come down to your trainer. Two minutes, and it runs by itself.',
  steps: {
    connect: 'Connect',
    folders: 'Folders',
    backfill: 'How far back',
    trainers: 'Trainer',
    startup: 'Start',
  },
  stepsLabel: 'Steps',
  stepOf: (place: number, of: number) => `Step ${place} of ${of}`,
  stepDone: 'done',
  next: 'Continue',
  back: 'Back',
  skip: 'Skip for now',
  skipAll: 'Skip the guide',
  skipAllAdding: 'Add what is chosen and finish',
  finish: 'Start syncing',
  later: 'Everything here can be changed later.',

  connectTitle: 'Connect to Intervals.icu',
  connectText: 'Musette signs in with your API key. It stays in the keychain of this computer.',
  keyLabel: 'API key',
  keyWhere: 'Where to find it: on Intervals.icu under Settings, at the bottom, “Developer settings”.',
  keyLink: 'Open Intervals.icu settings',
  connect: 'Connect',
  connecting: 'Asking Intervals.icu…',
  connected: (name: string, id: string) => `Connected as ${name} (${id}).`,
  keptInMemory:
    'This computer has no keychain, so the key is kept only until Musette ends. It is never written to a file.',
  otherSenders: (names: string) =>
    `Intervals.icu also gets rides from ${names}. The same ride from two sources can appear twice: leave it out in one of them, or choose in Settings what Musette does then.`,
  fromEnvironment: 'The key comes from the environment that Musette was started with.',
  locked: 'Your key lies in a locked keychain. Unlock it, or paste a key.',
  unlock: 'Unlock the keychain',

  foldersTitle: 'Where are your rides?',
  foldersText: 'Tick what you use. Musette only reads these folders; nothing in them is changed.',

  backfillTitle: 'How far back?',
  noFolder: 'You have not chosen a folder, so there is nothing to decide here.',
  haveFolders: (number: number) =>
    number === 1
      ? 'One folder is added already. There is nothing more to decide here.'
      : `${count(number)} folders are added already. There is nothing more to decide here.`,
  addFolders: 'Add and continue',

  trainersTitle: 'Where do your workouts go?',
  trainersText:
    'Your planned workouts are written into this folder, and kept up to date. Files you put there yourself are left alone.',
  addTrainers: 'Add and continue',

  startupTitle: 'Ready',
  notConnected: 'Not connected yet. Rides are kept safe and go up once you connect.',
  noFolders: 'No folder yet: nothing goes up until you add one.',
  foldersOf: (names: readonly string[]) => `${folders(names.length)}: ${names.join(', ')}.`,
  foldersWith: (names: readonly string[], rides: string) =>
    `${folders(names.length)}: ${names.join(', ')}. ${rides}`,
  foldersToAdd: (names: readonly string[], rides: string) =>
    `${folders(names.length)} chosen and added when you finish: ${names.join(', ')}. ${rides}`,
  rides: {
    none: 'New rides only.',
    all: 'Every ride there, and all new ones.',
    days: (days: number) =>
      days === 365
        ? 'Rides of the last year, and all new ones.'
        : `Rides of the last ${days} days, and all new ones.`,
  },
  noTrainers: 'No trainer yet: workouts stay on Intervals.icu until you add one.',
  trainersOf: (names: readonly string[]) => `Workouts go to ${names.join(', ')}.`,
  trainerWith: (name: string, days: number) =>
    `${name}: workouts for ${days === 1 ? 'today' : `${days} days`}.`,
  trainerToAdd: (name: string, days: number) =>
    `${name}, added when you finish: workouts for ${days === 1 ? 'today' : `${days} days`}.`,
  startupText: 'Musette lives in the tray and works whenever the computer is on.',
  startupHeadless: 'Musette works as long as “musette run” runs on its computer.',
  startAtLogin: 'Start Musette when I log in',
  startupBroken: (why: string) => `Musette can't start at login. ${why}`,
  startupFailed: (why: string) =>
    `Musette could not be set to start at login. ${why} You can finish all the same.`,
  notifications: 'It tells you when a ride needs you, and otherwise keeps quiet. Settings has more and less.',
  notAllAdded:
    'Not everything that was chosen could be added. Look at what it says below, or finish without it.',
} as const
