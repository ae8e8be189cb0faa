import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { readFileSync, statSync } from 'node:fs'
import { AppError } from '../../shared/app-error.ts'
import { defaultLimits, type RequestLimits } from '../../shared/preferences.ts'
import type { Settings } from '../../shared/settings.ts'
import { parseApiOrigin } from '../intervals/api-origin.ts'
import { checkApiKey } from '../intervals/credential.ts'

/** What the environment says, read once at the start. */
export interface Environment {
  readonly home: string
  readonly origin: string
  /** Null where MUSETTE_LIMITS is not set: the settings decide. */
  readonly limits: RequestLimits | null
  /** A key given for this run only; null means the keychain. Never stored, never passed on. */
  readonly apiKey: string | null
}

type Variables = Readonly<Record<string, string | undefined>>

const bad = (message: string): AppError => new AppError('bad-usage', message, 'give-up')

/** The OS's folder for an app's data: the desktop app uses the same one. */
export function defaultHome(platform: NodeJS.Platform, env: Variables, userHome: string): string {
  switch (platform) {
    case 'win32':
      return join(folderIn(env, 'APPDATA') ?? join(userHome, 'AppData', 'Roaming'), 'Musette')
    case 'darwin':
      return join(userHome, 'Library', 'Application Support', 'Musette')
    default:
      return join(folderIn(env, 'XDG_CONFIG_HOME') ?? join(userHome, '.config'), 'Musette')
  }
}

/** Empty counts as not set (XDG base directory specification): else the home would lie wherever one happens to be. */
function folderIn(env: Variables, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name]
}

/** An empty MUSETTE_HOME is a script's slip; neither the current folder nor the user's own home is meant by it. */
function readHome(env: Variables, platform: NodeJS.Platform): string {
  const given = env['MUSETTE_HOME']
  if (given === '') throw bad('MUSETTE_HOME is empty: name a folder, or leave it out.')
  return resolve(given ?? defaultHome(platform, env, homedir()))
}

function parseLimits(text: string | undefined): RequestLimits | null {
  if (text === undefined) return null
  const [perSecond, per15Min, perDay, ...rest] = text.split(',').map(part => part.trim())
  const number = (part: string | undefined): number =>
    part !== undefined && /^\d{1,9}$/.test(part) ? Number(part) : -1
  const limits = { perSecond: number(perSecond), per15Min: number(per15Min), perDay: number(perDay) }
  if (rest.length > 0 || Object.values(limits).some(value => value < 0)) {
    throw bad(
      'MUSETTE_LIMITS takes three numbers, perSecond,per15min,perDay, such as 10,2500,5000 (0 = no limit).',
    )
  }
  return limits
}

function readKeyFile(path: string): string {
  let mode: number
  let text: string
  try {
    mode = statSync(path).mode
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new AppError('bad-usage', `MUSETTE_API_KEY_FILE can't be read: ${path}`, 'give-up', {
      cause: error,
    })
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw bad(`MUSETTE_API_KEY_FILE is open to others: chmod 600 ${path}`)
  }
  return text
}

function readApiKey(env: Variables): string | null {
  const inPlace = env['MUSETTE_API_KEY']
  const file = env['MUSETTE_API_KEY_FILE']
  const text = inPlace ?? (file === undefined ? undefined : readKeyFile(file))
  if (text === undefined) return null
  const check = checkApiKey(text)
  if (check.kind === 'bad')
    throw bad(`${inPlace === undefined ? 'MUSETTE_API_KEY_FILE' : 'MUSETTE_API_KEY'}: ${check.message}`)
  return check.key
}

/**
 * Reads Musette's variables and takes the key's out of the environment, so that no child process inherits it.
 * Throws AppError `bad-usage`.
 */
export function readEnvironment(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Environment {
  try {
    return {
      home: readHome(env, platform),
      origin: parseApiOrigin(env['MUSETTE_API_URL'] ?? 'https://intervals.icu'),
      limits: parseLimits(env['MUSETTE_LIMITS']),
      apiKey: readApiKey(env),
    }
  } finally {
    delete env['MUSETTE_API_KEY']
    delete env['MUSETTE_API_KEY_FILE']
  }
}

/** The limits that hold for a home: the environment's, else the user's own, else the usual ones. */
export function limitsFor(
  environment: Pick<Environment, 'limits'>,
  settings: Pick<Settings, 'preferences'>,
): RequestLimits {
  return environment.limits ?? settings.preferences.limits ?? defaultLimits
}
