import { expect, test } from 'vitest'
import { parseActivities, parseEvents, parseProfile } from '../../../electron/intervals/parse-replies.ts'

// One name of 100 kB made the window shorten every other text it had.
test.each([
  ['letters', 'W'.repeat(100_000), `${'W'.repeat(299)}…`],
  ['letters of two halves', `W${'\u{1F6B4}'.repeat(20_000)}`, `W${'\u{1F6B4}'.repeat(149)}…`],
  ['three hundred', 'W'.repeat(300), 'W'.repeat(300)],
])('a name of too many %s is its beginning', (_what, name, kept) => {
  expect(parseProfile({ athlete: { id: 'i1', name } })?.name).toBe(kept)
  const events = parseEvents(
    [{ id: 1, category: 'WORKOUT', start_date_local: '2026-11-21T00:00:00', name }],
    'zwo',
  )
  expect(events?.items.map(event => event.name)).toEqual([kept])
  const activities = parseActivities([
    {
      id: 'i1',
      start_date: '2026-11-21T10:00:00Z',
      start_date_local: '2026-11-21T11:00:00',
      name,
      oauth_client_name: name,
    },
  ])
  expect(activities?.items.map(activity => [activity.name, activity.sourceName])).toEqual([[kept, kept]])
})
