import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseSettings } from '../../../shared/settings.ts'
import type { StatusReport } from '../../../shared/reports.ts'
import { jsonOf } from '../../e2e/helpers/cli.ts'
import { athlete } from '../../e2e/helpers/home.ts'
import { folderPrint, sha256 } from '../../e2e/helpers/rides.ts'
import { activities } from '../../e2e/helpers/service-log.ts'
import { eventJson } from '../../fake-intervals/event-json.ts'
import { integrityOf } from '../look-at-disk.ts'
import type { Expected, Scene } from './scene.ts'
import { rideNumbers } from './scenes.ts'
import type { Stage } from './stage.ts'

/** What one who cut Musette short knows of it. */
export interface CutShort {
  /** How many of the scene's commands had ended. */
  readonly done: number
  /** Names of rides that were on their way by then, and whose files somebody has taken off since. */
  readonly takenOff: readonly string[]
  /** What is asked before anything else, by one who only looks. */
  readonly asked: 'status' | 'files' | 'doctor'
}

/** A check-up is the one that costs most. */
export const questions: readonly CutShort['asked'][] = ['status', 'status', 'files', 'files', 'doctor']

const mostSyncs = 4
const sent: readonly string[] = ['uploaded', 'alreadyThere']

/** Looks at what was cut short, lets Musette go on until it rests, and tells every promise that was broken. */
export async function judgeStage(stage: Stage, scene: Scene, cut: CutShort): Promise<readonly string[]> {
  const wrong = await look(stage, scene, cut.asked)
  const before = folderPrint(stage.world.source)
  await scene.finish?.(stage)
  stage.refuseUploads(false)
  wrong.push(...(await comeToRest(stage, scene)))
  wrong.push(...(await whatIsThere(stage, scene.expected(cut.done), cut.takenOff)))
  const after = folderPrint(stage.world.source)
  for (const [name, print] of Object.entries(before)) {
    // What finishing puts there anew is not Musette's doing.
    if (after[name] !== print && after[name] === undefined) wrong.push(`source touched: ${name} is gone`)
    else if (after[name] !== print && !isPutAnew(scene, name)) wrong.push(`source touched: ${name}`)
  }
  wrong.push(...leftIn(stage, scene))
  return wrong
}

function isPutAnew(scene: Scene, name: string): boolean {
  return scene.finish !== undefined && name === 'new.fit'
}

/** Those who only look must be told sense by whatever a cut has left. */
async function look(stage: Stage, scene: Scene, asked: CutShort['asked']): Promise<string[]> {
  const isDamageTold = scene.mayTell.includes('ledger-damaged')
  const end = await stage.musette.musette(asked, '--json')
  // Where something is damaged, files are not listed, and a check-up says what is to be mended.
  const codes = isDamageTold && asked !== 'status' ? [0, 1] : [0]
  if (!codes.includes(end.code ?? -1)) {
    return [`${asked} ended with ${end.code ?? 'a signal'}: ${end.stderr || end.stdout}`]
  }
  if (asked !== 'status') return []
  // As the command prints it; held to its shape by tests of its own.
  const { errors } = jsonOf(end) as StatusReport
  // An upload that was refused half-way is in doubt until the next sync, and that is said.
  const open = errors.filter(({ code }) => code !== 'outcome-unknown')
  return told(open, scene).map(text => `status says ${text}`)
}

function told(
  errors: readonly { readonly code: string; readonly message: string }[],
  scene: Scene,
): readonly string[] {
  return errors
    .filter(({ code }) => !scene.mayTell.includes(code))
    .map(({ code, message }) => `${code}: ${message}`)
}

async function comeToRest(stage: Stage, scene: Scene): Promise<readonly string[]> {
  const wrong: string[] = []
  for (let tried = 0; tried < mostSyncs; tried += 1) {
    const { code, report } = await stage.musette.sync()
    wrong.push(...told(report.errors, scene).map(text => `sync ${tried + 1} says ${text}`))
    const isAtRest = report.retrying + report.queued + report.errors.length === 0
    if (isAtRest && (code === 0 || scene.mayHold)) return wrong
  }
  return [...wrong, `not at rest after ${mostSyncs} syncs`]
}

