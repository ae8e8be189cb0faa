import type { AppSnapshot, SourceView } from '../../../shared/app-snapshot.ts'
import type { RideMemory } from '../parse-desktop-state.ts'
import type { Notice } from './notices.ts'

/*
 * [Note: Long silence] A source that had rides every week and then none for four weeks may have broken: the trainer's
 * program writes elsewhere, or a device is no longer copied. Four weeks, because three are a holiday, an injury or a
 * training camp on other devices; every week before it, because of a folder used now and then nothing can be said. Only
 * rides that Musette saw come in count, so a folder of old rides never speaks up.
 */
const dayMs = 86_400_000
const silentForMs = 28 * dayMs
/** Regular: so many different days with rides within this time, none further apart than a week. */
const regularRides = 5
const longestGapMs = 8 * dayMs

export interface Silences {
  readonly state: RideMemory
  readonly notices: readonly Notice[]
}

/** Remembers each source's newest ride, and tells once of a regular one that has gone silent. */
export function longSilences(
  memory: RideMemory,
  snapshot: AppSnapshot,
  nowMs: number,
  isQuiet: boolean,
): Silences {
  const startsAt: Record<string, readonly number[]> = {}
  const toldAfter: Record<string, number> = {}
  const notices: Notice[] = []
  for (const source of snapshot.sources) {
    const starts = remember(memory.startsAt[source.id] ?? [], source)
    if (starts.length > 0) startsAt[source.id] = starts
    const newest = starts.at(-1)
    const told = memory.toldAfter[source.id]
    if (told !== undefined) toldAfter[source.id] = told
    // Another ride ends a silence; so do a folder that is away or paused, which say so themselves.
    const isLooking = !source.isPaused && (source.health === 'watching' || source.health === 'empty')
    if (isQuiet || newest === undefined || newest === told || !isLooking) continue
    if (nowMs - newest < silentForMs || !isRegular(starts)) continue
    toldAfter[source.id] = newest
    notices.push({
      level: 'needsYou',
      title: `No rides from ${source.name} for ${Math.floor((nowMs - newest) / (7 * dayMs))} weeks`,
      body: 'It had rides every week before. If you have been riding, check that they still land in its folder.',
      page: 'folders',
      fileId: null,
    })
  }
  return { state: { startsAt, toldAfter }, notices }
}

/** One ride a day is enough to judge by. */
function remember(starts: readonly number[], { newestAt }: SourceView): readonly number[] {
  const at = newestAt === null ? Number.NaN : Date.parse(newestAt)
  const last = starts.at(-1)
  if (Number.isNaN(at) || (last !== undefined && at <= last)) return starts
  const isSameDay = last !== undefined && at - last < dayMs / 2
  return [...(isSameDay ? starts.slice(0, -1) : starts), at].slice(-regularRides)
}

function isRegular(starts: readonly number[]): boolean {
  if (starts.length < regularRides) return false
  return starts.every((at, index) => index === 0 || at - (starts[index - 1] ?? at) <= longestGapMs)
}
