/** An instant as ISO text; one no date can hold sorts after every date. */
export function isoOrNever(ms: number): string {
  return ms > 0 && ms < 253_402_300_800_000 ? new Date(ms).toISOString() : '9999'
}
