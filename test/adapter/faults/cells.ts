import type { Kind, Outcome } from './run-cell.ts'

/** One request kind and one fault, with what must come of it. */
export interface Cell {
  readonly kind: Kind
  readonly fault: string
  readonly expected: Omit<Outcome, 'broken'>
}

/**
 * Reads a table of cells, one row each: the fault; the rides after one `sync` with it, what people are told, how long
 * everything waits, and what was asked by then; the rides and what was asked once it is over and all has drained.
 */
export function cellsOf(kind: Kind, table: string): readonly Cell[] {
  return rowsOf(table, 7).map(row => {
    const [fault = '', rides = '', told = '', pause = '', asked = '', end = '', askedInAll = ''] = row
    return { kind, fault, expected: { rides, told, pause, asked, end, askedInAll } }
  })
}

/** The rows of a table of text, each with so many cells, none of them empty. */
export function rowsOf(table: string, columns: number): readonly (readonly string[])[] {
  const lines = table.split('\n').filter(line => line.trim() !== '')
  return lines.map(line => {
    const row = line.split('|').map(cell => cell.trim())
    if (row.length !== columns || row.includes('')) throw new Error(`not a row of ${columns}: ${line}`)
    return row
  })
}

/** Rows as a table of text, with columns that stand below each other. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0))) ?? []
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')
  return rows.map(row => line(row).trimEnd()).join('\n')
}

/** A cell's columns. */
export function columnsOf(fault: string, outcome: Omit<Outcome, 'broken'>): readonly string[] {
  const { rides, told, pause, asked, end, askedInAll } = outcome
  return [fault, rides, told, pause, asked, end, askedInAll]
}
