import { describe, expect, test } from 'vitest'
import type { Sent } from '../../../electron/intervals/multipart.ts'
import {
  errorOfStatus,
  errorOfUnreadable,
  errorWithoutReply,
  serviceSentence,
} from '../../../electron/intervals/translate-errors.ts'
import type { AppError } from '../../../shared/app-error.ts'

const get = { name: 'profile', isUpload: false, sent: 'nothing', secrets: ['hush'] } as const
const uploadAt = (sent: Sent) => ({ name: 'upload', isUpload: true, sent, secrets: ['hush'] })
const said = { status: 400, error: 'No' }

const short = ({ code, recovery, bodySent }: AppError) =>
  `${code} ${recovery} ${bodySent ? 'sent' : 'not sent'}`

describe('a status becomes an error', () => {
  test.each<[number, unknown, string, string]>([
    [300, undefined, 'redirected retry not sent', 'redirected retry sent'],
    [301, undefined, 'redirected retry not sent', 'redirected retry sent'],
    [304, undefined, 'redirected retry not sent', 'redirected retry sent'],
    [308, undefined, 'redirected retry not sent', 'redirected retry sent'],
    [400, said, 'refused-by-service give-up not sent', 'refused-by-service give-up not sent'],
    [401, said, 'signed-out sign-in not sent', 'signed-out sign-in not sent'],
    [401, undefined, 'signed-out sign-in not sent', 'signed-out sign-in not sent'],
    [403, said, 'forbidden give-up not sent', 'forbidden give-up not sent'],
    [403, {}, 'forbidden give-up not sent', 'forbidden give-up not sent'],
    [403, undefined, 'service-down retry not sent', 'service-down retry not sent'],
    [403, 'text', 'service-down retry not sent', 'service-down retry not sent'],
    [404, said, 'refused-by-service give-up not sent', 'refused-by-service give-up not sent'],
    [405, undefined, 'service-down retry not sent', 'service-down retry not sent'],
    [407, said, 'service-down retry not sent', 'service-down retry not sent'],
    [408, said, 'service-down retry not sent', 'service-down retry sent'],
    [409, said, 'refused-by-service give-up not sent', 'refused-by-service give-up not sent'],
    [409, undefined, 'service-down retry not sent', 'service-down retry sent'],
    [413, undefined, 'service-down retry not sent', 'service-down retry not sent'],
    [422, undefined, 'service-down retry not sent', 'service-down retry not sent'],
    [422, ['No'], 'service-down retry not sent', 'service-down retry not sent'],
    [422, said, 'refused-by-service give-up not sent', 'refused-by-service give-up not sent'],
    [425, said, 'service-down retry not sent', 'service-down retry not sent'],
    [429, undefined, 'rate-limited retry not sent', 'rate-limited retry not sent'],
    [500, said, 'service-down retry not sent', 'service-down retry sent'],
    [502, undefined, 'service-down retry not sent', 'service-down retry sent'],
    [503, undefined, 'service-down retry not sent', 'service-down retry sent'],
    [504, undefined, 'service-down retry not sent', 'service-down retry sent'],
    [511, undefined, 'service-down retry not sent', 'service-down retry not sent'],
    [520, undefined, 'service-down retry not sent', 'service-down retry sent'],
    [999, undefined, 'service-down retry not sent', 'service-down retry sent'],
  ])('%i with %j', (status, json, forGet, forUpload) => {
    const reply = { status, json, isPage: false, retryAfterMs: null }
    expect(short(errorOfStatus(get, reply))).toBe(forGet)
    expect(short(errorOfStatus(uploadAt('whole'), reply))).toBe(forUpload)
    // Nothing can have been taken of a body that was still on its way.
    expect(short(errorOfStatus(uploadAt('some'), reply))).toBe(forGet)
  })

  test.each([400, 401, 403, 404, 405, 409, 413, 418, 422, 451])(
    'a page with %i is nobody’s word on a ride or a key',
    status => {
      const reply = { status, json: undefined, isPage: true, retryAfterMs: null }
      for (const call of [get, uploadAt('whole')]) {
        expect(errorOfStatus(call, reply)).toMatchObject({ code: 'service-down', isForeignPage: true })
      }
    },
  )

  test('an outage of the service itself is no stranger’s page', () => {
    const reply = { status: 502, json: undefined, isPage: true, retryAfterMs: null }
    expect(errorOfStatus(get, reply)).toMatchObject({ code: 'service-down', isForeignPage: false })
  })

  test('with the status, the wait and the service’s own words', () => {
    const reply = {
      status: 422,
      json: { status: 422, error: 'Name is too long' },
      isPage: false,
      retryAfterMs: 5,
    }
    expect(errorOfStatus(uploadAt('whole'), reply)).toMatchObject({
      status: 422,
      retryAfterMs: 5,
      message: 'upload: the service answered 422: Name is too long',
    })
  })

  test('without words where the service has none', () => {
    expect(
      errorOfStatus(get, { status: 500, json: undefined, isPage: false, retryAfterMs: null }),
    ).toMatchObject({
      message: 'profile: the service answered 500',
      retryAfterMs: null,
    })
  })
})

