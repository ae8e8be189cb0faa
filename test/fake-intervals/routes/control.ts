import { defaultSwitches, applySwitches } from '../switches.ts'
import { parseRules } from '../faults.ts'
import { errorReply, json } from '../http/exchange.ts'
import type { Reply } from '../http/exchange.ts'
import { asArray, asNumber, asObject, asText, without } from '../json.ts'
import { seedWeek } from '../seed-week.ts'
import type { ActivitySeed, FakeState } from '../state.ts'
import type { JsonObject } from '../types.ts'
import { parseWorkoutText } from '../readers/workout-text.ts'
import type { WorkoutStep } from '../workout-writers/steps.ts'

type Control = (state: FakeState, body: JsonObject, raw: unknown) => Reply

/** What tests steer the stand-in with; the list with its bodies is in main.ts. */
export async function handleControl(
  state: FakeState,
  method: string,
  url: URL,
  bytes: Buffer,
): Promise<Reply> {
  const control = controls[`${method} ${url.pathname.slice('/__fake/'.length)}`]
  if (control === undefined) return errorReply(404, `No such control: ${method} ${url.pathname}`)
  let raw: unknown = {}
  try {
    if (bytes.length > 0) raw = JSON.parse(bytes.toString('utf8'))
  } catch {
    return errorReply(400, 'The body is not JSON')
  }
  return Promise.resolve(control(state, asObject(raw) ?? {}, raw))
}

const controls: Readonly<Record<string, Control>> = {
  'GET state': state => json(shownState(state)),
  'POST reset': state => {
    state.reset()
    state.faults.switches = defaultSwitches()
    return json({})
  },
  'POST faults': addFaults,
  'DELETE faults': state => {
    state.faults.clearRules()
    state.faults.switches = defaultSwitches()
    return json({})
  },
  'POST keys': changeKeys,
  'POST clock': moveClock,
  'POST events': changeEvents,
  'POST activities': addActivity,
  'POST athletes': addAthlete,
  'POST week': (state, body) => {
    const athleteId = asText(body['athleteId']) ?? firstAthlete(state)
    const athlete = state.athletes.get(athleteId)
    if (athlete === undefined) return errorReply(400, 'No such athlete')
    const events = seedWeek(state, asText(body['from']) ?? state.today(athlete), athleteId)
    return json({ ids: events.map(event => event.id) })
  },
  'POST webhooks': setWebhook,
}

function shownState(state: FakeState): JsonObject {
  return {
    now: state.stamp(),
    athletes: [...state.athletes.values()],
    activities: state.activities.map(activity => ({
      id: activity.id,
      athleteId: activity.athleteId,
      externalId: activity.externalId,
      sha256: activity.sha256,
      source: activity.source,
      startDate: activity.startDate,
      type: activity.type,
      name: activity.name,
      elapsedS: activity.elapsedS,
      fileName: activity.fileName,
      fileSportIndex: activity.fileSportIndex,
      deleted: activity.deleted,
    })),
    events: state.events.map(event => ({
      ...event.fields,
      id: event.id,
      athleteId: event.athleteId,
      steps: event.steps,
    })),
    requests: state.requests,
    faults: { rules: state.faults.rules, switches: state.faults.switches },
    webhookFailures: state.webhookFailures,
  }
}

function addFaults(state: FakeState, body: JsonObject, raw: unknown): Reply {
  const rules = parseRules(raw)
  if (rules === null) return errorReply(400, 'Not a fault rule')
  const unknown = applySwitches(state.faults.switches, asObject(body['switches']) ?? {})
  if (unknown.length > 0) return errorReply(400, `No such switch, or a wrong value: ${unknown.join(', ')}`)
  for (const rule of rules) state.faults.add(rule)
  return json({ rules: state.faults.rules.length })
}

