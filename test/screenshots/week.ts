import { addDays } from '../fake-intervals/clock.ts'
import type { FakeState } from '../fake-intervals/state.ts'
import type { WorkoutStep } from '../fake-intervals/workout-writers/steps.ts'

const warmup: WorkoutStep = {
  kind: 'ramp',
  seconds: 720,
  from: 0.45,
  to: 0.75,
  part: 'warmup',
  text: 'Spin up',
}
const cooldown: WorkoutStep = { kind: 'ramp', seconds: 600, from: 0.6, to: 0.4, part: 'cooldown' }

const threshold: readonly WorkoutStep[] = [
  warmup,
  {
    kind: 'repeat',
    count: 3,
    text: 'Main set',
    steps: [
      { kind: 'steady', seconds: 600, at: 0.98, cadence: 90, text: 'Hold it smooth' },
      { kind: 'steady', seconds: 240, at: 0.55 },
    ],
  },
  cooldown,
]

const shortIntervals: readonly WorkoutStep[] = [
  warmup,
  {
    kind: 'repeat',
    count: 10,
    steps: [
      { kind: 'steady', seconds: 30, at: 1.25 },
      { kind: 'steady', seconds: 30, at: 0.5 },
    ],
  },
  { kind: 'steady', seconds: 300, at: 0.55 },
  {
    kind: 'repeat',
    count: 10,
    steps: [
      { kind: 'steady', seconds: 30, at: 1.25 },
      { kind: 'steady', seconds: 30, at: 0.5 },
    ],
  },
  cooldown,
]

const endurance: readonly WorkoutStep[] = [
  warmup,
  { kind: 'steady', seconds: 5400, at: [0.62, 0.74], text: 'Easy talking pace' },
  { kind: 'freeride', seconds: 1200, text: 'As you like' },
  cooldown,
]

const sweetSpot: readonly WorkoutStep[] = [
  warmup,
  { kind: 'steady', seconds: 1200, at: 0.9, cadence: 85 },
  { kind: 'steady', seconds: 300, at: 0.5 },
  { kind: 'steady', seconds: 1200, at: 0.92, cadence: 85 },
  cooldown,
]

const openers: readonly WorkoutStep[] = [
  warmup,
  { kind: 'steady', seconds: 60, at: 1.1 },
  { kind: 'steady', seconds: 180, at: 0.5 },
  { kind: 'steady', seconds: 60, at: 1.15 },
  cooldown,
]

const easyRun: readonly WorkoutStep[] = [
  { kind: 'steady', seconds: 600, at: 0.7, target: 'pace', text: 'Jog' },
  { kind: 'steady', seconds: 1500, at: [0.75, 0.82], target: 'hr' },
]

/** A training week as a rider has it, from this local date on. */
export function planWeek(state: FakeState, athleteId: string, fromDate: string): void {
  const add = (
    ...[day, time, type, name, steps]: readonly [
      number,
      string,
      string,
      string,
      readonly WorkoutStep[] | null,
    ]
  ): void => {
    const start = `${addDays(fromDate, day)}T${time}:00`
    const indoor = type === 'VirtualRide' ? { indoor: true } : {}
    const fields = { start_date_local: start, category: 'WORKOUT', type, name, description: '', ...indoor }
    state.addEvent(athleteId, steps === null ? { ...fields, moving_time: 2700 } : fields, steps)
  }
  add(0, '19:30', 'VirtualRide', 'Openers', openers)
  add(1, '17:30', 'VirtualRide', 'Threshold 3x10', threshold)
  add(2, '00:00', 'WeightTraining', 'Gym', null)
  add(2, '18:00', 'Run', 'Easy run', easyRun)
  add(3, '17:30', 'VirtualRide', '30/30 intervals', shortIntervals)
  add(4, '09:00', 'Ride', 'Long endurance', endurance)
  add(6, '17:30', 'VirtualRide', 'Sweet spot 2x20', sweetSpot)
}
