import type { Finding, LogLine } from '../../shared/window-data.ts'
import { count } from '../format/units.ts'

const lines = (number: number): string => `${count(number)} ${number === 1 ? 'line' : 'lines'}`

/** The words of the Help page. */
export const helpText = {
  title: 'Help',
  checkUp: {
    title: 'Check-up',
    again: 'Check again',
    running: 'Looking at the keychain, the folders, Intervals.icu, the clock and the disk…',
    kinds: { wrong: 'wrong', hint: 'hint', fine: 'fine' } satisfies Readonly<Record<Finding['kind'], string>>,
    allFine: 'All is well.',
    toMend: (number: number) => (number === 1 ? 'One thing to mend.' : `${count(number)} things to mend.`),
    hints: (number: number) =>
      number === 1 ? 'Nothing wrong, one hint.' : `Nothing wrong, ${count(number)} hints.`,
    none: 'There was nothing to look at.',
    fine: (number: number) => `${count(number)} in order`,
  },
  log: {
    title: 'Log',
    search: 'Search in the log',
    level: 'Lines',
    levels: {
      info: 'Everything',
      warn: 'Warnings and worse',
      error: 'Only what went wrong',
    } satisfies Readonly<Record<LogLine['level'], string>>,
    words: { info: 'info', warn: 'warning', error: 'trouble' } satisfies Readonly<
      Record<LogLine['level'], string>
    >,
    refresh: 'Read again',
    reading: 'Reading the log…',
    copy: 'Copy',
    copied: (number: number) => `${lines(number)} copied.`,
    notCopied: 'The clipboard did not take it. Select the lines and copy them by hand.',
    details: 'Details',
    count: lines,
    countSome: (some: number, all: number) => `${count(some)} of ${lines(all)}`,
    more: 'Show more',
    empty: 'The log is empty.',
    noMatch: 'No line matches.',
    folder: 'Open the log folder',
    list: 'Lines of the log, newest first',
  },
  diagnostics: {
    title: 'For a bug report',
    text: 'A zip with versions, settings, states and the log. Your key, name, athlete id and folders are left out.',
    save: 'Save diagnostics',
    saved: (path: string) => `Saved as ${path}`,
    cancelled: 'Nothing was saved.',
    ready: 'It is ready:',
    download: (name: string) => `Download ${name}`,
  },
  about: {
    title: 'About',
    version: 'Version',
    home: 'Everything is kept in',
    host: 'Runs as',
    hosts: { desktop: 'desktop app', headless: 'musette run' },
    platforms: { linux: 'Linux', darwin: 'macOS', win32: 'Windows', other: 'another system' },
    athlete: 'Athlete',
  },
  keys: {
    title: 'Keyboard',
    pages: 'The six pages, from Today to Help',
    search: 'Search in the activities',
    sync: 'Sync now',
    move: 'Move in a list',
    open: 'Open the story of a file',
    select: 'Select it; with Shift, everything up to it',
    close: 'Close the story',
    to: 'to',
  },
  links: {
    guide: 'Show the guide again',
    title: 'On the web',
    forum: 'Forum of Intervals.icu',
    key: 'Your API key, at the bottom of its settings',
    activities: 'Your activities on Intervals.icu',
  },
} as const
