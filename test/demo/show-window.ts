import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { httpPaths } from '../../shared/ipc-contract.ts'
import { putFile } from './folders.ts'
import type { DemoFolders } from './folders.ts'
import { environmentOf, launcherOf, musetteIn } from './musette.ts'
import type { MusetteSetup } from './musette.ts'
import type { DemoFiles } from './rides.ts'
import type { Stage } from './stage.ts'
import { ownWorkout } from './world.ts'

/** What the window is shown over. */
export interface WindowScene {
  readonly stage: Stage
  readonly folders: DemoFolders
  readonly files: DemoFiles
  readonly nowMs: number
  readonly setup: MusetteSetup
}

/** Shows the demo's world in Musette's window until the signal comes. Answers the exit code. */
export async function showWindow(scene: WindowScene): Promise<number> {
  const { stage, setup } = scene
  if (!(await prepare(scene))) return 1
  const child = spawn(process.execPath, [launcherOf(setup), 'run', '--ui'], {
    env: environmentOf(setup),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  // Ctrl+C reaches it by itself; any other end of the demo must not leave it running.
  const stop = (): void => void child.kill('SIGTERM')
  setup.signal.addEventListener('abort', stop, { once: true })
  if (setup.signal.aborted) stop()
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const address = text.trim()
    if (address !== '') void showAddress(stage, address)
  })
  await ended
  setup.signal.removeEventListener('abort', stop)
  if (setup.signal.aborted || child.exitCode === 0) return 0
  stage.paragraph(`Musette ended by itself. ${said.trim()}`, 'bad')
  return 1
}

/** Never rejects. The guide of the first run is passed over: its folders are chosen already. */
async function showAddress(stage: Stage, address: string): Promise<void> {
  const { origin, hash } = new URL(address)
  const headers = {
    authorization: `Bearer ${hash.replace('#token=', '')}`,
    'content-type': 'application/json',
  }
  const body = JSON.stringify([{ isFirstRunDone: true }])
  const request = `${origin}${httpPaths.request}/changePreferences`
  await fetch(request, { method: 'POST', headers, body }).catch(() =>
    stage.fail('The window did not answer.'),
  )
  stage.say()
  stage.say(`  ${address}`)
  stage.say()
  stage.paragraph('Open this in a browser on this computer. Ctrl+C ends the demo and leaves nothing behind.')
}

/** The same folders as in the story, with the rides already in them. False when a folder could not be added. */
async function prepare({ stage, folders, files, nowMs, setup }: WindowScene): Promise<boolean> {
  const musette = musetteIn(setup)
  putFile(folders.rides, files.before, nowMs)
  writeFileSync(join(folders.zwift, ownWorkout.name), ownWorkout.text)
  const added = [
    await musette('source', 'add', folders.rides),
    await musette('trainer', 'add', folders.zwift, ...'--format zwo --sports Ride,VirtualRide'.split(' ')),
    await musette('trainer', 'add', folders.garmin, ...'--format fit --name Edge'.split(' ')),
  ]
  for (const file of [files.original, ...files.others, files.unfinished]) putFile(folders.rides, file, nowMs)
  const failed = added.find(end => end.code !== 0)
  if (failed !== undefined && !setup.signal.aborted) stage.paragraph(failed.err.trim(), 'bad')
  return failed === undefined
}
