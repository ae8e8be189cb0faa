import type { FileActivity } from '../types.ts'
import { namedSport } from './sports.ts'
import { attribute, decodeText, plainText, tagsOf } from './xml.ts'

interface Draft {
  sport: string | null
  name: string | null
  device: string | null
  firstMs: number | null
  lastMs: number | null
  lapSeconds: number
  lapMetres: number
  metres: number
}

const emptyDraft = (): Draft => ({
  sport: null,
  name: null,
  device: null,
  firstMs: null,
  lastMs: null,
  lapSeconds: 0,
  lapMetres: 0,
  metres: 0,
})

/** `tcx` or `gpx` by the root element; null for anything else. Looks at the first 64 kB only. */
export function xmlKind(bytes: Buffer): 'tcx' | 'gpx' | null {
  for (const tag of tagsOf(decodeText(bytes.subarray(0, 65_536)))) {
    return tag.name === 'TrainingCenterDatabase' ? 'tcx' : tag.name === 'gpx' ? 'gpx' : null
  }
  return null
}

/** The activities of a TCX file with at least one timed point each; empty when it is cut off or holds none. */
export function readTcx(bytes: Buffer): readonly FileActivity[] {
  const drafts: Draft[] = []
  const path: string[] = []
  let isWhole = false
  for (const tag of tagsOf(decodeText(bytes))) {
    const parent = path.at(-1)
    if (tag.kind === 'close') {
      path.pop()
      isWhole = tag.name === 'TrainingCenterDatabase'
      continue
    }
    if (tag.kind === 'open') path.push(tag.name)
    const draft = drafts.at(-1)
    if (tag.name === 'Activity' && parent === 'Activities')
      drafts.push({ ...emptyDraft(), sport: attribute(tag, 'Sport') })
    else if (draft === undefined) continue
    else if (tag.name === 'Time' && parent === 'Trackpoint') addTime(draft, tag.text)
    else if (tag.name === 'TotalTimeSeconds') draft.lapSeconds += Number(tag.text) || 0
    else if (tag.name === 'DistanceMeters' && parent === 'Lap') draft.lapMetres += Number(tag.text) || 0
    else if (tag.name === 'DistanceMeters') draft.metres = Math.max(draft.metres, Number(tag.text) || 0)
    else if (tag.name === 'Name' && parent === 'Creator') draft.device = plainText(tag.text)
  }
  return isWhole ? finish(drafts) : []
}

/** The one activity of a GPX file's timed track points; empty when it is cut off or holds none. */
export function readGpx(bytes: Buffer): readonly FileActivity[] {
  const draft = emptyDraft()
  const path: string[] = []
  let isWhole = false
  let last: readonly [number, number] | null = null
  for (const tag of tagsOf(decodeText(bytes))) {
    const parent = path.at(-1)
    if (tag.kind === 'close') {
      path.pop()
      isWhole = tag.name === 'gpx'
      continue
    }
    if (tag.kind === 'open') path.push(tag.name)
    if (tag.name === 'gpx') draft.device = attribute(tag, 'creator')
    else if (tag.name === 'trkpt') {
      const here = [Number(attribute(tag, 'lat')), Number(attribute(tag, 'lon'))] as const
      if (last !== null) draft.metres += metresBetween(last, here)
      last = here
    } else if (tag.name === 'time' && parent === 'trkpt') addTime(draft, tag.text)
    else if (tag.name === 'type' && parent === 'trk') draft.sport ??= tag.text
    else if (tag.name === 'name' && parent === 'trk') draft.name ??= plainText(tag.text)
  }
  return isWhole ? finish([draft]) : []
}

function addTime(draft: Draft, text: string): void {
  const at = Date.parse(text)
  if (Number.isNaN(at)) return
  draft.firstMs ??= at
  draft.lastMs = at
}

function finish(drafts: readonly Draft[]): readonly FileActivity[] {
  return drafts.flatMap(draft => {
    if (draft.firstMs === null || draft.lastMs === null) return []
    const elapsedS = Math.max(0, Math.round((draft.lastMs - draft.firstMs) / 1000))
    const metres = draft.lapMetres > 0 ? draft.lapMetres : draft.metres
    return {
      startMs: draft.firstMs,
      ...namedSport(draft.sport),
      elapsedS,
      movingS: draft.lapSeconds > 0 ? Math.round(draft.lapSeconds) : elapsedS,
      distanceM: Number.isFinite(metres) && metres > 0 ? Math.round(metres * 100) / 100 : null,
      name: draft.name === '' ? null : draft.name,
      deviceName: draft.device,
    }
  })
}

/** Great-circle distance on a sphere of 6,371 km, in metres. */
function metresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const radians = Math.PI / 180
  const dLat = (b[0] - a[0]) * radians
  const dLon = (b[1] - a[1]) * radians
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(a[0] * radians) * Math.cos(b[0] * radians) * Math.sin(dLon / 2) ** 2
  return 2 * 6_371_000 * Math.asin(Math.sqrt(Math.min(1, h)))
}