describe('the service’s own words', () => {
  test.each<[unknown, string | null]>([
    [{ error: 'Auth failed' }, 'Auth failed'],
    [{ message: 'Auth failed' }, 'Auth failed'],
    [{ error: 7, message: 'seven' }, 'seven'],
    [{ error: '  a\r\n\tb\u0000\u001b[31mc\u202e ' }, 'a b [31mc'],
    [{ error: 'the key hush is bad: hush' }, 'the key (removed) is bad: (removed)'],
    [{ error: 'x'.repeat(300) }, 'x'.repeat(300)],
    [{ error: 'x'.repeat(301) }, `${'x'.repeat(299)}…`],
    [{ error: `${'x'.repeat(298)}hush` }, `${'x'.repeat(298)}(…`],
    [{ error: `${'x'.repeat(298)}🚴🚴` }, `${'x'.repeat(298)}\ufffd…`],
    [{ error: '' }, null],
    [{ error: '\n' }, null],
    [{}, null],
    ['Auth failed', null],
    [[{ error: 'x' }], null],
    [null, null],
    [undefined, null],
  ])('in %j are %j', (json, sentence) => {
    expect(serviceSentence(json, ['hush', ''])).toBe(sentence)
  })
})

/** An error as the HTTP library makes them. */
const failure = (name: string, code: string) => Object.assign(new Error('socket'), { name, code })

describe('a connection that brought no reply becomes an error', () => {
  test.each([
    ['Error', 'ECONNREFUSED', 'offline wait-for-network not sent'],
    ['Error', 'ENOTFOUND', 'offline wait-for-network not sent'],
    ['Error', 'ENETUNREACH', 'offline wait-for-network not sent'],
    ['Error', 'ECONNRESET', 'offline wait-for-network not sent'],
    ['Error', 'CERT_HAS_EXPIRED', 'offline wait-for-network not sent'],
    ['Error', 'ERR_TLS_CERT_ALTNAME_INVALID', 'offline wait-for-network not sent'],
    ['ConnectTimeoutError', 'UND_ERR_CONNECT_TIMEOUT', 'offline wait-for-network not sent'],
    ['HeadersTimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'offline wait-for-network not sent'],
    ['SocketError', 'UND_ERR_SOCKET', 'offline wait-for-network not sent'],
    ['HTTPParserError', 'HPE_INVALID_CONSTANT', 'service-down retry not sent'],
    ['HeadersOverflowError', 'UND_ERR_HEADERS_OVERFLOW', 'service-down retry not sent'],
  ])('%s %s', (name, code, forGet) => {
    expect(short(errorWithoutReply(get, failure(name, code)))).toBe(forGet)
    expect(short(errorWithoutReply(uploadAt('nothing'), failure(name, code)))).toBe(forGet)
    for (const sent of ['some', 'whole'] as const) {
      expect(short(errorWithoutReply(uploadAt(sent), failure(name, code)))).toBe('outcome-unknown retry sent')
    }
  })

  test('with the reason and the original', () => {
    const cause = failure('Error', 'ECONNREFUSED')
    expect(errorWithoutReply(get, cause)).toMatchObject({
      message: 'profile: no answer (ECONNREFUSED)',
      cause,
    })
  })

  test('without the bytes a parser stumbled over', () => {
    const cause = Object.assign(failure('HTTPParserError', 'HPE_INVALID_CONSTANT'), { data: 'hush' })
    expect(errorWithoutReply(get, cause).cause).toEqual(new Error('HTTPParserError HPE_INVALID_CONSTANT'))
  })

  test.each([['text'], [null], [{ code: 7 }]])('also from %j', cause => {
    expect(errorWithoutReply(get, cause).message).toBe('profile: no answer (unknown)')
  })
})

test('a yes that cannot be read is an outage, and for an upload an open question', () => {
  expect(errorOfUnreadable(get, { status: 200, isPage: true }, 'not in the form expected')).toMatchObject({
    code: 'service-down',
    recovery: 'retry',
    status: 200,
    bodySent: false,
    isForeignPage: true,
    message: 'profile: the service answered 200, but not in the form expected',
  })
  expect(
    errorOfUnreadable(uploadAt('whole'), { status: 201, isPage: false }, 'the reply was cut off'),
  ).toMatchObject({
    code: 'outcome-unknown',
    recovery: 'retry',
    status: 201,
    bodySent: true,
    message: 'upload: the service answered 201, but the reply was cut off',
  })
})
