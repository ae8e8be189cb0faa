import { AppError } from '../../../shared/app-error.ts'
import { errorText } from '../../../shared/error-text.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Voice } from '../../../shared/voice.ts'

/** What is said of the things looked at, where the command line and the window say it otherwise. */
export interface FindingTexts {
  /** The ledger, as it is called. */
  readonly ledger: string
  readonly noSettings: string
  readonly noLedger: string
  readonly notSignedIn: string
  error(error: AppError): string
  /** SQLite's integrity check found something. */
  ledgerDamaged(verdict: string): string
  ledgerTrouble(error: AppError): string
  noKeychain(why: string): string
  otherAthlete(bound: NonNullable<Settings['account']>, keyOf: string): string
  folder(folder: { readonly id: string; readonly name: string }): string
  fewWatches(limit: number): string
}

/** The words of a voice: the command line names commands and variables, the window what can be done in it. */
export function findingTexts(voice: Voice): FindingTexts {
  return voice === 'cli' ? cliTexts : windowTexts
}

const cliTexts: FindingTexts = {
  ledger: 'ledger',
  noSettings: 'None yet; add a source first.',
  noLedger: 'None yet; the first sync makes it.',
  notSignedIn: 'Not signed in: musette account connect --api-key -',
  error: error => errorText(error),
  ledgerDamaged: verdict => `damaged (${verdict}). Musette sets it aside and rebuilds it at its next start.`,
  ledgerTrouble: error => errorText(error),
  noKeychain: why => `none here (${why}). Set MUSETTE_API_KEY or MUSETTE_API_KEY_FILE instead.`,
  otherAthlete: ({ athleteId, origin }, keyOf) =>
    `This home belongs to ${athleteId} on ${origin}; the key is of ${keyOf}.`,
  folder: ({ id, name }) => `${id} ${name}`,
  fewWatches: limit =>
    `only ${limit} folders can be watched: raise fs.inotify.max_user_watches. Scans find the rest.`,
}

const windowTexts: FindingTexts = {
  ledger: 'records',
  noSettings: 'None yet. Musette makes them when something is set.',
  noLedger: 'None yet. Musette makes them with the first look at a folder.',
  notSignedIn: 'Not connected. Connect under Settings, Account.',
  error: error => errorText(error, 'window'),
  ledgerDamaged: verdict => errorText(new AppError('ledger-damaged', verdict, 'give-up'), 'window'),
  ledgerTrouble: error => errorText(error, 'window'),
  noKeychain: why =>
    `none here (${why.replace(/\.$/, '')}). A key that you connect with is kept in memory until Musette ends.`,
  otherAthlete: ({ athleteId, origin }, keyOf) =>
    `This Musette belongs to ${athleteId} on ${origin}, and the key is of ${keyOf}. Nothing is sent. Connect with the key of ${athleteId}.`,
  folder: ({ name }) => name,
  fewWatches: limit =>
    `only ${limit} folders can be watched on this computer; Musette finds what is new in the others a little later.`,
}
