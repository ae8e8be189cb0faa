import { ApiError, edgePage } from './exchange.ts'
import type { Reply } from './exchange.ts'
import type { FakeState } from '../state.ts'
import type { Switches } from '../switches.ts'
import type { Credential, FakeAthlete } from '../types.ts'

/** The edge refuses some agents before the service sees them, with a page instead of JSON. Null: let in. */
export function blockedAgent(agent: string | undefined, switches: Switches): Reply | null {
  const name = (agent ?? '').trim().toLowerCase()
  const isBlocked = name === '' || switches.blockedAgents.some(start => name.startsWith(start.toLowerCase()))
  return isBlocked ? edgePage(403, '403 Forbidden') : null
}

/** What was sent as credential: the secret, and whether as API key or as bearer token. */
export interface Presented {
  readonly secret: string
  readonly as: 'basic' | 'bearer'
}

/** Reads the Authorization header. Throws ApiError 401 without one, 500 for base64 that is none. */
export function readAuthorization(header: string | undefined): Presented {
  const [scheme = '', value = ''] = (header ?? '').trim().split(/\s+/, 2)
  if (scheme.toLowerCase() === 'bearer' && value !== '') return { secret: value, as: 'bearer' }
  if (scheme.toLowerCase() !== 'basic' || value === '') throw new ApiError(401, 'Auth failed')
  const text = decodeStrictly(value)
  const colon = text.indexOf(':')
  if (colon < 0 || text.slice(0, colon) !== 'API_KEY') throw new ApiError(401, 'Auth failed')
  return { secret: text.slice(colon + 1), as: 'basic' }
}

/** The service's decoder is strict and its failure is not caught there: hence the 500. */
function decodeStrictly(value: string): string {
  const body = value.replace(/={1,2}$/, '')
  const isPaddingWrong = body.length < value.length && value.length % 4 !== 0
  if (!/^[A-Za-z0-9+/]*$/.test(body) || body.length % 4 === 1 || isPaddingWrong) {
    const problem = `Input byte array has incorrect ending byte at ${value.length}`
    throw new ApiError(500, `java.lang.IllegalArgumentException: ${problem}`)
  }
  return Buffer.from(body, 'base64').toString('utf8')
}

/** Whose secret this is. Throws ApiError 401 when nobody's, 403 for an API key sent as a bearer token. */
export function findCredential(presented: Presented, state: FakeState): Credential {
  const credential = state.credentials.get(presented.secret)
  if (presented.as === 'basic') {
    if (credential?.kind !== 'key') throw new ApiError(401, 'Auth failed')
    return credential
  }
  if (credential?.kind === 'token') return credential
  if (credential?.kind === 'key') throw new ApiError(403, 'Access denied')
  const status = state.faults.switches.invalidBearer
  throw new ApiError(status, status === 401 ? 'Auth failed' : 'Access denied')
}

/** The athlete a path means: `0` is the credential's owner; anybody else's id is refused with 403. */
export function athleteOf(id: string | undefined, credential: Credential, state: FakeState): FakeAthlete {
  if (id !== undefined && id !== '0' && id !== credential.athleteId) throw new ApiError(403, 'Access denied')
  const athlete = state.athletes.get(credential.athleteId)
  if (athlete === undefined) throw new ApiError(403, 'Access denied')
  return athlete
}

/** Throws ApiError 403 when a token lacks the scope. WRITE implies READ; API keys may do everything. */
export function requireScope(credential: Credential, scope: string | null): void {
  if (scope === null || credential.kind === 'key') return
  const write = scope.replace(/:READ$/, ':WRITE')
  if (!credential.scopes.includes(scope) && !credential.scopes.includes(write)) {
    throw new ApiError(403, 'Access denied')
  }
}
