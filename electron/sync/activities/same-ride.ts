import type { SameRidePolicy } from '../../../shared/settings.ts'

const decisions: Readonly<Record<SameRidePolicy, boolean>> = {
  // Equal files are left to the service's own hash.
  upload: true,
}

/** Whether a ride may go up although another source (a watch, a trainer's own connection) may have sent it too. */
export function maySend(policy: SameRidePolicy): boolean {
  return decisions[policy]
}
