import { existsSync, readFileSync } from 'node:fs'
import { AppError } from '../../shared/app-error.ts'
import { errorText } from '../../shared/error-text.ts'
import type { Settings } from '../../shared/settings.ts'
import { keytarSecretStore } from '../adapters/keytar-secret-store.ts'
import { systemMounts } from '../adapters/mounts.ts'
import { nodeDisk } from '../adapters/node-disk.ts'
import { readSettings } from '../adapters/settings-file.ts'
import { systemClock } from '../adapters/system-clock.ts'
import { fromWire } from '../host/app-error-wire.ts'
import type { Environment } from '../host/environment.ts'
import { homeFolders } from '../host/home.ts'
import { openLedgerToRead } from '../host/open-ledger.ts'
import { userAgent, version } from '../host/version.ts'
import { createIntervalsClient } from '../intervals/client.ts'
import { hasRoom } from '../sync/activities/free-space.ts'
import { credentialFor } from './keychain.ts'

/** One thing looked at. `text` says how it is and, when it is wrong, how to mend it. */
export interface Finding {
  readonly subject: string
  readonly kind: 'fine' | 'hint' | 'wrong'
  readonly text: string
}

const fine = (subject: string, text: string): Finding => ({ subject, kind: 'fine', text })
const hint = (subject: string, text: string): Finding => ({ subject, kind: 'hint', text })
const wrong = (subject: string, text: string): Finding => ({ subject, kind: 'wrong', text })

/** Looks at settings, ledger, keychain, service, clock, disk, folders and watcher limits. Nothing of the user's is changed. */
export async function examineHome(environment: Environment): Promise<readonly Finding[]> {
  const folders = homeFolders(environment.home)
  let settings: Settings
  try {
    settings = readSettings(folders.settings).settings
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [wrong('settings', errorText(error))]
  }
  return [
    fine('version', `Musette ${version} on Node ${process.versions.node}, ${process.platform}`),
    existsSync(folders.settings)
      ? fine('settings', folders.settings)
      : hint('settings', 'None yet; add a source first.'),
    ledgerFinding(folders.ledger),
    await keychainFinding(environment),
    ...(await serviceFindings(environment, settings)),
    await diskFinding(settings, existsSync(folders.profile) ? folders.profile : process.cwd()),
    ...(await folderFindings(settings)),
    ...watcherFindings(),
  ]
}

function ledgerFinding(path: string): Finding {
  try {
    const ledger = openLedgerToRead(path)
    if (ledger === null) return hint('ledger', 'None yet; the first sync makes it.')
    const verdict = String(Object.values(ledger.db.get('PRAGMA integrity_check(1)') ?? {})[0])
    ledger.db.close()
    if (verdict === 'ok') return fine('ledger', 'whole')
    return wrong('ledger', `damaged (${verdict}); the next sync sets it aside and rebuilds it.`)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return wrong('ledger', `${errorText(error)} The next sync sets a damaged one aside and rebuilds it.`)
  }
}

async function keychainFinding(environment: Environment): Promise<Finding> {
  if (environment.apiKey !== null) return fine('keychain', 'not used: the key comes from the environment')
  const read = await keytarSecretStore().read('musette doctor')
  switch (read.kind) {
    case 'found':
    case 'absent':
      return fine('keychain', 'open')
    case 'locked':
      return wrong('keychain', 'locked. Unlock it and try again.')
    case 'unavailable':
      return wrong(
        'keychain',
        `none here (${read.why}). Set MUSETTE_API_KEY or MUSETTE_API_KEY_FILE instead.`,
      )
  }
}

async function serviceFindings(environment: Environment, settings: Settings): Promise<readonly Finding[]> {
  const state = await credentialFor(environment.apiKey, settings)
  if (state.kind === 'failed') return [wrong('account', errorText(fromWire(state.error)))]
  if (state.kind === 'none') return [wrong('account', 'Not signed in: musette account connect --api-key -')]
  const client = createIntervalsClient({
    ...{
      origin: environment.origin,
      clock: systemClock(),
      userAgent,
      perSecond: environment.limits.perSecond,
    },
    credential: () => Promise.resolve(state.credential),
    budget: { waitMs: () => null, spend: () => undefined },
  })
  try {
    const profile = await client.profile()
    const bound = settings.account
    if (bound !== null && (bound.athleteId !== profile.id || bound.origin !== environment.origin)) {
      return [
        fine('service', `${environment.origin} answers`),
        wrong(
          'account',
          `This home belongs to ${bound.athleteId} on ${bound.origin}; the key is of ${profile.id}.`,
        ),
      ]
    }
    return [
      fine('service', `${environment.origin} answers`),
      fine('account', `${profile.name ?? ''} (${profile.id})`.trim()),
    ]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [wrong(error.recovery === 'sign-in' ? 'account' : 'service', errorText(error))]
  } finally {
    await client.close()
  }
}

async function diskFinding(settings: Settings, folder: string): Promise<Finding> {
  const space = await nodeDisk().space(folder)
  const free = `${(space.freeBytes / 1e9).toFixed(1)} GB free`
  if (hasRoom(space, settings.keepFree)) return fine('disk', free)
  return wrong('disk', `${free}: too little, nothing more is archived or sent. Free some space.`)
}

async function folderFindings(settings: Settings): Promise<readonly Finding[]> {
  const disk = nodeDisk()
  const mounts = systemMounts()
  const findings: Finding[] = []
  for (const folder of [...settings.sources, ...settings.trainers]) {
    const subject = `${folder.id} ${folder.name}`
    try {
      const real = await disk.realPath(folder.folder)
      if (real === null) {
        findings.push(
          wrong(subject, `${folder.folder} is not there. Plug it in or mount it, or remove it from Musette.`),
        )
        continue
      }
      const entries = await disk.list(real)
      const place = await mounts.placeOf(real)
      const how = place === 'local' ? 'watched' : `${place}, looked at every 5 s`
      findings.push(fine(subject, `${folder.folder}: ${entries.length} entries, ${how}`))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      findings.push(wrong(subject, errorText(error)))
    }
  }
  return findings
}

/** Below this many watches a large folder can run out of them (Linux only). */
const fewWatches = 16_384

function watcherFindings(): readonly Finding[] {
  const limitFile = '/proc/sys/fs/inotify/max_user_watches'
  if (process.platform !== 'linux' || !existsSync(limitFile)) return []
  const limit = Number(readFileSync(limitFile, 'utf8'))
  if (limit >= fewWatches) return [fine('watcher', `up to ${limit} folders can be watched`)]
  return [
    hint(
      'watcher',
      `only ${limit} folders can be watched: raise fs.inotify.max_user_watches. Scans find the rest.`,
    ),
  ]
}
