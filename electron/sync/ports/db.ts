export type SqlValue = string | number | bigint | null | Uint8Array
export type Row = Readonly<Record<string, SqlValue>>

/**
 * SQLite, synchronous and small. Statements are cached by their text. Failures are AppErrors
 * (`ledger-damaged`, `disk-full`, `disk-error`).
 */
export interface Db {
  run(sql: string, ...values: readonly SqlValue[]): { readonly changes: number; readonly lastId: number }
  get(sql: string, ...values: readonly SqlValue[]): Row | null
  all(sql: string, ...values: readonly SqlValue[]): readonly Row[]
  /** Runs several statements, for the schema. */
  script(sql: string): void
  /**
   * Commits all of `work` or none of it. `full` returns only once the disk has it (intents, outcomes, manifests);
   * `normal` survives a killed process, and a power cut up to the last checkpoint (scan results, counters).
   * Inside another transaction it simply joins it.
   */
  transaction<T>(durability: 'full' | 'normal', work: () => T): T
  close(): void
}
