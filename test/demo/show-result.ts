import { hashesIn } from './folders.ts'
import { minutesText, table, whenText } from './page.ts'
import { sha256Of } from './rides.ts'
import type { DemoRide } from './rides.ts'
import type { Stage } from './stage.ts'
import type { DemoWorkout } from './workouts.ts'
import { isUpload, ownWorkout } from './world.ts'
import type { World } from './world.ts'

/** Shows what the service and the trainers' folders hold at the end, and checks each of them. */
export function showResult({ stage, files, folders, service, zwift, garmin, nowMs, timeZone }: World): void {
  stage.scene('5  What there is now', 'On Intervals.icu:')
  const rides = new Map(
    [files.original, ...files.others, files.finished]
      .flatMap(file => file.rides)
      .map(ride => [ride.sha256, ride]),
  )
  const activities = service.activities.toSorted((a, b) => b.startDate.localeCompare(a.startDate))
  const rows = activities.map(activity => [
    whenText(Date.parse(activity.startDate), nowMs, timeZone),
    activity.type,
    minutesText(activity.elapsedS),
    activity.id,
    activity.fileName ?? '',
  ])
  for (const line of table(stage.style, ['Started', 'Sport', 'Time', 'Activity', 'From'], rows))
    stage.say(line)
  const known = (ride: DemoRide): object => ({ ...ride, externalId: `musette-${ride.sha256.slice(0, 32)}` })
  stage.expect(
    'Activities on the service',
    new Map([...rides].map(([sha256, ride]) => [sha256, known(ride)])),
    new Map(
      service.activities.map(activity => [
        activity.sha256 ?? activity.id,
        {
          sha256: activity.sha256,
          fileName: activity.fileName,
          type: activity.type,
          startMs: Date.parse(activity.startDate),
          durationS: activity.elapsedS,
          externalId: activity.externalId,
        },
      ]),
    ),
  )
  // One by one: two equal ones would be one entry above.
  const sorted = [...rides.keys()].toSorted()
  const sent = service.requests.filter(isUpload).map(request => request.fileSha256)
  stage.expect(
    'The service',
    new Map<string, unknown>([
      ['activities', sorted],
      ['uploads', sorted],
    ]),
    new Map<string, unknown>([
      ['activities', service.activities.map(activity => activity.sha256).toSorted()],
      ['uploads', sent.toSorted()],
    ]),
  )
  showWorkouts(stage, 'Zwift', folders.zwift, zwift, [ownWorkout])
  showWorkouts(stage, 'Edge', folders.garmin, garmin, [])
}

function showWorkouts(
  stage: Stage,
  trainer: string,
  folder: string,
  workouts: readonly DemoWorkout[],
  foreign: readonly (typeof ownWorkout)[],
): void {
  const there = hashesIn(folder)
  const own = new Set(foreign.map(file => file.name))
  stage.say()
  stage.paragraph(`In ${trainer}'s folder:`)
  const rows = [...there.keys()]
    .toSorted()
    .map(name => [own.has(name) ? 'yours, untouched' : 'written', name])
  for (const line of table(stage.style, ['Workout', 'File'], rows)) stage.say(line)
  stage.expect(
    `${trainer}'s folder`,
    new Map([
      ...workouts.map(({ fileName, sha256 }) => [fileName, sha256] as const),
      ...foreign.map(({ name, text }) => [name, sha256Of(Buffer.from(text))] as const),
    ]),
    there,
  )
}
