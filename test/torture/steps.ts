/** The moments at which Musette is killed on purpose. Each is met in one of its threads, and that thread is stopped there. */
export const pausedSteps = [
  'staging copy half written',
  'staging copy half hashed',
  'archive copy half written',
  'archive copy flushed, not renamed',
  'archive copy renamed, folder not flushed',
  'ride not committed',
  'ride committed',
  'intent not committed',
  'intent committed, nothing sent',
  'half of the body sent',
  'reply read, outcome not committed',
  'outcome committed',
  'workout intent not committed',
  'workout file half written',
  'workout file flushed, not renamed',
  'workout file renamed, folder not flushed',
  'workout file in place, manifest not committed',
  'workout removal committed, file there',
  'workout file removed, manifest not committed',
  'settings half written',
  'settings flushed, not renamed',
  'settings renamed, last good copy old',
] as const

export type PausedStep = (typeof pausedSteps)[number]

/** The moments that only the service knows: it holds its answer, and Musette is killed meanwhile. */
export const serviceSteps = ['whole body sent, not stored', 'stored, no reply'] as const

export type ServiceStep = (typeof serviceSteps)[number]

/** Written into the ledger's file itself only while the log is folded in: the kill comes with such a write. */
export const checkpointStep: Step = 'ledger checkpoint'

/** After a random time, wherever that is. */
export const clockStep: Step = 'by the clock'

export type Step = PausedStep | ServiceStep | 'ledger checkpoint' | 'by the clock'

/** Every named step; all but the last are placed. */
export const allSteps: readonly Step[] = [...pausedSteps, ...serviceSteps, checkpointStep, clockStep]

/** What must have changed for a step to be met. */
export function needOf(step: Step): 'rides' | 'workouts' | 'removal' | 'settings' {
  if (step.startsWith('workout removal') || step.startsWith('workout file removed')) return 'removal'
  if (step.startsWith('workout')) return 'workouts'
  return step.startsWith('settings') ? 'settings' : 'rides'
}

export function isPausedStep(step: Step): step is PausedStep {
  return pausedSteps.some(one => one === step)
}

export function isServiceStep(step: Step): step is ServiceStep {
  return serviceSteps.some(one => one === step)
}
