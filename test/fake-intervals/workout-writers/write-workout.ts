import { writeErg, writeMrc } from './erg-mrc.ts'
import { writeFitWorkout } from './fit.ts'
import type { WorkoutSource } from './steps.ts'
import { writeZwo } from './zwo.ts'

export type WorkoutFormat = 'zwo' | 'mrc' | 'erg' | 'fit'

/** Is this one of the four formats the service exports? */
export function isWorkoutFormat(text: string | null): text is WorkoutFormat {
  return text !== null && ['zwo', 'mrc', 'erg', 'fit'].includes(text)
}

/** The workout as a file, and the name the service gives it: the workout's, with spaces as underscores. */
export function writeWorkout(
  workout: WorkoutSource,
  format: WorkoutFormat,
  createdMs: number,
): { readonly fileName: string; readonly content: Buffer } {
  // Nothing but spaces is replaced, so a client must not trust the name.
  return {
    fileName: `${workout.name.replaceAll(' ', '_')}.${format}`,
    content: contentOf(workout, format, createdMs),
  }
}

function contentOf(workout: WorkoutSource, format: WorkoutFormat, createdMs: number): Buffer {
  switch (format) {
    case 'zwo':
      return Buffer.from(writeZwo(workout))
    case 'erg':
      return Buffer.from(writeErg(workout))
    case 'mrc':
      return Buffer.from(writeMrc(workout))
    case 'fit':
      return writeFitWorkout(workout, createdMs)
  }
}
