import { AppError } from '../../../shared/app-error.ts'
import { isActivityState, type ActivityState } from '../../../shared/states.ts'
import { reasonCodes, type Reason } from '../../../shared/reasons.ts'
import type { Row } from '../ports/db.ts'

/*
 * Typed reads of a row's columns. The tables are STRICT, so a surprise here means a damaged ledger,
 * and is said so instead of being carried on.
 */

function damaged(column: string): never {
  throw new AppError('ledger-damaged', `column ${column} holds something unexpected`, 'give-up')
}

export function textOf(row: Row, column: string): string {
  const value = row[column]
  return typeof value === 'string' ? value : damaged(column)
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : textOf(row, column)
}

export function numberOf(row: Row, column: string): number {
  const value = row[column]
  return typeof value === 'number' ? value : damaged(column)
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : numberOf(row, column)
}

export function flagOf(row: Row, column: string): boolean {
  return numberOf(row, column) !== 0
}

export function stateOf(row: Row): ActivityState {
  const value = textOf(row, 'state')
  return isActivityState(value) ? value : damaged('state')
}

export function reasonOf(row: Row): Reason {
  const value = textOf(row, 'reason_code')
  const code = reasonCodes.find(known => known === value) ?? damaged('reason_code')
  return { code, detail: textOrNull(row, 'reason_detail') }
}

export function idsOf(row: Row, column: string): readonly string[] {
  return listOf(textOf(row, column), column)
}

/** A JSON list of texts; `name` is for the error. */
export function listOf(text: string, name: string): readonly string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return damaged(name)
  }
  return Array.isArray(value) ? value.map(String) : damaged(name)
}
