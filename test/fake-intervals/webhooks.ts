import { request } from 'node:http'
import { activityJson, deletedActivityJson, isStrava } from './activity-json.ts'
import type { FakeState } from './state.ts'
import type { FakeActivity, JsonObject } from './types.ts'

/** Sends one event to every app that has a webhook address and a token of that athlete. Never throws. */
export async function notify(
  state: FakeState,
  athleteId: string,
  type: string,
  payload: JsonObject,
): Promise<void> {
  const ofAthlete = [...state.credentials.values()].filter(one => one.athleteId === athleteId)
  const clientIds = new Set(ofAthlete.map(one => one.clientId))
  for (const client of state.clients.values()) {
    if (client.webhookUrl === null || !clientIds.has(client.id)) continue
    const event = { athlete_id: athleteId, type, timestamp: state.stamp(), ...payload }
    const problem = await post(client.webhookUrl, { secret: client.webhookSecret, events: [event] })
    if (problem !== null) state.webhookFailures.push(`${type} ${problem}`)
  }
}

/** Tells about an activity; nothing is sent for Strava imports. */
export async function notifyActivity(state: FakeState, type: string, activity: FakeActivity): Promise<void> {
  if (isStrava(activity)) return
  const isGone = type === 'ACTIVITY_DELETED'
  const shown = isGone
    ? deletedActivityJson(activity)
    : activityJson(activity, state.faults.switches.clockSkewMs)
  await notify(state, activity.athleteId, type, { activity: shown })
}

/** Only loopback addresses are ever called. Answers what went wrong, or null. */
function post(url: string, body: JsonObject): Promise<string | null> {
  if (!/^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url))
    return Promise.resolve('refused: not a loopback address')
  const bytes = Buffer.from(JSON.stringify(body))
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': String(bytes.length),
    'User-Agent': 'Java-http-client/17.0.9',
  }
  return new Promise(resolve => {
    const sent = request(url, { method: 'POST', headers, timeout: 5000, agent: false }, reply => {
      reply.resume()
      const status = reply.statusCode ?? 0
      resolve(status === 200 ? null : `status ${status}`)
    })
    sent.on('timeout', () => sent.destroy(new Error('timed out')))
    sent.on('error', error => resolve(error.message))
    sent.end(bytes)
  })
}
