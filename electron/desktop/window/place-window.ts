/** A rectangle on the desktop, in the system's own units. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** So much of the title bar must lie on a screen for a window to be taken hold of. */
const gripWidth = 120
const gripHeight = 32

/**
 * Where to put a window that was at `saved`: there if it can still be seen and moved, else wholly on the screen it
 * overlapped most, or the first. Null without a saved place or a screen. `areas` are the screens' work areas.
 */
export function placeWindow(
  saved: Place | null,
  areas: readonly Place[],
  smallest: { readonly width: number; readonly height: number },
): Place | null {
  const first = areas[0]
  if (saved === null || first === undefined) return null
  const size = {
    width: Math.max(saved.width, smallest.width),
    height: Math.max(saved.height, smallest.height),
  }
  const wanted = { ...saved, ...size }
  if (areas.some(area => canBeGrabbed(wanted, area))) return wanted
  const area = areas.reduce(
    (best, next) => (overlap(wanted, next) > overlap(wanted, best) ? next : best),
    first,
  )
  const width = Math.min(size.width, area.width)
  const height = Math.min(size.height, area.height)
  // A screen that is gone leaves no overlap: the middle of the first is where people look.
  const isApart = overlap(wanted, area) === 0
  return {
    x: isApart
      ? area.x + Math.round((area.width - width) / 2)
      : between(wanted.x, area.x, area.x + area.width - width),
    y: isApart
      ? area.y + Math.round((area.height - height) / 2)
      : between(wanted.y, area.y, area.y + area.height - height),
    width,
    height,
  }
}

function canBeGrabbed(place: Place, area: Place): boolean {
  const titleBar = { ...place, height: gripHeight }
  const { width, height } = shared(titleBar, area)
  return (
    width >= Math.min(gripWidth, place.width) &&
    height >= gripHeight &&
    place.width <= area.width &&
    place.height <= area.height
  )
}

function shared(one: Place, other: Place): { readonly width: number; readonly height: number } {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return { width: Math.max(0, width), height: Math.max(0, height) }
}

function overlap(one: Place, other: Place): number {
  const { width, height } = shared(one, other)
  return width * height
}

function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most))
}
