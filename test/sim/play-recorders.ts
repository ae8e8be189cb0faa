import type { Computer } from './computer.ts'
import type { PlannedUse } from './plan.ts'
import type { RecorderPlan } from './recorder.ts'
import { recorders } from './recorders/all.ts'

/** Starts all that record in this run. Answers when the last step is due, in ms since the start of the run. */
export function playRecorders(computer: Computer): number {
  let endMs = 0
  for (const use of computer.plan.uses) {
    const recorder = recorders[use.recorder]
    if (recorder === undefined) throw new RangeError(`there is no recorder ${use.recorder}`)
    const random = computer.random.fork(`recorder ${use.key}`)
    const plan = recorder.plan(random, computer.plan.startMs + use.startsAtMs, use.key)
    const lengthMs = plan.steps.reduce((sum, step) => sum + step.afterMs, 0)
    endMs = Math.max(endMs, use.startsAtMs + lengthMs)
    void play(computer, use, plan)
  }
  return endMs
}

/** Another app may have the same ride from the device's own cloud, as soon as it is over. */
function bringElsewhere({ plan, service, wallClock, random }: Computer, bytes: Uint8Array): void {
  const others = random.fork(`elsewhere ${bytes.length}`)
  if (others.chance(plan.service.othersChance))
    service.activities.bringRideOf(bytes, wallClock.trueMs, others)
}

async function play(computer: Computer, use: PlannedUse, plan: RecorderPlan): Promise<void> {
  const { scheduler, book, disk } = computer
  const root = computer.plan.sources[use.source]?.folder
  if (root === undefined) throw new RangeError(`there is no folder ${use.source}`)
  await scheduler.task('recorder begins', use.startsAtMs)
  // What was recording when the power went is over; what begins later is not.
  const life = computer.power
  book.begin(use, plan, root)
  for (const [index, { afterMs, act }] of plan.steps.entries()) {
    await scheduler.task(`recorder ${use.key} ${act.kind}`, afterMs, life)
    book.beforeAct(root, act)
    disk.act(root, act)
    book.afterStep(use, plan, index)
    for (const ride of plan.rides.filter(one => one.wholeAfterStep === index))
      bringElsewhere(computer, ride.bytes)
  }
}
