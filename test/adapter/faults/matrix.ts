import type { Cell } from './cells.ts'
import { eventsCells } from './cells/events.ts'
import { lookUpCells } from './cells/look-up.ts'
import { profileCells } from './cells/profile.ts'
import { sameRideCells } from './cells/same-ride.ts'
import { uploadCells } from './cells/upload.ts'

/** One kind of request with all its cells. */
export interface Part {
  readonly title: string
  readonly about: string
  readonly cells: readonly Cell[]
}

/** Every cell there is, by the kind of request that the fault befalls. */
export const matrix = {
  upload: { title: 'An upload', about: 'The fault befalls every POST of a ride.', cells: uploadCells },
  profile: {
    title: 'The profile',
    about: 'The first request of every pass: whose key it is.',
    cells: profileCells,
  },
  lookUp: {
    title: 'The look-up',
    about:
      'The list that is asked after an answer was lost. Here the answer to the first ride was lost after the service had stored it, and then the list is at fault.',
    cells: lookUpCells,
  },
  sameRide: {
    title: 'The list before sending',
    about: 'A folder whose policy is to ask about rides from other apps: the list is asked before each ride.',
    cells: sameRideCells,
  },
  events: {
    title: 'The calendar',
    about: 'The events of which a trainer folder is filled. Rides go up beside it.',
    cells: eventsCells,
  },
} as const satisfies Readonly<Record<string, Part>>
