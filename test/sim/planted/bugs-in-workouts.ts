import type { PlantedBug } from './bugs.ts'

const planning = 'sync/workouts/plan-writes.ts'

/** Bugs on the way of a workout into a trainer's folder. */
export const workoutBugs: readonly PlantedBug[] = [
  {
    name: 'an empty mount point is taken for the trainer folder',
    patches: [
      {
        file: 'sync/workouts/known-root.ts',
        find: '  if (wasMountTop && !(await holdsOurs(deps, trainerId, folder))) throw folderAway(folder)\n',
        replace: '',
      },
    ],
  },
  {
    name: 'what a device took from its inbox is put there again',
    patches: [
      {
        file: planning,
        find: "      if (input.kind === 'inbox') {\n",
        replace: "      if (input.kind === 'inbox') return null\n      if (input.format === 'none') {\n",
      },
      {
        file: planning,
        find: "const delivered = input.kind === 'inbox' &&",
        replace: 'const delivered = false &&',
      },
    ],
  },
  {
    name: 'each reply makes a new version of a FIT workout',
    patches: [
      {
        file: 'formats/workout/workout-version.ts',
        find: "const counted = format === 'fit' ? (withoutMaking(content) ?? content) : content",
        replace: 'const counted = content',
      },
    ],
  },
  {
    name: 'a file that was renamed before a kill is ours only while it is as written',
    patches: [
      {
        file: 'sync/workouts/workout-files.ts',
        find: 'const wasRenamed = (await deps.disk.stat(tempPath(target, row))) === null',
        replace: `const wasRenamed = (await deps.disk.stat(tempPath(target, row))) === null &&
        (await statusNow(deps.disk, target.folder, { ...row, workout: null })) === 'ours'`,
      },
    ],
  },
]
