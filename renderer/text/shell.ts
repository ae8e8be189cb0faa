import type { PageName } from '../../shared/ipc-contract.ts'
import { count } from '../format/units.ts'

/** The words around every page. */
export const shellText = {
  name: 'Musette',
  pages: {
    today: 'Today',
    activities: 'Activities',
    workouts: 'Workouts',
    folders: 'Folders',
    settings: 'Settings',
    help: 'Help',
  } satisfies Readonly<Record<PageName, string>>,
  title: (page: string) => `${page} · Musette`,
  navigation: 'Pages',
  skip: 'Go to the content',
  needYou: (files: number) => (files === 1 ? '1 needs you' : `${count(files)} need you`),
  loading: 'Opening Musette…',
  lost: 'Musette itself is not answering. What you see is the last it said; it is asked again by itself.',
  unknown:
    'Musette was started anew, and does not know this window. What you see is the last it said; open the address it printed then.',
  unknownTitle: 'Open Musette by its address',
  unknownText:
    'Musette runs, but shows itself only to who has its whole address: the one that “musette run --ui” printed. Each start prints a new one.',
  notOpened: 'Musette could not be opened',
  notAnswering: 'Musette itself is not answering. It is asked again by itself; start it if this stays.',
  syncFailed: (message: string) => `The sync could not begin. ${message}`,
  tryAgain: 'Try again',
  cancel: 'Cancel',
  dismiss: 'Close',
  athlete: (id: string) => `Athlete ${id}`,
  noAccount: 'Not connected',
  noAccountDetail: 'connect in Settings',
  signedOut: 'signed out',
  keyIn: {
    keychain: 'key in the keychain',
    environment: 'key from the environment',
    memory: 'key until Musette ends',
  },
} as const
