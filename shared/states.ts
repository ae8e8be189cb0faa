/** What can become of a recording or a file (ARCHITECTURE.md, "A ride's life"). */
export const activityStates = [
  'waiting',
  'notActivity',
  'tooOld',
  'held',
  'queued',
  'uploading',
  'uploaded',
  'alreadyThere',
  'rejected',
  'retrying',
  'ignored',
] as const

export type ActivityState = (typeof activityStates)[number]

export function isActivityState(text: string): text is ActivityState {
  return (activityStates as readonly string[]).includes(text)
}

/** From the least finished to the most: a zip is in the state of its least-finished ride. */
export const statesByFinish: readonly ActivityState[] = [
  'waiting',
  'uploading',
  'retrying',
  'queued',
  'held',
  'rejected',
  'uploaded',
  'alreadyThere',
  'ignored',
  'tooOld',
  'notActivity',
]

const finishedness = new Map(statesByFinish.map((state, place) => [state, place]))

/** The state a container shows for what is inside it. */
export function leastFinished<T extends { readonly state: ActivityState }>(items: readonly T[]): T | null {
  return items.reduce<T | null>(
    (worst, item) => (worst === null || place(item) < place(worst) ? item : worst),
    null,
  )
}

function place(item: { readonly state: ActivityState }): number {
  return finishedness.get(item.state) ?? 0
}
