import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { clientOf, json, rideOf, startService, type SeenRequest } from './loopback.ts'

const file = Buffer.from('<workout_file/>')

/** Calls everything the client offers once; the answers and what went over the wire. */
async function callAll() {
  const service = await startService((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const answers: Readonly<Record<string, unknown>> = {
      '/api/v1/athlete/0/profile': { athlete: { id: 'i1', name: 'Rider', timezone: 'Europe/Berlin' } },
      '/api/v1/athlete/i1/connections': { id: 'i1', zwift_connected: true, oura_connected: false },
      '/api/v1/athlete/i1/events.json': [
        {
          id: 5,
          category: 'WORKOUT',
          start_date_local: '2026-11-22T00:00:00',
          workout_file_base64: file.toString('base64'),
        },
        { id: 6, category: 'WORKOUT', start_date_local: '2026-11-22T00:00:00', workout_file_base64: '%%%%' },
        'no event',
      ],
    }
    if (request.method === 'POST') json(201, { id: 'i7' })(request, response)
    else json(200, answers[path] ?? [{ id: 'i9', source: 'STRAVA' }])(request, response)
  })
  const { client, logged } = clientOf(service.origin)
  const days = { athleteId: 'i1', oldest: '2026-11-22', newest: '2026-11-28' }
  const answers = [
    await client.profile(),
    await client.connections('i1'),
    await client.uploadActivity(rideOf(new Uint8Array(10))),
    await client.listActivities(days),
    await client.listActivities({ ...days, newest: '2026-11-28T12:00:00' }),
    await client.listEvents({ ...days, format: 'zwo' }),
  ]
  return { answers, seen: service.seen, logged }
}

test('each call asks for what it needs and reads what it gets', async () => {
  const { answers, seen, logged } = await callAll()
  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /api/v1/athlete/0/profile',
    'GET /api/v1/athlete/i1/connections',
    'POST /api/v1/athlete/i1/activities?external_id=musette-0123',
    'GET /api/v1/athlete/i1/activities?oldest=2026-11-22&newest=2026-11-28T23%3A59%3A59',
    'GET /api/v1/athlete/i1/activities?oldest=2026-11-22&newest=2026-11-28T12%3A00%3A00',
    'GET /api/v1/athlete/i1/events.json?oldest=2026-11-22&newest=2026-11-28&ext=zwo&resolve=true',
  ])
  const stub = {
    id: 'i9',
    externalId: null,
    source: 'STRAVA',
    sourceName: null,
    name: null,
    type: null,
    startDateLocal: null,
    startDate: null,
    elapsedS: null,
  }
  const event = {
    ...{ category: 'WORKOUT', date: '2026-11-22', time: null, name: '', type: null, updatedAt: null },
    ...{ durationS: null, load: null, profile: null },
  }
  expect(answers).toEqual([
    { id: 'i1', name: 'Rider', timeZone: 'Europe/Berlin' },
    ['zwift'],
    { kind: 'created', activityIds: ['i7'] },
    [stub],
    [stub],
    [
      { ...event, id: '5', file: { name: '5.zwo', content: new Uint8Array(file) } },
      { ...event, id: '6', file: null },
    ],
  ])
  expect(logged.filter(line => line.includes('answered'))).toHaveLength(6)
  expect(logged.filter(line => line.startsWith('warn'))).toEqual([
    'warn list events: element 1 has a broken file {}',
    'warn list events: element 2 was left out: it lacks what it must have {}',
  ])
})

const document = '../shared/intervals/openapi.json'
const isThere = existsSync(document)
if (!isThere) console.log('SKIPPED: the service’s OpenAPI document is not beside this checkout')

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
}

describe.skipIf(!isThere)('the service’s own document', () => {
  test('has every path, method and parameter that the client sends', async () => {
    const { paths } = JSON.parse(readFileSync(document, 'utf8')) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
    }
    const { seen } = await callAll()
    const unknown = seen.flatMap(request => problemsOf(request, paths))
    expect(unknown).toEqual([])
    expect(seen).toHaveLength(6)
    const stranger = { ...seen[0], method: 'GET', url: '/api/v1/athlete/0/profile?x=1' } as SeenRequest
    expect(problemsOf(stranger, paths)).toEqual(['GET /api/v1/athlete/{id}/profile: x is not in it'])
  })
})

function problemsOf(
  request: SeenRequest,
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
): readonly string[] {
  const url = new URL(request.url, 'http://localhost')
  const template = Object.keys(paths).find(path => {
    const pattern = path
      .replaceAll('.', '\\.')
      .replaceAll('{format}', '(?:\\.json|\\.csv)?')
      .replaceAll(/\{\w+\}/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(url.pathname)
  })
  const operation = template === undefined ? undefined : paths[template]?.[request.method.toLowerCase()]
  if (template === undefined || operation === undefined)
    return [`${request.method} ${url.pathname} is not in it`]
  const query = (operation.parameters ?? []).filter(parameter => parameter.in === 'query')
  const sent = [...url.searchParams.keys()]
  return [
    ...sent.filter(name => !query.some(known => known.name === name)).map(name => `${name} is not in it`),
    ...query
      .filter(known => known.required === true && !sent.includes(known.name))
      .map(known => `${known.name} is missing`),
  ].map(problem => `${request.method} ${template}: ${problem}`)
}
