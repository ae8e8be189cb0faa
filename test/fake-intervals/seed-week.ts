import { addDays } from './clock.ts'
import type { FakeState } from './state.ts'
import type { FakeEvent, JsonObject } from './types.ts'
import type { WorkoutStep } from './workout-writers/steps.ts'

const warmup: WorkoutStep = {
  kind: 'ramp',
  seconds: 600,
  from: 0.5,
  to: 0.7,
  part: 'warmup',
  text: 'Spin up',
}
const cooldown: WorkoutStep = { kind: 'ramp', seconds: 480, from: 0.6, to: 0.4, part: 'cooldown' }

const threshold: readonly WorkoutStep[] = [
  warmup,
  {
    kind: 'repeat',
    count: 3,
    text: 'Main set',
    steps: [
      { kind: 'steady', seconds: 480, at: 0.96, cadence: 90 },
      { kind: 'steady', seconds: 240, at: 0.55 },
    ],
  },
  cooldown,
]

const endurance: readonly WorkoutStep[] = [
  warmup,
  { kind: 'steady', seconds: 3600, at: [0.56, 0.75], text: 'Keep it easy' },
  { kind: 'freeride', seconds: 600, text: 'As you like' },
  cooldown,
]

const sprints: readonly WorkoutStep[] = [
  warmup,
  {
    kind: 'repeat',
    count: 8,
    steps: [
      { kind: 'steady', seconds: 20, at: 1.7 },
      { kind: 'steady', seconds: 160, at: 0.5 },
    ],
  },
  cooldown,
]

const openers: readonly WorkoutStep[] = [warmup, { kind: 'steady', seconds: 300, at: 0.9 }, cooldown]

const easyRun: readonly WorkoutStep[] = [
  { kind: 'steady', seconds: 600, at: 0.7, target: 'pace', text: 'Jog' },
  { kind: 'steady', seconds: 1200, at: [0.75, 0.82], target: 'hr' },
]

/**
 * A week from `fromDate` (local, yyyy-MM-dd) with what a real calendar holds: rides indoors and out, a run, a note, a
 * race without a workout, a category nobody knows, a workout without steps, two of one name on one day, and names that
 * are no good as file names. For the first athlete when none is given. Answers the events in their order.
 */
export function seedWeek(state: FakeState, fromDate: string, athleteId?: string): readonly FakeEvent[] {
  const owner = athleteId ?? [...state.athletes.keys()][0] ?? ''
  const add = (day: number, fields: JsonObject, steps: readonly WorkoutStep[] | null = null): FakeEvent => {
    const start = `${addDays(fromDate, day)}T00:00:00`
    return state.addEvent(
      owner,
      { start_date_local: start, category: 'WORKOUT', type: 'Ride', ...fields },
      steps,
    )
  }
  const indoor = { type: 'VirtualRide', indoor: true }
  return [
    add(0, { ...indoor, name: 'Threshold 3x8', description: 'Hold the top end of threshold.' }, threshold),
    add(0, {
      category: 'NOTE',
      type: null,
      name: 'Build week 2',
      description: 'Start of build phase',
      for_week: true,
    }),
    add(1, { name: 'Endurance', description: 'Long & easy' }, endurance),
    add(1, { name: 'Endurance', description: 'The second one, after work' }, openers),
    add(2, { type: 'Run', name: 'Easy run', description: '' }, easyRun),
    add(2, { type: 'WeightTraining', name: 'Gym', description: 'Squats and core', moving_time: 2700 }),
    add(3, { ...indoor, name: '../../etc/passwd: <Über> "100%"?*', description: 'Odd & <strange>' }, sprints),
    add(4, { ...indoor, name: `🚴 ${'Very long name '.repeat(12)}end 🏁`, description: '' }, sprints),
    add(4, { category: 'SOMETHING_NEW', type: null, name: 'From a later version', description: '' }),
    add(
      5,
      { ...indoor, name: 'Openers', description: '', start_date_local: `${addDays(fromDate, 5)}T07:00:00` },
      openers,
    ),
    add(6, { category: 'RACE_B', name: 'Autumn TT', description: '', moving_time: 2400, workout_doc: {} }),
  ]
}
