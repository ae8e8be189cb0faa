import { assertNever } from '../../../shared/assert-never.ts'
import type { FileAction } from '../../../shared/app-snapshot.ts'
import type { ActivityState } from '../../../shared/states.ts'

/** What is left of a file to act on. */
export interface ActionFacts {
  readonly isPresent: boolean
  /** True when its rides are in the archive. */
  readonly isKept: boolean
  /** True when a part of a damaged file can be read as a ride. */
  readonly hasReadablePart: boolean
}

const allAtHand: ActionFacts = { isPresent: true, isKept: true, hasReadablePart: true }

/** What makes sense for a file in this state, the likeliest first; without facts, as if all of it were at hand. */
export function actionsFor(
  state: ActivityState,
  reasonCode: string,
  facts: ActionFacts = allAtHand,
): readonly FileAction[] {
  const isAtHand = facts.isPresent || facts.isKept
  return possible(state, reasonCode, facts).filter(action => isAtHand || action === 'ignore')
}

function possible(state: ActivityState, reasonCode: string, facts: ActionFacts): readonly FileAction[] {
  switch (state) {
    case 'waiting':
      return whileWaiting(reasonCode)
    case 'held':
      return whileHeld(reasonCode, facts)
    case 'queued':
      return ['ignore']
    case 'retrying':
    case 'rejected':
      return ['retry', 'ignore']
    case 'tooOld':
      return ['uploadAnyway']
    case 'uploaded':
      // What is there needs no second sending; what was deleted there may be wanted back.
      return reasonCode === 'deleted-on-service' ? ['uploadAnyway'] : []
    case 'ignored':
      return whenIgnored(reasonCode, facts)
    case 'alreadyThere':
      // Left to another app's activity: the user may want Musette's own all the same.
      return reasonCode === 'had-it-already' ? ['uploadAnyway'] : []
    case 'uploading':
    case 'notActivity':
      return []
    default:
      return assertNever(state)
  }
}

function whileWaiting(reasonCode: string): readonly FileAction[] {
  switch (reasonCode) {
    case 'not-looked-at':
    case 'settling':
    case 'changing':
      // A matter of seconds: looking again is under way.
      return ['ignore']
    case 'unfinished':
      return ['retry', 'uploadAnyway', 'ignore']
    default:
      return ['retry', 'ignore']
  }
}

function whileHeld(reasonCode: string, { hasReadablePart }: ActionFacts): readonly FileAction[] {
  switch (reasonCode) {
    case 'damaged':
      return hasReadablePart ? ['uploadAnyway', 'retry', 'ignore'] : ['retry', 'ignore']
    case 'nothing-made':
      return ['retry', 'ignore']
    default:
      return ['uploadAnyway', 'ignore']
  }
}

function whenIgnored(reasonCode: string, { isKept }: ActionFacts): readonly FileAction[] {
  switch (reasonCode) {
    case 'ignored-by-you':
      return ['retry']
    case 'source-removed':
      // Nobody looks into its folder any more: only what was archived can still go.
      return isKept ? ['retry'] : []
    case 'went-away':
    case 'superseded':
      return []
    default:
      return ['uploadAnyway']
  }
}
