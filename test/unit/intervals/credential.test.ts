import { describe, expect, test } from 'vitest'
import { authorizationHeader, checkApiKey, secretsOf } from '../../../electron/intervals/credential.ts'

describe('the authorization header', () => {
  test.each([
    [{ kind: 'apiKey', key: 'abc' } as const, 'Basic QVBJX0tFWTphYmM='],
    [{ kind: 'bearer', token: 'abc' } as const, 'Bearer abc'],
  ])('of %j is %s', (credential, header) => {
    expect(authorizationHeader(credential)).toBe(header)
  })

  test.each(['a\r\nX: y', 'a b', 'ключ', ''])('cannot be made of %j', token => {
    expect(() => authorizationHeader({ kind: 'bearer', token })).toThrow(
      expect.objectContaining({ code: 'signed-out', recovery: 'sign-in' }),
    )
  })

  test('is known in each form that would give the key away', () => {
    const key = 'a+c'
    expect(secretsOf({ kind: 'apiKey', key })).toEqual([
      key,
      'QVBJX0tFWTphK2M=',
      'a%2Bc',
      'QVBJX0tFWTphK2M%3D',
    ])
  })
})

describe('a pasted API key', () => {
  test.each([
    ['4xk2j3h4g5', '4xk2j3h4g5'],
    ['4xk2j3h4g5\n', '4xk2j3h4g5'],
    ['4xk2j3h4g5\r\n', '4xk2j3h4g5'],
    ['1234567890', '1234567890'],
    ['i12345x', 'i12345x'],
    ['a:b', 'a:b'],
  ])('%j is the key %j', (text, key) => {
    expect(checkApiKey(text)).toEqual({ kind: 'ok', key })
  })

  test.each([
    ['', 'empty'],
    ['\n', 'empty'],
    ['  \n', 'empty'],
    [' 4xk2j3h4g5', 'white-space'],
    ['4xk2j3h4g5 ', 'white-space'],
    ['4xk2j3\th4g5', 'white-space'],
    ['4xk2j3h4g5\n\n', 'white-space'],
    ['4xk2j3\u00a0h4g5', 'white-space'],
    ['i123456', 'looks-like-athlete-id'],
    ['I123456\n', 'looks-like-athlete-id'],
    ['2049151', 'looks-like-athlete-id'],
    ['123456789', 'looks-like-athlete-id'],
    ['4xk2\u200bj3h4g5', 'not-printable'],
    ['4xk2\u0007j3h4g5', 'not-printable'],
    ['schlüssel', 'not-printable'],
  ])('%j is explained as %s, without repeating it', (text, why) => {
    const check = checkApiKey(text)
    expect(check).toMatchObject({ kind: 'bad', why })
    expect(check.kind === 'bad' ? check.message : '').toMatch(/^[A-Z].{10,}\.$/)
    const shown = text.trim()
    if (shown !== '') expect(JSON.stringify(check)).not.toContain(shown)
  })
})
