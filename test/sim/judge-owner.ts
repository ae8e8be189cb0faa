import type { FileEntry } from '../../shared/reports.ts'
import { readTroubles } from '../../electron/sync/known-troubles.ts'
import type { Computer } from './computer.ts'
import type { RunningMusette } from './musette.ts'

/** What the owner said to leave is left, and told so. */
export function judgeIgnored(computer: Computer, entries: ReadonlyMap<string, FileEntry>): void {
  for (const sha256 of computer.ownerBook.ignored.keys()) {
    if (computer.service.record.uploads.some(upload => upload.sha256 === sha256)) continue
    const entry = entries.get(sha256)
    // A rebuild may hold it instead: it asks, and sends nothing.
    const isLeft = entry === undefined || entry.state === 'ignored' || computer.hasLostLedger
    if (!isLeft) computer.verdict.broken('P7 not ignored', `${sha256.slice(0, 8)} is ${entry.state}`)
  }
}

/** Once all is calm there is no trouble to tell. */
export function judgeTroubles(computer: Computer, { parts }: RunningMusette): void {
  for (const { code, file } of readTroubles(parts.ledger))
    // Where requests are scarce it may well be true.
    if (code !== 'budget-spent' || computer.plan.limits.per15Min > 100)
      computer.verdict.broken('P7 stale trouble', `${code} ${file ?? ''}`)
}

const quarterMs = 15 * 60_000
const dayMs = 86_400_000

/** P5: no more requests in a window than the service allows, whatever ended Musette in between. */
export function judgeBudgets({ plan, service, counts, verdict }: Computer): void {
  // What a power cut takes of the count, and a clock that is set, can't be known.
  if (counts.powerCuts > 0 || plan.troubles.some(({ kind }) => kind === 'clock' || kind === 'ledger lost'))
    return
  const { per15Min, perDay } = plan.limits
  const most = service.record.mostWithin(quarterMs)
  if (most > per15Min) verdict.broken('P5 over the window', `${most} in 15 minutes, ${per15Min} allowed`)
  const days = new Map<number, number>()
  for (const { atMs } of service.record.requests) {
    const day = Math.floor(atMs / dayMs)
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  const mostOfADay = Math.max(0, ...days.values())
  if (mostOfADay > perDay) verdict.broken('P5 over the day', `${mostOfADay} in a day, ${perDay} allowed`)
}
