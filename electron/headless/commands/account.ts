import { oneLine } from '../../../shared/plain-words.ts'
import { keytarSecretStore } from '../../adapters/keytar-secret-store.ts'
import { readSettings } from '../../adapters/settings-file.ts'
import { AccountKeeper, checkedApiKey } from '../../host/account/account-keeper.ts'
import type { AskEngine } from '../../host/engine-requests.ts'
import { homeFolders } from '../../host/home.ts'
import type { Context } from '../context.ts'
import { withEngine } from '../with-engine.ts'

/** The keychain and the engine that was opened, ours or another process's. */
function keeperOver({ environment }: Context, ask: AskEngine): AccountKeeper {
  const settings = homeFolders(environment.home).settings
  return new AccountKeeper({
    ...{ ask, environment, secrets: keytarSecretStore(), credential: { kind: 'none' } },
    settings: () => readSettings(settings).settings,
  })
}

/** Reads a key from standard input, verifies it, keeps it in the keychain, and binds the home to its athlete. */
export async function connect(context: Context): Promise<number> {
  // Checked before the home is opened.
  const key = checkedApiKey(await context.io.readSecret('API key (not shown):', context.stop))
  await withEngine(context, async ask => {
    // A command ends at once, so a key in memory would be of no use.
    const account = await keeperOver(context, ask).connect(key, 'refuse')
    context.io.out(oneLine(`Connected as ${account.name ?? account.id} (${account.id}).`))
    if (account.otherSenders.length === 0) return
    context.io.err(
      `Intervals.icu also gets rides from ${oneLine(account.otherSenders.join(', '))}. The same ride from two sources can appear twice: keep one of them.`,
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
  else
    context.io.out(
      oneLine(`${account.name ?? account.athleteId} (${account.athleteId}) on ${account.origin}`),
    )
  return 0
}

/** Forgets the key. The home stays bound to its athlete, and nothing else is touched. */
export async function disconnect(context: Context): Promise<number> {
  await withEngine(context, ask => keeperOver(context, ask).disconnect())
  context.io.out('Disconnected. The key is forgotten; the home and its archive are kept.')
  return 0
}
