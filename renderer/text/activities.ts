import type { FileAction } from '../../shared/app-snapshot.ts'
import type { ActionOutcome } from '../../shared/window-data.ts'
import { count } from '../format/units.ts'

const files = (number: number): string => `${count(number)} ${number === 1 ? 'file' : 'files'}`

/** The words of the Activities page. */
export const activitiesText = {
  title: 'Activities',
  detail: 'Every file Musette knows, what became of it, and why.',
  list: 'Files',
  loadingList: 'Reading the list…',
  loadingRow: 'Loading…',
  counting: 'Counting…',
  countAll: files,
  countSome: (some: number, all: number) => `${count(some)} of ${files(all)}`,
  search: 'Search in names and folders',
  filters: 'Filters',
  state: 'State',
  source: 'Folder',
  sport: 'Sport',
  date: 'Date',
  from: 'From',
  to: 'To',
  any: { state: 'Any state', source: 'All folders', sport: 'All sports', date: 'Any time' },
  clear: 'Clear',
  remove: (filter: string) => `Remove filter: ${filter}`,
  active: 'Active filters',
  chips: {
    text: (text: string) => `“${text}”`,
    from: (day: string) => `from ${day}`,
    to: (day: string) => `until ${day}`,
    missingSource: 'a folder that was removed',
  },
  stateGroups: {
    needsYou: 'Needs you',
    underway: 'On its way',
    done: 'On Intervals.icu',
    left: 'Left alone',
  },
  groupLabel: 'Groups',
  oneLabel: 'One state',
  dates: {
    today: 'Today',
    week: 'Last 7 days',
    month: 'Last 30 days',
    year: 'This year',
    range: 'From … to …',
  },
  archivedCopy: 'archived copy',
  inside: (things: number) => `archive of ${count(things)}`,
  empty: {
    title: 'No files yet',
    text: 'As soon as a folder is watched, every ride in it is listed here, with what became of it and why.',
    add: 'Choose folders',
  },
  noMatch: {
    title: 'Nothing matches',
    text: 'No file fits these filters together.',
    clear: 'Clear the filters',
  },
  selection: {
    label: 'What to do with the selected files',
    count: (number: number) => `${count(number)} selected`,
    all: (number: number) => `Select all ${count(number)}${number === 1 ? '' : ' that match'}`,
    none: 'Select none',
    tooMany:
      'More than 10,000 files can only be taken all together. Narrow the filters, or use “Select all that match”.',
  },
  actions: {
    retry: 'Try again',
    ignore: 'Ignore',
    uploadAnyway: 'Upload anyway',
  } satisfies Readonly<Record<FileAction, string>>,
  actionHints: {
    retry: 'Looks at it again and sends what is not sent yet.',
    ignore: 'Leaves it alone. Its archived copy is kept.',
    uploadAnyway: 'Sends what can be read, even if it is damaged, old or was sent before.',
  } satisfies Readonly<Record<FileAction, string>>,
  confirmUpload: {
    title: (number: number) => `Upload ${files(number)} anyway?`,
    text: 'Files that are damaged, from before, or sent already go up all the same, as far as they can be read. What Intervals.icu makes of them stays there until you delete it there.',
    confirm: (number: number) => `Upload ${count(number)}`,
  },
  dismiss: 'Hide this message',
  keys: 'Arrow keys move, Enter opens the story, Space selects.',
} as const

/** The words of a file's story. */
export const storyText = {
  label: 'Story of the file',
  close: 'Close the story',
  loading: 'Reading its story…',
  open: 'Open on Intervals.icu',
  openNumber: (number: number) => `Open part ${number} on Intervals.icu`,
  showInFolder: 'Show in folder',
  history: 'What happened',
  facts: 'Facts',
  now: 'now',
  nextAttempt: (when: string) => `Next try ${when}.`,
  gone: 'The file is not in its folder any more.',
  goneKept: 'The file is not in its folder any more. The archived copy is kept.',
  standIn: 'No file holds this ride any more: it was overwritten or is gone. The archived copy is kept.',
  standInLost: 'No file holds this ride any more, and no copy of it was kept.',
  formerPaths: 'It was in',
  earlier: (number: number) =>
    number === 1 ? 'The ride it held before' : `Rides it held before (${count(number)})`,
  factNames: {
    path: 'File',
    copy: 'Copy',
    source: 'Folder',
    start: 'Start',
    duration: 'Duration',
    distance: 'Distance',
    sport: 'Sport',
    size: 'Size',
    archived: 'Archive',
    hash: 'SHA-256',
    externalId: 'External id',
  },
  isArchived: 'a verified copy is kept',
  notArchived: 'no copy yet',
  unknownStart: 'not known',
  twins: 'The same ride is also in',
  entries: (number: number) => `Inside the archive (${count(number)})`,
  moreEntries: (number: number) => `Show ${count(number)} more`,
} as const

const done: Readonly<Record<FileAction, (number: number) => string>> = {
  retry: number => `${count(number)} will be tried again`,
  ignore: number => `${count(number)} ${number === 1 ? 'is' : 'are'} ignored from now on`,
  uploadAnyway: number => `${count(number)} will be sent`,
}

/** What became of an action: "12 will be sent, 3 had been sent already, 1 failed: …". */
export function outcomeText(action: FileAction, outcome: ActionOutcome): string {
  const parts: string[] = []
  if (outcome.done > 0) parts.push(done[action](outcome.done))
  if (outcome.skipped > 0) parts.push(`${count(outcome.skipped)} had been sent already`)
  if (outcome.failedCount > 0) {
    const named = outcome.failed.map(each => `${each.name}: ${each.message.replace(/\.$/, '')}`)
    const rest = outcome.failedCount - outcome.failed.length
    parts.push(
      `${count(outcome.failedCount)} failed: ${named.join('; ')}${rest > 0 ? `; and ${count(rest)} more` : ''}`,
    )
  }
  return parts.length === 0 ? 'There was nothing to do.' : `${parts.join(', ')}.`
}
