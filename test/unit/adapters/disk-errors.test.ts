import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { diskError, systemCode } from '../../../electron/adapters/disk-errors.ts'

/** As Node throws it where it has no name for what the system answered. */
const unnamed = (errno: number): Error =>
  Object.assign(new Error(`Unknown system error -${errno}: write`), {
    ...{ errno: -errno, code: `Unknown system error -${errno}` },
  })
const { EDQUOT, ENOLINK, ESTALE } = constants.errno

test.each([
  ['a quota that is used up', EDQUOT, 'EDQUOT', 'disk-full'],
  ['a share that was taken away meanwhile', ESTALE, 'ESTALE', 'missing'],
  ['a line to a share that was cut', ENOLINK, 'ENOLINK', 'missing'],
])('%s is known, though Node has no name for it', (_, errno, name, code) => {
  expect([systemCode(unnamed(errno)), diskError(unnamed(errno), '/a')]).toMatchObject([
    name,
    { code, recovery: 'retry', file: '/a', message: `${name}: /a` },
  ])
})

test('what nobody knows keeps the number that Node gave it', () => {
  expect(diskError(unnamed(9_999), '/a')).toMatchObject({
    ...{ code: 'disk-error', message: 'Unknown system error -9999: /a' },
  })
  expect(systemCode(new TypeError('no system error'))).toBe('')
})