async function whatIsThere(
  stage: Stage,
  expected: Expected,
  takenOff: readonly string[],
): Promise<readonly string[]> {
  const wrong: string[] = []
  const isPaused = isSourcePaused(stage)
  if (!expected.isPaused.includes(isPaused)) wrong.push(`the folder is ${isPaused ?? 'not known'}`)
  const states = new Map<string, string>()
  for (const entry of await stage.musette.files()) {
    // A ride that no file has any more is told of by its archived copy.
    if (entry.path.startsWith(stage.profile)) continue
    const name = basename(entry.path)
    states.set(name, entry.state)
    if (expected.files[name]?.includes(entry.state) !== true) {
      wrong.push(`${name} is ${entry.state} (${entry.reason})`)
    }
  }
  const due = new Map<string, string>()
  for (const name of Object.keys(expected.files)) {
    const state = states.get(name) ?? ''
    if (state === '' && !takenOff.includes(name)) wrong.push(`${name} is not known`)
    if (sent.includes(state)) due.set(shaOfFile(stage, name), name)
  }
  for (const number of expected.sentWithoutFile) due.set(shaOfRide(number), `ride ${number}`)
  for (const name of takenOff) due.set(stage.takenOff.get(name) ?? '', name)
  wrong.push(...activitiesWrong(stage, due))
  if (expected.hasWorkouts) wrong.push(...workoutsWrong(stage))
  return [...wrong, ...archiveWrong(stage, [...due.keys()])]
}

/** By the settings; null where no folder is known. */
function isSourcePaused(stage: Stage): boolean | null {
  const { sources } = parseSettings(readFileSync(join(stage.profile, 'settings.json'), 'utf8'))
  const [source] = sources
  return source === undefined ? null : source.isPaused
}

function activitiesWrong(stage: Stage, due: ReadonlyMap<string, string>): readonly string[] {
  const stored = activities(stage.world.service).map(activity => activity.sha256 ?? '')
  const wrong: string[] = []
  for (const [sha, name] of due) {
    const times = stored.filter(one => one === sha).length
    if (times !== 1)
      wrong.push(`${times === 0 ? 'lost' : 'doubled'}: ${name} is ${times} times on the service`)
  }
  const unasked = stored.filter(sha => !due.has(sha))
  return unasked.length === 0
    ? wrong
    : [...wrong, `${unasked.length} activities on the service that nobody asked for`]
}

function workoutsWrong(stage: Stage): readonly string[] {
  const rider = stage.state.athletes.get(athlete.id)
  if (rider === undefined) return ['no athlete']
  const wanted = stage.state.events.map(event => {
    const view = { ext: 'zwo', resolve: false, powerRange: 2.5 } as const
    const text = String(eventJson(event, rider, stage.state, view)['workout_file_base64'])
    return sha256(Buffer.from(text, 'base64'))
  })
  const found = readdirSync(stage.trainer).map(name => sha256(readFileSync(join(stage.trainer, name))))
  const isSame = [...wanted].sort().join() === [...found].sort().join()
  return isSame ? [] : [`workouts: ${readdirSync(stage.trainer).join(', ')} in place of ${wanted.length}`]
}

/** Each ride that is on the service has a copy of its own bytes (P6). */
function archiveWrong(stage: Stage, shas: readonly string[]): readonly string[] {
  const archive = join(stage.profile, 'archive')
  return shas.flatMap(sha => {
    try {
      const copy = gunzipSync(readFileSync(join(archive, sha.slice(0, 2), `${sha}.fit.gz`)))
      return sha256(copy) === sha ? [] : [`the archived copy of ${sha.slice(0, 8)} has other bytes`]
    } catch (error) {
      return [`no archived copy of ${sha.slice(0, 8)}: ${String(error)}`]
    }
  })
}

/** Half-written things that nobody would ever take off again. */
function leftIn(stage: Stage, scene: Scene): readonly string[] {
  const names = readdirSync(stage.profile, { recursive: true, encoding: 'utf8' })
  const isLeft = (name: string): boolean =>
    /\.tmp$|^staging\/|\.unfit$|-journal$/.test(name) || (/\.damaged/.test(name) && !scene.mayBeSetAside)
  const wrong = names.filter(isLeft).map(name => `left over: ${name}`)
  const workouts = readdirSync(stage.trainer).filter(name => name.startsWith('.'))
  const integrity = integrityOf(stage.ledger)
  return [
    ...wrong,
    ...workouts.map(name => `left over: ${name}`),
    ...(integrity === 'ok' ? [] : [`ledger: ${integrity}`]),
  ]
}

function shaOfFile(stage: Stage, name: string): string {
  return stage.takenOff.get(name) ?? sha256(readFileSync(join(stage.world.source, name)))
}

function shaOfRide(number: number): string {
  return sha256(rideNumbers.get(number) ?? new Uint8Array())
}
