import { AppError } from '../../../shared/app-error.ts'

/**
 * Trouble of the ledger itself. Whoever takes trouble as a file's, a folder's or a service's own lets this pass: nothing
 * that would be written down after it could be relied on.
 */
export function isLedgerTrouble(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('ledger-')
}
