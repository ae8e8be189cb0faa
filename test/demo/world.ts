import type { FakeState } from '../fake-intervals/state.ts'
import type { LoggedRequest } from '../fake-intervals/types.ts'
import type { DemoFolders } from './folders.ts'
import type { Ended } from './musette.ts'
import type { DemoFiles } from './rides.ts'
import type { Stage } from './stage.ts'
import type { DemoWorkout } from './workouts.ts'

/** All that the story is told with. */
export interface World {
  readonly stage: Stage
  readonly folders: DemoFolders
  readonly files: DemoFiles
  readonly service: FakeState
  readonly zwift: readonly DemoWorkout[]
  readonly garmin: readonly DemoWorkout[]
  readonly nowMs: number
  readonly timeZone: string
  /** Aborts when the demo is to stop. */
  readonly signal: AbortSignal
  readonly musette: (...args: readonly string[]) => Promise<Ended>
}

/** A workout the rider keeps in Zwift's folder: not Musette's, so not touched. */
export const ownWorkout = {
  name: 'my own favourite.zwo',
  text: '<workout_file><name>Mine</name></workout_file>\n',
}

/** Is this request an upload? */
export function isUpload(request: LoggedRequest): boolean {
  return request.method === 'POST' && request.path.endsWith('/activities')
}

/** A command's JSON; null, and a failure noted, where there is none. */
export function readJson(stage: Stage, command: string, end: Ended): unknown {
  try {
    return JSON.parse(end.out)
  } catch {
    stage.fail(`musette ${command} --json printed no JSON. ${end.err.trim()}`)
    return null
  }
}

/** Every command should have ended with this code; one that did not is told with its words. */
export function expectEnds(stage: Stage, what: string, ends: ReadonlyMap<string, Ended>, code: number): void {
  const shown = (end: Ended): object =>
    end.code === code ? { code } : { code: end.code, said: end.err.trim().slice(0, 200) }
  stage.expect(
    what,
    new Map([...ends.keys()].map(name => [name, { code }])),
    new Map([...ends].map(([name, end]) => [name, shown(end)])),
  )
}
