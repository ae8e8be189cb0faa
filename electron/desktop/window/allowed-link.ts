const activityId = /i?\d{1,20}/
const wholeActivityId = new RegExp(`^${activityId.source}$`)

/** Pages of Intervals.icu that Musette links to; nothing else of it is opened. */
const intervalsPages = [
  /^\/$/,
  new RegExp(`^/activities/${activityId.source}$`),
  /^\/(?:calendar|fitness|activities|settings|privacy|signup|login)\/?$/,
]

/**
 * The address to hand to the system's browser, or null for one that is not on the list: only https, only these hosts,
 * without a port or user, and written as it is read.
 */
export function allowedLink(text: string): string | null {
  const url = URL.parse(text)
  // The parser forgives blanks, backslashes, dots and capitals; a link of ours needs no forgiveness.
  if (url === null || url.href !== text || url.protocol !== 'https:') return null
  if (url.username !== '' || url.password !== '' || url.port !== '') return null
  switch (url.hostname) {
    case 'forum.intervals.icu':
      return url.href
    case 'intervals.icu':
      return url.search === '' && intervalsPages.some(page => page.test(url.pathname)) ? url.href : null
    default:
      return null
  }
}

/** Where an activity is shown; null for an id that is none. */
export function activityLink(id: string): string | null {
  return wholeActivityId.test(id) ? allowedLink(`https://intervals.icu/activities/${id}`) : null
}
