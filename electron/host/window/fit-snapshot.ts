import type { AppSnapshot } from '../../../shared/app-snapshot.ts'

/** A snapshot's JSON stays under this: it goes out up to four times a second. */
export const mostSnapshotBytes = 64_000

/** How much of what can be long is kept. */
interface Room {
  /** Characters of a text. */
  readonly text: number
  /** Entries of troubles, needs and last rides. */
  readonly list: number
  /** Coming workouts that keep their picture. */
  readonly pictures: number
  /** Sources and trainers, each. */
  readonly folders: number
}

/** From hardly noticed to plainly short. No folder is left out before everything else is as short as it can be. */
const rooms: readonly Room[] = [
  { text: 400, list: 40, pictures: 5, folders: Infinity },
  { text: 200, list: 20, pictures: 1, folders: Infinity },
  { text: 120, list: 10, pictures: 1, folders: Infinity },
  { text: 60, list: 5, pictures: 0, folders: Infinity },
  { text: 40, list: 3, pictures: 0, folders: Infinity },
  ...[64, 32, 16, 8].map(folders => ({ text: 40, list: 3, pictures: 0, folders })),
]

/** The snapshot, with long texts cut in their middle and long lists at their end where it would be too large. Pure. */
export function fitSnapshot(snapshot: AppSnapshot, mostBytes = mostSnapshotBytes): AppSnapshot {
  let fitted = snapshot
  for (const room of rooms) {
    if (Buffer.byteLength(JSON.stringify(fitted)) <= mostBytes) break
    fitted = cut(snapshot, room)
  }
  return fitted
}

function cut(snapshot: AppSnapshot, { text, list, pictures, folders }: Room): AppSnapshot {
  return {
    ...snapshot,
    sources: shorten(snapshot.sources.slice(0, folders), text),
    trainers: shorten(snapshot.trainers.slice(0, folders), text),
    progress: shorten(snapshot.progress, text),
    needs: shorten(snapshot.needs.slice(0, list), text),
    lastRides: shorten(snapshot.lastRides.slice(0, list), text),
    troubles: shorten(snapshot.troubles.slice(0, list), text),
    nextWorkouts: shorten(
      snapshot.nextWorkouts.map((workout, place) =>
        place < pictures ? workout : { ...workout, profile: null },
      ),
      text,
    ),
  }
}

/** The same value with each long text cut; ids, instants and fixed words are never that long. */
function shorten<T>(value: T, most: number): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'string' ? cutMiddle(part, most) : part,
  ) as T // plain data of the same shape: only texts have become shorter
}

/** Both ends tell most: of a path its file, of a name its beginning. Never cuts through a character. */
function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text
  const head = text.slice(0, Math.ceil((most - 1) / 2)).replace(/[\uD800-\uDBFF]$/, '')
  const tail = text.slice(text.length - Math.floor((most - 1) / 2)).replace(/^[\uDC00-\uDFFF]/, '')
  return `${head}…${tail}`
}
