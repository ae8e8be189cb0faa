import type { FakeIntervals } from '../../fake-intervals/server.ts'
import type { LoggedRequest } from '../../fake-intervals/types.ts'

/** The uploads the service has received, in order. */
export function uploads(service: FakeIntervals): readonly LoggedRequest[] {
  return service.state.requests.filter(request => request.method === 'POST')
}

/** What was asked, in order: `profile`, `list`, `upload` or `events`. */
export function asked(service: FakeIntervals): readonly string[] {
  return service.state.requests.map(({ method, path }) => {
    if (method === 'POST') return 'upload'
    if (path.endsWith('/activities')) return 'list'
    if (path.includes('/events')) return 'events'
    return path.includes('/profile') ? 'profile' : path
  })
}

/** Activities of an athlete that are there now. */
export function activities(service: FakeIntervals, athleteId = 'i200001') {
  return service.state.activities.filter(activity => activity.athleteId === athleteId && !activity.deleted)
}