function changeKeys(state: FakeState, body: JsonObject): Reply {
  const add = asObject(body['add'])
  const swap = asObject(body['swap'])
  const token = asObject(body['token'])
  const revoke = asText(body['revoke'])
  const [key, athleteId] = [asText(add?.['key']), asText(add?.['athleteId'])]
  if (key !== null && athleteId !== null) state.addKey(key, athleteId)
  const [from, to] = [asText(swap?.['from']), asText(swap?.['to'])]
  const owner = from === null ? undefined : state.credentials.get(from)
  if (from !== null && to !== null && owner !== undefined) {
    state.revoke(from)
    state.credentials.set(to, owner)
  }
  const [secret, tokenOwner] = [asText(token?.['token']), asText(token?.['athleteId'])]
  const scopes = asArray(token?.['scopes'])?.filter(scope => typeof scope === 'string') ?? []
  if (secret !== null && tokenOwner !== null) state.addToken(secret, tokenOwner, scopes)
  return json({ revoked: revoke !== null && state.revoke(revoke) })
}

function moveClock(state: FakeState, body: JsonObject): Reply {
  const at = Date.parse(asText(body['now']) ?? '')
  if (!Number.isNaN(at)) state.clock.set(at)
  state.clock.advance(asNumber(body['advanceMs']) ?? 0)
  if (body['freeze'] === true) state.clock.freeze()
  if (body['freeze'] === false) state.clock.unfreeze()
  return json({ now: state.stamp() })
}

/** An event's steps are given as `steps`, or as the service's own text in `description`. */
function changeEvents(state: FakeState, body: JsonObject): Reply {
  const athleteId = asText(body['athleteId']) ?? firstAthlete(state)
  const replace = asArray(body['replace'])
  if (replace !== null) state.removeEvents(event => event.athleteId === athleteId)
  const removed = asArray(body['remove']) ?? []
  state.removeEvents(event => removed.includes(event.id))
  const update = asObject(body['update'])
  const target = state.events.find(event => event.id === update?.['id'])
  if (update !== null && target !== undefined) {
    const steps = update['steps']
    const fields = without(update, 'id', 'steps')
    target.fields = { ...target.fields, updated: state.stamp(), ...fields }
    if (steps !== undefined) target.steps = stepsFrom(state, athleteId, { steps })
    else if (asText(fields['description']) !== null) target.steps = stepsFrom(state, athleteId, fields)
  }
  const added = [...(replace ?? []), ...(asArray(body['add']) ?? [])].flatMap(one => {
    const given = asObject(one)
    if (given === null || asText(given['start_date_local']) === null) return []
    const fields = without(given, 'steps')
    return state.addEvent(
      athleteId,
      { category: 'WORKOUT', type: 'Ride', ...fields },
      stepsFrom(state, athleteId, given),
    )
  })
  return json({ ids: added.map(event => event.id) })
}

function stepsFrom(state: FakeState, athleteId: string, given: JsonObject): readonly WorkoutStep[] | null {
  const steps = asArray(given['steps'])
  // Only tests call this, with steps in the form of workout-writers/steps.ts.
  if (steps !== null) return steps as readonly WorkoutStep[]
  return parseWorkoutText(asText(given['description']) ?? '', state.athletes.get(athleteId)?.ftp ?? 250)
}

function addActivity(state: FakeState, body: JsonObject): Reply {
  const { start, ...given } = body
  const startMs = Date.parse(asText(start) ?? '')
  const athleteId = asText(given['athleteId']) ?? firstAthlete(state)
  if (Number.isNaN(startMs)) return errorReply(400, 'start is missing (ISO 8601, UTC)')
  // Only tests call this; what is left out gets a likely value.
  const seed = { ...given, athleteId, startMs } as ActivitySeed
  return json({ id: state.seedActivity(seed).id })
}

function addAthlete(state: FakeState, body: JsonObject): Reply {
  const id = asText(body['id'])
  if (id === null) return errorReply(400, 'id is missing')
  const keys = asArray(body['keys'])?.filter(key => typeof key === 'string') ?? []
  const fields = without(body, 'keys')
  state.addAthlete({ ...state.athletes.get(id), ...fields, id }, keys)
  return json({ id })
}

function setWebhook(state: FakeState, body: JsonObject): Reply {
  const id = asNumber(body['clientId']) ?? 9001
  state.clients.set(id, {
    id,
    name: asText(body['name']) ?? 'Example Sync',
    secret: asText(body['clientSecret']) ?? 'example-client-secret',
    redirectUris: [],
    webhookUrl: asText(body['url']),
    webhookSecret: asText(body['secret']) ?? 'example-webhook-secret',
  })
  return json({ clientId: id })
}

function firstAthlete(state: FakeState): string {
  return [...state.athletes.keys()][0] ?? ''
}
