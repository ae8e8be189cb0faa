import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { edgePage, errorReply, frameworkError, json } from '../http/exchange.ts'
import type { Reply } from '../http/exchange.ts'
import type { FakeState } from '../state.ts'
import type { OAuthClient } from '../types.ts'
import { notify } from '../webhooks.ts'

const codeLifeMs = 2 * 60_000
const areas = ['ACTIVITY', 'WELLNESS', 'CALENDAR', 'CHATS', 'LIBRARY', 'SETTINGS']

/** OAuth without a credential of its own: consent, code against token, and an app's farewell. Null: not one of these. */
export async function handleOAuth(
  state: FakeState,
  request: IncomingMessage,
  url: URL,
  body: Buffer,
): Promise<Reply | null> {
  switch (url.pathname) {
    case '/oauth/authorize':
      return authorize(state, url.searchParams)
    case '/api/oauth/token':
      return request.method === 'POST'
        ? token(state, new URLSearchParams(body.toString('utf8')))
        : wrongVerb(state, url)
    case '/oauth/token':
      return wrongVerb(state, url)
    case '/api/v1/oauth/token':
      return frameworkError(state.stamp(), 404, 'Not Found', url.pathname)
    case '/api/v1/disconnect-app':
      return request.method === 'DELETE'
        ? disconnect(state, request.headers.authorization)
        : wrongVerb(state, url)
    default:
      return null
  }
}

function wrongVerb(state: FakeState, url: URL): Reply {
  return frameworkError(state.stamp(), 405, 'Method Not Allowed', url.pathname)
}

/** The consent page, answered at once: by the first athlete, the way the switches say. */
function authorize(state: FakeState, query: URLSearchParams): Reply {
  const clientId = query.get('client_id') ?? ''
  if (!/^\d+$/.test(clientId)) return edgePage(500, '500 Internal Server Error')
  const client = state.clients.get(Number(clientId))
  const redirect = query.get('redirect_uri') ?? ''
  if (client === undefined || !isAllowed(redirect, client, state))
    return edgePage(400, 'Invalid client or redirect URI')
  const scopes = (query.get('scope') ?? '').split(',').filter(scope => scope !== '')
  const names = scopes.map(scope => scope.split(':')[0] ?? '')
  if (new Set(names).size < names.length) return edgePage(422, 'Duplicate scope')
  if (names.some(name => !areas.includes(name))) return edgePage(422, 'Unknown scope')
  const target = new URL(redirect)
  const { consent, consentScope } = state.faults.switches
  const athlete = [...state.athletes.values()][0]
  if (consent === 'deny' || athlete === undefined) target.searchParams.set('error', 'access_denied')
  else {
    const code = randomBytes(16).toString('hex')
    const granted = consentScope === null ? scopes : consentScope.split(',')
    state.codes.set(code, {
      kind: 'token',
      athleteId: athlete.id,
      scopes: granted,
      clientId: client.id,
      clientName: client.name,
      expiresAt: state.clock.now() + codeLifeMs,
    })
    target.searchParams.set('code', code)
  }
  const given = query.get('state')
  if (given !== null) target.searchParams.set('state', given)
  return { status: 302, headers: { Location: target.href }, body: Buffer.alloc(0) }
}

/** `http://localhost` needs no registration, on any port; 127.0.0.1 by a switch; everything else must be registered. */
function isAllowed(redirect: string, client: OAuthClient, state: FakeState): boolean {
  if (!URL.canParse(redirect)) return false
  if (/^http:\/\/localhost[:/]/.test(redirect)) return true
  if (state.faults.switches.loopbackRedirect && /^http:\/\/127\.0\.0\.1[:/]/.test(redirect)) return true
  return client.redirectUris.includes(redirect)
}

function token(state: FakeState, form: URLSearchParams): Reply {
  const code = form.get('code')
  if (code === null || code === '') {
    return errorReply(
      422,
      "Required request parameter 'code' for method parameter type String is not present",
    )
  }
  const client = state.clients.get(Number(form.get('client_id') ?? Number.NaN))
  if (client === undefined || client.secret !== form.get('client_secret')) {
    return errorReply(404, 'Client and/or secret not found')
  }
  const grant = state.codes.get(code)
  // A code is good once, for two minutes, for the app that asked.
  state.codes.delete(code)
  if (grant === undefined || grant.expiresAt < state.clock.now() || grant.clientId !== client.id) {
    return errorReply(404, 'Code not found (expired?)')
  }
  if (state.faults.switches.newTokenReplaces) {
    for (const [secret, old] of state.credentials) {
      if (old.clientId === client.id && old.athleteId === grant.athleteId) state.revoke(secret)
    }
  }
  const accessToken = randomBytes(16).toString('hex')
  state.addToken(accessToken, grant.athleteId, grant.scopes, client)
  return json({
    token_type: 'Bearer',
    access_token: accessToken,
    scope: grant.scopes.join(','),
    athlete: { id: grant.athleteId, name: state.athletes.get(grant.athleteId)?.name ?? null },
  })
}

async function disconnect(state: FakeState, header: string | undefined): Promise<Reply> {
  const secret = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1] ?? ''
  const credential = state.credentials.get(secret)
  if (credential?.kind !== 'token') return errorReply(401, 'Missing or invalid access token')
  await notify(state, credential.athleteId, 'APP_SCOPE_CHANGED', {
    client_id: credential.clientId,
    client_name: credential.clientName,
    scope: credential.scopes.join(','),
    deauthorized: true,
  })
  state.revoke(secret)
  return { status: 200, headers: {}, body: Buffer.alloc(0) }
}
