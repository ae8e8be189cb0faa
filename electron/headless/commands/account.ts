import { AppError } from '../../../shared/app-error.ts'
import { keytarSecretStore } from '../../adapters/keytar-secret-store.ts'
import { readSettings } from '../../adapters/settings-file.ts'
import { homeFolders } from '../../host/home.ts'
import { checkApiKey } from '../../intervals/credential.ts'
import type { Context } from '../context.ts'
import { keychainEntry } from '../keychain.ts'
import { withEngine } from '../with-engine.ts'

/** Services that send rides to Intervals.icu by themselves: with one of them a ride may come twice. */
const rideSenders: Readonly<Record<string, string>> = {
  garmin_training: 'Garmin Connect',
  garmin_health: 'Garmin Connect',
  wahoo: 'Wahoo',
  zwift: 'Zwift',
  strava: 'Strava',
  suunto: 'Suunto',
  polar: 'Polar',
  coros: 'COROS',
  dropbox: 'Dropbox',
  tp_virtual: 'TrainingPeaks Virtual',
  rouvy: 'Rouvy',
  mywhoosh: 'MyWhoosh',
  hammerhead: 'Hammerhead',
}

/** Reads a key from standard input, verifies it, keeps it in the keychain, and binds the home to its athlete. */
export async function connect(context: Context): Promise<number> {
  const check = checkApiKey(await context.io.readSecret('API key (not shown):', context.stop))
  if (check.kind === 'bad') throw new AppError('bad-usage', check.message, 'sign-in')
  const credential = { kind: 'apiKey', key: check.key } as const
  await withEngine(context, async ask => {
    const account = await ask('verify', { credential })
    const { origin, home } = context.environment
    const { settings } = readSettings(homeFolders(home).settings)
    await keytarSecretStore().write(keychainEntry(origin, account.id, settings.homeId), check.key)
    await ask('useCredential', { credential, account })
    context.io.out(`Connected as ${account.name ?? account.id} (${account.id}).`)
    const senders = new Set(account.connections.flatMap(name => rideSenders[name] ?? []))
    if (senders.size === 0) return
    context.io.err(
      `Intervals.icu also gets rides from ${[...senders].join(', ')}. The same ride from two sources can appear twice: keep one of them.`,
    )
  })
  return 0
}

/** Says whose home this is. */
export function showAccount(context: Context, json: boolean): number {
  const { account } = readSettings(homeFolders(context.environment.home).settings).settings
  if (json) {
    const shown =
      account === null ? null : { id: account.athleteId, name: account.name, origin: account.origin }
    context.io.out(JSON.stringify(shown))
  } else if (account === null)
    context.io.out('No account yet. Connect one: musette account connect --api-key -')
  else context.io.out(`${account.name ?? account.athleteId} (${account.athleteId}) on ${account.origin}`)
  return 0
}

/** Forgets the key. The home stays bound to its athlete, and nothing else is touched. */
export async function disconnect(context: Context): Promise<number> {
  await withEngine(context, async ask => {
    const { account, homeId } = readSettings(homeFolders(context.environment.home).settings).settings
    if (account !== null) {
      await keytarSecretStore().remove(keychainEntry(account.origin, account.athleteId, homeId))
    }
    await ask('useCredential', { credential: null, account: null })
  })
  context.io.out('Disconnected. The key is forgotten; the home and its archive are kept.')
  return 0
}
