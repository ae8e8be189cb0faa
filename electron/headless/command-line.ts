import { parseArgs, type ParseArgsConfig } from 'node:util'
import { AppError } from '../../shared/app-error.ts'
import { isActivityState, type ActivityState } from '../../shared/states.ts'
import { isTrainerFormat, type TrainerFormat } from '../../shared/settings.ts'

/** A command as the user meant it. */
export type Command =
  | { readonly kind: 'help'; readonly topic: string | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'connect' }
  | { readonly kind: 'accountShow'; readonly json: boolean }
  | { readonly kind: 'disconnect' }
  | {
      readonly kind: 'sourceAdd'
      readonly folder: string
      readonly backfill: string
      readonly name: string | null
    }
  | { readonly kind: 'sourceList' | 'trainerList'; readonly json: boolean }
  | { readonly kind: 'sourceRemove' | 'sourcePause' | 'sourceResume' | 'trainerRemove'; readonly id: string }
  | {
      readonly kind: 'trainerAdd'
      readonly folder: string
      readonly format: TrainerFormat
      readonly days: number
      readonly sports: readonly string[] | null
      readonly name: string | null
    }
  | { readonly kind: 'sync' | 'status' | 'doctor'; readonly json: boolean }
  /** `uiPort`: where to serve the window; 0 for any free port, null for no window. */
  | { readonly kind: 'run'; readonly uiPort: number | null }
  | { readonly kind: 'files'; readonly state: ActivityState | null; readonly json: boolean }
  | { readonly kind: 'why'; readonly file: string; readonly json: boolean }
  | { readonly kind: 'retry' | 'ignore' | 'uploadAnyway'; readonly file: string }
  | { readonly kind: 'diagnostics'; readonly out: string }

const usage = (message: string): AppError =>
  new AppError('bad-usage', `${message} See: musette help`, 'give-up')

const notACommand = (group: string, verb: string): AppError =>
  usage(verb === '' ? `"${group}" needs one word more.` : `"${group} ${verb}" is not a command.`)

type Options = NonNullable<ParseArgsConfig['options']>

interface Read {
  readonly words: readonly string[]
  text(name: string): string | null
  has(name: string): boolean
}

const json: Options = { json: { type: 'boolean' } }

function read(args: readonly string[], options: Options, names: readonly string[]): Read {
  let parsed
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    // Node's first sentence says what is wrong; the ones after it are about Node's own ways.
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(
      /\.?(?:\s|$)(?=[A-Z]|$)/,
    )
    throw usage(`${first}.`)
  }
  const { positionals, values } = parsed
  if (positionals.length < names.length)
    throw usage(`${names[positionals.length] ?? 'An argument'} is missing.`)
  if (positionals.length > names.length)
    throw usage(`"${positionals[names.length] ?? ''}" is one word too many.`)
  return {
    words: positionals,
    text: name => {
      const value = values[name]
      return typeof value === 'string' ? value : null
    },
    has: name => values[name] === true,
  }
}

function word(from: Read, place: number): string {
  const value = from.words[place] ?? ''
  if (value === '') throw usage('An empty argument was given.')
  return value
}

/** Any other word may be the key itself, typed by mistake, and would be repeated in an error's sentence. */
function isOnlyApiKeyOption(args: readonly string[]): boolean {
  return args.join(' ').replace('=', ' ') === '--api-key -'
}

function account([verb = '', ...args]: readonly string[]): Command {
  switch (verb) {
    case 'connect': {
      const key = isOnlyApiKeyOption(args)
        ? read(args, { 'api-key': { type: 'string' } }, []).text('api-key')
        : null
      // A key among the arguments would stand in `ps` and in the shell's history.
      if (key !== '-') throw usage('The key is read from standard input: musette account connect --api-key -')
      return { kind: 'connect' }
    }
    case 'show':
      return { kind: 'accountShow', json: read(args, json, []).has('json') }
    case 'disconnect':
      read(args, {}, [])
      return { kind: 'disconnect' }
    default:
      throw notACommand('account', verb)
  }
}

