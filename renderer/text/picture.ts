import type { Zone } from '../../shared/workout-profile.ts'

/** The words of a workout's picture. */
export const pictureText = {
  zones: {
    1: 'recovery',
    2: 'endurance',
    3: 'tempo',
    4: 'threshold',
    5: 'VO₂ max',
    6: 'anaerobic',
    7: 'sprint',
  } satisfies Readonly<Record<Zone, string>>,
  zone: (zone: Zone, name: string) => `zone ${zone}, ${name}`,
  steady: (power: string) => `at ${power}`,
  ramp: (from: string, to: string) => `${from} to ${to}`,
  free: 'free ride',
  noPower: 'no power: by feel, heart rate or pace',
  cadence: (rpm: number) => `${rpm} rpm`,
  steps: (total: number) => (total === 1 ? '1 step' : `${total} steps`),
  place: (place: number, total: number) => `Step ${place} of ${total}`,
  cue: (text: string) => `“${text}”`,
  columns: { step: 'Step', duration: 'Duration', target: 'Target', texts: 'Texts' },
} as const
