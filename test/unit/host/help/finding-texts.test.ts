import { expect, test } from 'vitest'
import { findingTexts, type FindingTexts } from '../../../../electron/host/help/finding-texts.ts'
import { AppError } from '../../../../shared/app-error.ts'

const bound = { origin: 'https://intervals.icu', athleteId: 'i1', name: 'Anna' }
const damaged = new AppError('ledger-damaged', 'file is not a database', 'give-up')
const belongs = 'https://intervals.icu'

/** How each is said, on the command line and in the window: the compiler finds one that is missing here. */
const said: {
  readonly [K in keyof FindingTexts]: readonly [(texts: FindingTexts) => string, string, string]
} = {
  ledger: [texts => texts.ledger, 'ledger', 'records'],
  noSettings: [
    texts => texts.noSettings,
    'None yet; add a source first.',
    'None yet. Musette makes them when something is set.',
  ],
  noLedger: [
    texts => texts.noLedger,
    'None yet; the first sync makes it.',
    'None yet. Musette makes them with the first look at a folder.',
  ],
  notSignedIn: [
    texts => texts.notSignedIn,
    'Not signed in: musette account connect --api-key -',
    'Not connected. Connect under Settings, Account.',
  ],
  error: [
    texts => texts.error(new AppError('signed-out', '', 'sign-in')),
    'Not signed in, or the key was refused. Everything is kept. Sign in: musette account connect --api-key -',
    'Not signed in, or the key was refused. Everything is kept. Sign in again to go on.',
  ],
  ledgerDamaged: [
    texts => texts.ledgerDamaged('row 7 missing from index'),
    'damaged (row 7 missing from index). Musette sets it aside and rebuilds it at its next start.',
    "Musette's records are damaged. The rides in the archive are kept. Start Musette again: it rebuilds them.",
  ],
  ledgerTrouble: [
    texts => texts.ledgerTrouble(damaged),
    'The ledger is damaged (file is not a database). Every ride is kept. Musette sets the ledger aside and rebuilds it at its next start or sync.',
    "Musette's records are damaged. The rides in the archive are kept. Start Musette again: it rebuilds them.",
  ],
  noKeychain: [
    texts => texts.noKeychain('No keychain service is running.'),
    'none here (No keychain service is running.). Set MUSETTE_API_KEY or MUSETTE_API_KEY_FILE instead.',
    'none here (No keychain service is running). A key that you connect with is kept in memory until Musette ends.',
  ],
  otherAthlete: [
    texts => texts.otherAthlete(bound, 'i2'),
    `This home belongs to i1 on ${belongs}; the key is of i2.`,
    `This Musette belongs to i1 on ${belongs}, and the key is of i2. Nothing is sent. Connect with the key of i1.`,
  ],
  folder: [texts => texts.folder({ id: 's1', name: 'Zwift' }), 's1 Zwift', 'Zwift'],
  fewWatches: [
    texts => texts.fewWatches(8192),
    'only 8192 folders can be watched: raise fs.inotify.max_user_watches. Scans find the rest.',
    'only 8192 folders can be watched on this computer; Musette finds what is new in the others a little later.',
  ],
}

test.each(Object.entries(said))('%s in both voices', (_name, [tell, cli, window]) => {
  expect([tell(findingTexts('cli')), tell(findingTexts('window'))]).toEqual([cli, window])
})

test.each(Object.entries(said))(
  '%s names no command, variable or next sync in the window',
  (_name, [tell]) => {
    expect(tell(findingTexts('window'))).not.toMatch(/\bmusette [a-z]|MUSETTE_|--[a-z]|next sync|fs\./)
  },
)
