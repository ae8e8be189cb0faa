import type { CalendarEvent, LeaveReason, PlanInput, WantedWorkout } from './plan-types.ts'

type EventSkip = 'no-workout' | 'other-sport'

export interface SortedEvents {
  /** By date, then id: where there is room for some only, the nearest come first. */
  readonly wanted: readonly WantedWorkout[]
  readonly skips: readonly { readonly event: CalendarEvent; readonly reason: EventSkip }[]
  /** Why an event that we once wrote is not among the wanted. */
  whyNot(event: { readonly eventId: string; readonly eventDate: string }): LeaveReason
}

/** Which events of the calendar should have a file, and why the others should not. */
export function sortEvents(input: Pick<PlanInput, 'events' | 'range' | 'sports'>): SortedEvents {
  const events = new Map<string, CalendarEvent>()
  for (const event of input.events) if (!events.has(event.id)) events.set(event.id, event)
  const sports = input.sports?.map(sport => sport.toLowerCase()) ?? null
  const isInRange = (date: string): boolean =>
    input.range !== null && date >= input.range.first && date <= input.range.last

  const wanted: WantedWorkout[] = []
  const skips: { event: CalendarEvent; reason: EventSkip }[] = []
  for (const event of events.values()) {
    if (!isInRange(event.date)) continue
    // A note or a holiday has no workout to miss.
    if (event.file === null && event.category !== 'WORKOUT') continue
    if (sports !== null && !sports.includes(event.type?.toLowerCase() ?? '')) {
      skips.push({ event, reason: 'other-sport' })
    } else if (event.file === null) {
      skips.push({ event, reason: 'no-workout' })
    } else {
      wanted.push(event.file)
    }
  }
  wanted.sort((a, b) => compare(a.date, b.date) || compare(a.eventId, b.eventId))
  const skipped = new Map(skips.map(({ event, reason }) => [event.id, reason]))
  return {
    wanted,
    skips,
    whyNot: ({ eventId, eventDate }) => {
      const event = events.get(eventId)
      if (event === undefined) return isInRange(eventDate) ? 'event-gone' : 'out-of-range'
      if (!isInRange(event.date)) return 'out-of-range'
      return skipped.get(eventId) ?? 'no-workout'
    },
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
