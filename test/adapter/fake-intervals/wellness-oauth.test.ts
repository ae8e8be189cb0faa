import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { FakeIntervals } from '../../fake-intervals/server.ts'
import { ask, ride, startFake, upload } from './asking.ts'

const wellness = '/api/v1/athlete/0/wellness'

describe('wellness', () => {
  test('changes only what is sent, and -1 clears a number', async () => {
    const fake = await startFake()
    await ask(fake, 'PUT', `${wellness}/2026-11-20`, { body: { weight: 71.8, restingHR: 48, ctl: 99 } })
    const { body } = await ask(fake, 'PUT', wellness, { body: { id: '2026-11-20', weight: -1 } })
    expect(body).toMatchObject({ id: '2026-11-20', weight: null, restingHR: 48, ctl: 0 })
  })

  test.each([
    { wellnessUnlock: false, weight: 71 },
    { wellnessUnlock: true, weight: 72 },
  ])(
    'a locked day takes nothing more; unlocking works: $wellnessUnlock',
    async ({ wellnessUnlock, weight }) => {
      const fake = await startFake({ switches: { wellnessUnlock } })
      const path = `${wellness}/2026-11-20`
      await ask(fake, 'PUT', path, { body: { weight: 71, locked: true } })
      const ignored = await ask(fake, 'PUT', path, { body: { weight: 72 } })
      await ask(fake, 'PUT', path, { body: { locked: false } })
      const after = await ask(fake, 'PUT', path, { body: { weight: 72 } })
      expect(ignored.body).toMatchObject({ weight: 71, locked: true })
      expect(after.body).toMatchObject({ weight })
    },
  )

  test('lists a range, both ends included, by fields or as CSV', async () => {
    const fake = await startFake()
    const days = ['2026-11-18', '2026-11-20', '2026-11-19', '2026-11-21'].map(id => ({ id, weight: 70 }))
    const bulk = await ask(fake, 'PUT', `${wellness}-bulk`, { body: days })
    const range = 'oldest=2026-11-19&newest=2026-11-20'
    const list = await ask(fake, 'GET', `${wellness}?${range}&fields=id,weight,hrv`)
    const csv = await ask(fake, 'GET', `${wellness}.csv?${range}&cols=id,weight`)
    expect([bulk.status, bulk.body]).toEqual([200, ''])
    expect(list.body).toEqual([
      { id: '2026-11-19', weight: 70 },
      { id: '2026-11-20', weight: 70 },
    ])
    expect(csv.body).toBe('id,weight\n2026-11-19,70\n2026-11-20,70\n')
  })

  test('refuses what is no date', async () => {
    expect((await ask(await startFake(), 'PUT', `${wellness}/2026-13-40`, { body: {} })).status).toBe(422)
  })
})

const client = { client_id: '9001', client_secret: 'example-client-secret' }
const consent = (scope: string, redirect = 'http://localhost:5000/back'): string =>
  `/oauth/authorize?${new URLSearchParams({ client_id: '9001', redirect_uri: redirect, scope, state: 's 1' }).toString()}`

async function codeFrom(fake: FakeIntervals, scope = 'ACTIVITY:WRITE,CALENDAR:READ'): Promise<string> {
  const { headers } = await ask(fake, 'GET', consent(scope))
  return new URL(headers.get('location') ?? '').searchParams.get('code') ?? ''
}

const redeem = (fake: FakeIntervals, form: Record<string, string>): ReturnType<typeof ask> =>
  ask(fake, 'POST', '/api/oauth/token', { body: new URLSearchParams(form), auth: '' })

