import type { FuzzTarget } from '../target.ts'
import { activityTargets } from './activities.ts'
import { archiveTargets } from './archives.ts'
import { httpTargets } from './http.ts'
import { nameTargets } from './names.ts'
import { plantedTargets } from './planted.ts'
import { replyTargets } from './replies.ts'
import { requestTargets } from './requests.ts'
import { wholeFileTargets } from './whole-files.ts'
import { workoutTargets } from './workouts.ts'

/** Every reader of what comes from outside. */
export const allTargets: readonly FuzzTarget[] = [
  ...activityTargets,
  ...archiveTargets,
  ...wholeFileTargets,
  ...workoutTargets,
  ...replyTargets,
  ...httpTargets,
  ...requestTargets,
  ...nameTargets,
]

/** The target of that name, planted ones too. Throws for one that is not known. */
export function findTarget(name: string): FuzzTarget {
  const target = [...allTargets, ...plantedTargets].find(one => one.name === name)
  if (target === undefined)
    throw new RangeError(`there is no target ${name}, but: ${allTargets.map(one => one.name).join(', ')}`)
  return target
}
