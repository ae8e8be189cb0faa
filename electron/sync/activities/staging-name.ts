import { randomUUID } from 'node:crypto'

/** A name no other staging file has; what a killed process left is swept at start. */
export function stagingName(): string {
  return randomUUID()
}