describe('OAuth', () => {
  test('gives a code for consent, and a token for the code, once', async () => {
    const fake = await startFake()
    const code = await codeFrom(fake)
    const { status, body } = await redeem(fake, { ...client, code })
    expect([status, body]).toEqual([
      200,
      {
        token_type: 'Bearer',
        access_token: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        scope: 'ACTIVITY:WRITE,CALENDAR:READ',
        athlete: { id: 'i200001', name: 'Sample Athlete' },
      },
    ])
    const auth = `Bearer ${(body as { access_token: string }).access_token}`
    expect((await ask(fake, 'GET', '/api/v1/athlete/0/events', { auth })).status).toBe(200)
    expect((await redeem(fake, { ...client, code })).status).toBe(404)
    expect((await ask(fake, 'DELETE', '/api/v1/disconnect-app', { auth })).status).toBe(200)
    expect((await ask(fake, 'GET', '/api/v1/athlete/0/events', { auth })).status).toBe(401)
    const again = await ask(fake, 'DELETE', '/api/v1/disconnect-app', { auth })
    expect(again.body).toEqual({ status: 401, error: 'Missing or invalid access token' })
  })

  test('a code is good for two minutes', async () => {
    const fake = await startFake()
    const code = await codeFrom(fake)
    fake.state.clock.advance(121_000)
    const { body } = await redeem(fake, { ...client, code })
    expect(body).toEqual({ status: 404, error: 'Code not found (expired?)' })
  })

  test.each([
    {
      form: { ...client, client_secret: 'wrong', code: 'x' },
      status: 404,
      error: 'Client and/or secret not found',
    },
    {
      form: client,
      status: 422,
      error: "Required request parameter 'code' for method parameter type String is not present",
    },
  ])('refuses $form', async ({ form, status, error }) => {
    const reply = await redeem(await startFake(), form)
    expect([reply.status, reply.body]).toEqual([status, { status, error }])
  })

  test('carries the state back, also when the athlete refuses', async () => {
    const fake = await startFake({ switches: { consent: 'deny' } })
    const { status, headers } = await ask(fake, 'GET', consent('ACTIVITY:READ'))
    expect([status, headers.get('location')]).toEqual([
      302,
      'http://localhost:5000/back?error=access_denied&state=s+1',
    ])
  })

  test('grants what was left ticked', async () => {
    const fake = await startFake({ switches: { consentScope: 'CALENDAR:READ' } })
    const { body } = await redeem(fake, { ...client, code: await codeFrom(fake) })
    expect(body).toMatchObject({ scope: 'CALENDAR:READ' })
  })

  test.each([
    { scope: 'ACTIVITY:READ,ACTIVITY:WRITE', redirect: 'http://localhost/', status: 422 },
    { scope: 'ACTIVITY:READ', redirect: 'https://example.org/', status: 400 },
    { scope: 'ACTIVITY:READ', redirect: 'http://127.0.0.1:7/', status: 302 },
  ])('$scope to $redirect answers $status', async ({ scope, redirect, status }) => {
    expect((await ask(await startFake(), 'GET', consent(scope, redirect))).status).toBe(status)
  })

  test.each([
    { path: '/oauth/authorize?client_id=abc', method: 'GET', status: 500 },
    { path: '/api/v1/oauth/token', method: 'POST', status: 404 },
    { path: '/oauth/token', method: 'POST', status: 405 },
  ])('$method $path answers $status', async ({ path, method, status }) => {
    expect((await ask(await startFake(), method, path)).status).toBe(status)
  })
})

test('tells a webhook what happened, with the secret in the body', async () => {
  const received: { type: string; secret: string }[] = []
  const listener = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        secret: string
        events: { type: string }[]
      }
      for (const { type } of body.events) received.push({ type, secret: body.secret })
      response.end()
    })
  })
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const fake = await startFake()
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`
  await ask(fake, 'POST', '/__fake/webhooks', { body: { url, secret: 'hush' } })
  fake.state.addToken('t', 'i200001', ['ACTIVITY:WRITE'])
  await upload(fake, ride())
  await upload(fake, ride())
  await ask(fake, 'DELETE', '/api/v1/activity/i148200317')
  await ask(fake, 'PUT', `${wellness}/2026-11-20`, { body: { weight: 71 } })
  await ask(fake, 'POST', '/api/v1/athlete/0/events', { body: { start_date_local: '2026-11-24T00:00:00' } })
  await new Promise(resolve => listener.close(resolve))
  expect(received).toEqual(
    ['ACTIVITY_UPLOADED', 'ACTIVITY_DELETED', 'WELLNESS_UPDATED', 'CALENDAR_UPDATED'].map(type => ({
      type,
      secret: 'hush',
    })),
  )
})

test('never calls a webhook that is not on this computer', async () => {
  const fake = await startFake()
  await ask(fake, 'POST', '/__fake/webhooks', { body: { url: 'http://192.0.2.1/hook' } })
  fake.state.addToken('t', 'i200001', ['ACTIVITY:WRITE'])
  await upload(fake, ride())
  expect(fake.state.webhookFailures).toEqual(['ACTIVITY_UPLOADED refused: not a loopback address'])
})
