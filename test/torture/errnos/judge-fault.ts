import { readdirSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { readSettings } from '../../../electron/adapters/settings-file.ts'
import { homeFolders } from '../../../electron/host/home.ts'
import type { SyncReport } from '../../../shared/reports.ts'
import { jsonOf, type CliEnd } from '../../e2e/helpers/cli.ts'
import { folderPrint, ride, sha256 } from '../../e2e/helpers/rides.ts'
import { activities, uploads } from '../../e2e/helpers/service-log.ts'
import { leftovers, type ErrnoHome, type Scene } from './errno-home.ts'
import type { Fault } from './find-sites.ts'

/** How it went: what broke a promise, in words; and whether anything was noticed of the fault at all. */
export interface Judged {
  readonly troubles: readonly string[]
  readonly isTold: boolean
  /** How many calls failed. */
  readonly struck: number
}

/** How many syncs it may take until nothing is said any more: one to mend, one to be quiet. */
const mostSyncs = 3

/** Plays one fault and what follows it. The home is put back first. */
export async function judgeFault(home: ErrnoHome, scene: Scene, fault: Fault): Promise<Judged> {
  home.putBack(scene)
  const { world } = home
  const { end, struck } = await home.play(scene, fault)
  const troubles = [...brokenWords(end)]
  const sentNow = uploads(world.service).length
  if (scene === 'sync') troubles.push(...brokenReport(end, sentNow > 0))
  else if (end.code !== 0 && end.stderr.trim() === '')
    troubles.push(`exit code ${end.code}, and nothing said`)

  if (scene === 'add' && !isAdded(home)) {
    if (end.code === 0) troubles.push('the folder was added, and it is not there')
    const again = await world.musette('source', 'add', world.source, '--backfill', 'all')
    if (again.code !== 0) troubles.push(`can't be added later: ${again.stderr.trim()}`)
  }
  troubles.push(...(await brokenLater(home, scene)))
  if (!isDeepStrictEqual(folderPrint(world.source), home.rides)) troubles.push('a source was changed')
  return { troubles, isTold: end.code !== 0 || end.stderr !== '', struck }
}

function brokenWords({ code, signal, stdout, stderr }: CliEnd): readonly string[] {
  const said = `${stdout}\n${stderr}`
  if (signal !== null) return [`ended by ${signal}: ${said.trim()}`]
  if (/mistake of its own|^ {4}at /m.test(said)) return [`a mistake of its own: ${said.trim()}`]
  if (code === null || ![0, 1, 2, 4, 5].includes(code)) return [`exit code ${code}: ${said.trim()}`]
  return []
}

function brokenReport(end: CliEnd, isSent: boolean): readonly string[] {
  let report: SyncReport
  try {
    report = jsonOf(end) as SyncReport // what is printed is held to its shape by test/e2e/contract.test.ts
  } catch {
    return [`no report: ${end.stdout}${end.stderr}`]
  }
  const { errors, retrying, held, waiting, rejected } = report
  const troubles = errors
    .filter(({ message }) => !/^[^\n]{15,}[.)]$/.test(message))
    .map(({ message }) => `no sentence: ${message}`)
  const isQuiet = errors.length === 0 && retrying + held + waiting + rejected === 0
  if (!isSent && isQuiet) troubles.push('not sent, and nothing said')
  if (!isSent && end.code === 0 && waiting === 0) troubles.push('not sent, and exit code 0')
  return troubles
}

function isAdded({ world }: ErrnoHome): boolean {
  try {
    return readSettings(homeFolders(world.home).settings).settings.sources.length > 0
  } catch {
    return false
  }
}

/** Without the fault all goes on, soon says nothing any more, and every ride is there once. */
async function brokenLater(home: ErrnoHome, scene: Scene): Promise<readonly string[]> {
  const { world } = home
  for (let round = 1; ; round += 1) {
    const end = await world.musette('sync', '--json')
    const broken = brokenWords(end)
    if (broken.length > 0) return broken.map(what => `later: ${what}`)
    if (end.code === 0) break
    if (round === mostSyncs) return [`later: never fine again: ${end.code} ${end.stdout}${end.stderr}`]
  }
  const troubles: string[] = []
  const wanted = [ride(1), ride(2)].map(sha256).toSorted()
  const sent = new Set(uploads(world.service).map(post => post.fileSha256))
  const due = scene === 'add' ? wanted : [sha256(ride(2))]
  for (const hash of due) if (!sent.has(hash)) troubles.push(`lost: ${hash.slice(0, 8)} was never sent`)
  for (const hash of sent)
    if (hash !== null && !due.includes(hash)) troubles.push('sent again, or something else')
  const there = activities(world.service).length
  if (there !== 2) troubles.push(`${there} activities instead of 2`)
  const files = await world.files()
  const states = files.map(file => file.state).join(' ')
  if (!/^(uploaded|alreadyThere) (uploaded|alreadyThere)$/.test(states)) troubles.push(`files: ${states}`)
  const left = leftovers(home)
  if (left.length > 0) troubles.push(`left behind: ${left.join(' ')}`)
  if (scene === 'sync') {
    const written = readdirSync(home.trainer)
    if (written.length !== 1 || written[0]?.includes('To be written') !== true)
      troubles.push(`workouts: ${written.join(', ')}`)
  }
  return troubles
}