function source([verb = '', ...args]: readonly string[]): Command {
  switch (verb) {
    case 'add': {
      const from = read(args, { backfill: { type: 'string' }, name: { type: 'string' } }, ['DIR'])
      return {
        kind: 'sourceAdd',
        folder: word(from, 0),
        backfill: from.text('backfill') ?? 'none',
        name: from.text('name'),
      }
    }
    case 'list':
      return { kind: 'sourceList', json: read(args, json, []).has('json') }
    case 'remove':
      return { kind: 'sourceRemove', id: word(read(args, {}, ['ID']), 0) }
    case 'pause':
      return { kind: 'sourcePause', id: word(read(args, {}, ['ID']), 0) }
    case 'resume':
      return { kind: 'sourceResume', id: word(read(args, {}, ['ID']), 0) }
    default:
      throw notACommand('source', verb)
  }
}

function trainer([verb = '', ...args]: readonly string[]): Command {
  switch (verb) {
    case 'add': {
      const text = { type: 'string' } as const
      const from = read(args, { format: text, days: text, sports: text, name: text }, ['DIR'])
      const format = from.text('format')
      if (format === null) throw usage('--format is missing: zwo, fit, erg or mrc.')
      if (!isTrainerFormat(format)) throw usage(`--format takes zwo, fit, erg or mrc, not "${format}".`)
      const days = from.text('days') ?? '7'
      if (!/^\d{1,2}$/.test(days) || Number(days) > 28)
        throw usage(`--days takes a number from 0 to 28, not "${days}".`)
      const sports =
        from
          .text('sports')
          ?.split(',')
          .map(sport => sport.trim()) ?? null
      if (sports?.some(sport => sport === '') === true)
        throw usage('--sports takes names such as Ride,VirtualRide.')
      return {
        kind: 'trainerAdd',
        folder: word(from, 0),
        format,
        days: Number(days),
        sports,
        name: from.text('name'),
      }
    }
    case 'list':
      return { kind: 'trainerList', json: read(args, json, []).has('json') }
    case 'remove':
      return { kind: 'trainerRemove', id: word(read(args, {}, ['ID']), 0) }
    default:
      throw notACommand('trainer', verb)
  }
}

function files(args: readonly string[]): Command {
  const from = read(args, { ...json, state: { type: 'string' } }, [])
  const state = from.text('state')
  if (state !== null && !isActivityState(state)) throw usage(`"${state}" is not a state.`)
  return { kind: 'files', state, json: from.has('json') }
}

/** `--ui`, `--ui PORT` or `--ui=PORT`: an option whose value may be left out, which Node's parser does not know. */
function uiPort(args: readonly string[]): number | null {
  const [first = '', port, ...more] = args.flatMap(arg =>
    /^--ui=/.test(arg) ? ['--ui', arg.slice(5)] : [arg],
  )
  if (first !== '--ui') {
    read(args, {}, [])
    return null
  }
  read(more, {}, [])
  if (port === undefined) return 0
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535) {
    throw usage(`--ui takes a port from 1 to 65535, not "${port}".`)
  }
  return Number(port)
}

/** Reads the words after `musette`. Pure. Throws AppError `bad-usage`. */
export function parseCommand(args: readonly string[]): Command {
  const [verb = 'help', ...rest] = args
  // What comes after "--" is a file's name, whatever it looks like.
  const options = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
  if (options.some(arg => arg === '--help' || arg === '-h')) return { kind: 'help', topic: verb }
  switch (verb) {
    case 'help':
    case '--help':
    case '-h':
      return { kind: 'help', topic: rest[0] ?? null }
    case 'version':
    case '--version':
    case '-v':
      return { kind: 'version' }
    case 'account':
      return account(rest)
    case 'source':
      return source(rest)
    case 'trainer':
      return trainer(rest)
    case 'sync':
    case 'status':
    case 'doctor':
      return { kind: verb, json: read(rest, json, []).has('json') }
    case 'run':
      return { kind: 'run', uiPort: uiPort(rest) }
    case 'files':
      return files(rest)
    case 'why': {
      const from = read(rest, json, ['FILE'])
      return { kind: 'why', file: word(from, 0), json: from.has('json') }
    }
    case 'retry':
    case 'ignore':
      return { kind: verb, file: word(read(rest, {}, ['FILE']), 0) }
    case 'upload': {
      const from = read(rest, { anyway: { type: 'boolean' } }, ['FILE'])
      if (!from.has('anyway'))
        throw usage('Rides go up by themselves; "musette upload FILE --anyway" sends one regardless.')
      return { kind: 'uploadAnyway', file: word(from, 0) }
    }
    case 'diagnostics':
      return { kind: 'diagnostics', out: word(read(rest, {}, ['OUT.zip']), 0) }
    default:
      throw usage(`"${verb}" is not a command.`)
  }
}
