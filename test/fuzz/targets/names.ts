import { posix } from 'node:path'
import {
  autostartEntry,
  canBeStarted,
  execText,
  readEntry,
} from '../../../electron/desktop/login/desktop-entry.ts'
import { activityLink, allowedLink } from '../../../electron/desktop/window/allowed-link.ts'
import { candidateKind, recordingBaseName } from '../../../electron/formats/candidate-name.ts'
import { readGarminDevice } from '../../../electron/host/discovery/garmin-device.ts'
import { usableFolders } from '../../../electron/host/discovery/user-folders.ts'
import { parseXdgUserDirs } from '../../../electron/host/discovery/xdg-user-dirs.ts'
import { plainAscii, workoutFileName } from '../../../electron/sync/workouts/workout-names.ts'
import { garminXml } from '../../helpers/garmin-xml.ts'
import { havoc } from '../mutate/bytes.ts'
import { mutateText, oddText } from '../mutate/hostile-texts.ts'
import { mutateLines } from '../mutate/lines.ts'
import { mutateXml } from '../mutate/xml.ts'
import { must, type FuzzTarget } from '../target.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (input: Uint8Array): string => new TextDecoder().decode(input)

function readName(name: string): unknown {
  const base = recordingBaseName(name)
  must(base !== '' && !/[/\\\p{Cc}]/u.test(base), 'a base name has no separators and no control characters')
  must(!/^[.\s]*$/.test(base), 'a base name is more than dots')
  const [id = '', date = '', ...words] = name.split('|')
  for (const twin of [1, 2, 999]) {
    const file = workoutFileName({ id, date, name: words.length > 0 ? words.join('|') : name }, 'zwo', twin)
    must(/^[\x20-\x7e]{1,100}$/.test(file), 'a file name is plain and short')
    must(!/[<>:"/\\|?*]/.test(file) && !file.includes('..'), 'a file name has nothing a file system refuses')
    must(
      /^(?:\d{4}-|undated)/.test(file) && file.endsWith('.zwo') && !/[. ]\.zwo$/.test(file),
      'a file name begins with a date',
    )
  }
  must(/^[\x20-\x7e]*$/.test(plainAscii(name)), 'plain ASCII is plain')
  return [candidateKind(name), base]
}

function readLink(text: string): unknown {
  const link = allowedLink(text)
  if (link !== null)
    must(
      /^https:\/\/(?:forum\.)?intervals\.icu\//.test(link) && link === text,
      'only our own hosts are opened',
    )
  const activity = activityLink(text)
  if (activity !== null)
    must(/^https:\/\/intervals\.icu\/activities\/i?\d{1,20}$/.test(activity), 'an activity has one address')
  return [link, activity]
}

function readDesktopEntry(text: string): unknown {
  const [program = '', argument = '', variable = ''] = text.split('\n')
  const command = {
    program,
    args: [argument, '--hidden'],
    variables: variable === '' ? {} : { MUSETTE_HOME: variable },
  }
  if (canBeStarted(command)) {
    const entry = readEntry(autostartEntry(command))
    must(entry.isOurs && !entry.isHidden, 'what we write is ours')
    must(entry.exec === execText(command), 'what we write is read as it was meant')
    must(entry.tryExec === program, 'the program is read as it was meant')
  }
  return readEntry(text)
}

function readUserDirs(text: string): unknown {
  const folders = parseXdgUserDirs(text, '/home/eva')
  for (const folder of [folders.documents, folders.downloads])
    must(folder === null || posix.isAbsolute(folder), 'a folder is told from the root')
  return [folders, usableFolders(folders, '/home/eva')]
}

function readDevice(xml: Uint8Array): unknown {
  const device = readGarminDevice(xml)
  must(
    device.name === null || (device.name.length <= 60 && !/\p{Cc}/u.test(device.name)),
    'a device has a plain name',
  )
  for (const path of [...device.activities, ...device.newFiles]) must(path !== '', 'a path is not empty')
  return device
}

const entry = autostartEntry({
  program: '/opt/Musette/musette',
  args: ['--hidden'],
  variables: { MUSETTE_HOME: '/x y' },
})

export const nameTargets: readonly FuzzTarget[] = [
  {
    name: 'names',
    files: ['electron/formats/candidate-name.ts', 'electron/sync/workouts/workout-names.ts'],
    seeds: () => ['a\\b.FIT.gz', '51820044|2026-11-22|Threshold 3x8', '../../..', 'é|x|Grüße ×'].map(bytesOf),
    mutate: (random, input, other) =>
      random.chance(0.2)
        ? havoc(random, input, other)
        : bytesOf(random.chance(0.3) ? oddText(random) : mutateText(random, textOf(input))),
    run: input => readName(textOf(input)),
  },
  {
    name: 'links',
    files: ['electron/desktop/window/allowed-link.ts'],
    seeds: () =>
      [
        'https://intervals.icu/activities/i123',
        'https://forum.intervals.icu/t/x?y#z',
        'i123',
        'https://intervals.icu/calendar',
      ].map(bytesOf),
    mutate: mutateLines([
      'https://',
      'intervals.icu',
      '@evil.example',
      ':443',
      '/..',
      '?x',
      '#x',
      '\\',
      '%2f',
      'javascript:',
      '\t',
      'ｉntervals.icu',
    ]),
    run: input => readLink(textOf(input)),
  },
  {
    name: 'desktop-entry',
    files: ['electron/desktop/login/desktop-entry.ts'],
    seeds: () =>
      [
        entry,
        '/opt/a b/musette\n--x="%f"\n/home/eva\\x',
        '[Desktop Entry]\nX-Musette-Autostart=true\nHidden=true',
      ].map(bytesOf),
    mutate: mutateLines([
      '[Desktop Entry]',
      '[Other]',
      'Exec=x',
      'Exec = \\s\\n\\t\\\\',
      'Hidden=true',
      'X-Musette-Autostart=true',
      '%',
      '"',
      '\\',
      '$',
      '`',
      ' ',
    ]),
    run: input => readDesktopEntry(textOf(input)),
  },
  {
    name: 'xdg-user-dirs',
    files: ['electron/host/discovery/xdg-user-dirs.ts', 'electron/host/discovery/user-folders.ts'],
    seeds: () => [bytesOf('# x\nXDG_DOCUMENTS_DIR="$HOME/Dokumente"\nXDG_DOWNLOAD_DIR="/data/a\\"b"\n')],
    mutate: mutateLines([
      'XDG_DOCUMENTS_DIR="',
      'XDG_DOWNLOAD_DIR="$HOME/../.."',
      '\\',
      '"',
      '$HOME',
      '`id`',
      '$(id)',
      '\\$',
      '../',
    ]),
    run: input => readUserDirs(textOf(input)),
  },
  {
    name: 'garmin-device',
    files: ['electron/host/discovery/garmin-device.ts'],
    seeds: () => [bytesOf(garminXml()), bytesOf(garminXml('../..', 'C:\\x', 'Edge\u0007'))],
    mutate: mutateXml,
    run: readDevice,
  },
]
