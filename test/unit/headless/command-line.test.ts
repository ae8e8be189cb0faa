import { expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { parseCommand } from '../../../electron/headless/command-line.ts'

const words = (line: string): string[] => (line === '' ? [] : line.split(' '))

const addZwift = { kind: 'trainerAdd', folder: '/zwift', format: 'zwo', days: 7, sports: null, name: null }

test.each<[string, object]>([
  ['', { kind: 'help', topic: null }],
  ['help', { kind: 'help', topic: null }],
  ['help sync', { kind: 'help', topic: 'sync' }],
  ['--help', { kind: 'help', topic: null }],
  ['-h', { kind: 'help', topic: null }],
  ['sync --help', { kind: 'help', topic: 'sync' }],
  ['source add -h', { kind: 'help', topic: 'source' }],
  ['version', { kind: 'version' }],
  ['--version', { kind: 'version' }],
  ['-v', { kind: 'version' }],
  ['account connect --api-key -', { kind: 'connect' }],
  ['account connect --api-key=-', { kind: 'connect' }],
  ['account show', { kind: 'accountShow', json: false }],
  ['account show --json', { kind: 'accountShow', json: true }],
  ['account disconnect', { kind: 'disconnect' }],
  ['source add /rides', { kind: 'sourceAdd', folder: '/rides', backfill: 'none', name: null }],
  [
    'source add --backfill 30d /rides --name Edge',
    { kind: 'sourceAdd', folder: '/rides', backfill: '30d', name: 'Edge' },
  ],
  ['source list', { kind: 'sourceList', json: false }],
  ['source list --json', { kind: 'sourceList', json: true }],
  ['source remove s1', { kind: 'sourceRemove', id: 's1' }],
  ['source pause s1', { kind: 'sourcePause', id: 's1' }],
  ['source resume s1', { kind: 'sourceResume', id: 's1' }],
  ['trainer add /zwift --format zwo', addZwift],
  ['trainer add /zwift --format fit --days 0', { ...addZwift, format: 'fit', days: 0 }],
  ['trainer add /zwift --format erg --days 28', { ...addZwift, format: 'erg', days: 28 }],
  [
    'trainer add /zwift --format mrc --sports Ride,VirtualRide --name Kickr',
    { ...addZwift, format: 'mrc', sports: ['Ride', 'VirtualRide'], name: 'Kickr' },
  ],
  ['trainer list', { kind: 'trainerList', json: false }],
  ['trainer list --json', { kind: 'trainerList', json: true }],
  ['trainer remove t2', { kind: 'trainerRemove', id: 't2' }],
  ['sync', { kind: 'sync', json: false }],
  ['sync --json', { kind: 'sync', json: true }],
  ['run', { kind: 'run', uiPort: null }],
  ['run --ui', { kind: 'run', uiPort: 0 }],
  ['run --ui 1', { kind: 'run', uiPort: 1 }],
  ['run --ui 65535', { kind: 'run', uiPort: 65_535 }],
  ['run --ui=8080', { kind: 'run', uiPort: 8080 }],
  ['status', { kind: 'status', json: false }],
  ['status --json', { kind: 'status', json: true }],
  ['doctor', { kind: 'doctor', json: false }],
  ['doctor --json', { kind: 'doctor', json: true }],
  ['files', { kind: 'files', state: null, json: false }],
  ['files --state held --json', { kind: 'files', state: 'held', json: true }],
  ['why ride.fit', { kind: 'why', file: 'ride.fit', json: false }],
  ['why ride.fit --json', { kind: 'why', file: 'ride.fit', json: true }],
  ['why -- -h', { kind: 'why', file: '-h', json: false }],
  ['retry ride.fit', { kind: 'retry', file: 'ride.fit' }],
  ['ignore ride.fit', { kind: 'ignore', file: 'ride.fit' }],
  ['upload ride.fit --anyway', { kind: 'uploadAnyway', file: 'ride.fit' }],
  ['diagnostics out.zip', { kind: 'diagnostics', out: 'out.zip' }],
])('reads "musette %s"', (line, command) => {
  expect(parseCommand(words(line))).toEqual(command)
})

test('keeps blanks in folders and names, and takes blanks around a sport off', () => {
  const args = [
    'trainer',
    'add',
    '/My Zwift',
    '--format',
    'zwo',
    '--sports',
    'Ride, Run',
    '--name',
    'My Zwift',
  ]
  expect(parseCommand(args)).toEqual({
    ...{ kind: 'trainerAdd', folder: '/My Zwift', format: 'zwo', days: 7 },
    ...{ sports: ['Ride', 'Run'], name: 'My Zwift' },
  })
})

/** What is said of a wrong command, without the hint at the help that ends each. */
function complaint(args: readonly string[]): string {
  try {
    return `no complaint: ${JSON.stringify(parseCommand(args))}`
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect({ code: error.code, recovery: error.recovery }).toEqual({ code: 'bad-usage', recovery: 'give-up' })
    return error.message.replace(/ See: musette help$/, '')
  }
}

const keyIsRead = 'The key is read from standard input: musette account connect --api-key -'

test.each([
  ['pedal', '"pedal" is not a command.'],
  ['account', '"account" needs one word more.'],
  ['account open', '"account open" is not a command.'],
  ['account connect', keyIsRead],
  ['account connect --api-key 4secret2', keyIsRead],
  ['account connect --api-key=4secret2', keyIsRead],
  ['account connect 4secret2', keyIsRead],
  ['account connect --api-key - 4secret2', keyIsRead],
  ['account connect --key 4secret2', keyIsRead],
  ['account show me', '"me" is one word too many.'],
  ['account disconnect now', '"now" is one word too many.'],
  ['source', '"source" needs one word more.'],
  ['source move', '"source move" is not a command.'],
  ['source add', 'DIR is missing.'],
  ['source add /a /b', '"/b" is one word too many.'],
  ['source remove', 'ID is missing.'],
  ['source pause', 'ID is missing.'],
  ['source resume s1 s2', '"s2" is one word too many.'],
  ['trainer', '"trainer" needs one word more.'],
  ['trainer pause t1', '"trainer pause" is not a command.'],
  ['trainer add /a', '--format is missing: zwo, fit, erg or mrc.'],
  ['trainer add --format zwo', 'DIR is missing.'],
  ['trainer add /a --format ZWO', '--format takes zwo, fit, erg or mrc, not "ZWO".'],
  ['trainer add /a --format zwo --days 29', '--days takes a number from 0 to 28, not "29".'],
  ['trainer add /a --format zwo --days 1.5', '--days takes a number from 0 to 28, not "1.5".'],
  ['trainer add /a --format zwo --days=-1', '--days takes a number from 0 to 28, not "-1".'],
  ['trainer add /a --format zwo --days week', '--days takes a number from 0 to 28, not "week".'],
  ['trainer add /a --format zwo --sports Ride,,Run', '--sports takes names such as Ride,VirtualRide.'],
  ['trainer remove', 'ID is missing.'],
  ['sync all', '"all" is one word too many.'],
  ['status all', '"all" is one word too many.'],
  ['run fast', '"fast" is one word too many.'],
  ['run --ui 0', '--ui takes a port from 1 to 65535, not "0".'],
  ['run --ui 65536', '--ui takes a port from 1 to 65535, not "65536".'],
  ['run --ui 080', '--ui takes a port from 1 to 65535, not "080".'],
  ['run --ui=', '--ui takes a port from 1 to 65535, not "".'],
  ['run --ui --json', '--ui takes a port from 1 to 65535, not "--json".'],
  ['run --ui 8080 90', '"90" is one word too many.'],
  ['run --ui=8080 90', '"90" is one word too many.'],
  ['files --state lost', '"lost" is not a state.'],
  ['files held', '"held" is one word too many.'],
  ['why', 'FILE is missing.'],
  ['why a b', '"b" is one word too many.'],
  ['retry', 'FILE is missing.'],
  ['ignore', 'FILE is missing.'],
  ['upload', 'FILE is missing.'],
  ['upload a', 'Rides go up by themselves; "musette upload FILE --anyway" sends one regardless.'],
  ['diagnostics', 'OUT.zip is missing.'],
])('refuses "musette %s"', (line, message) => {
  expect(complaint(words(line))).toBe(message)
})

// The sentences are Node's own and change with it: what counts is that each names the option.
test.each([
  ['sync --yaml', '--yaml'],
  ['source list --csv', '--csv'],
  ['account show --all', '--all'],
  ['sync --json=yes', '--json'],
  ['files --state', '--state'],
  ['source add /a --backfill', '--backfill'],
  ['upload a --force', '--force'],
])('names the option that "musette %s" gets wrong', (line, option) => {
  expect(complaint(words(line))).toContain(option)
})

test.each([
  [['source', 'add', '']],
  [['source', 'remove', '']],
  [['trainer', 'add', '', '--format', 'zwo']],
  [['trainer', 'remove', '']],
  [['why', '']],
  [['retry', '']],
  [['upload', '', '--anyway']],
  [['diagnostics', '']],
])('refuses an empty argument in %j', args => {
  expect(complaint(args)).toBe('An empty argument was given.')
})
