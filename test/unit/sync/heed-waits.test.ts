import { expect, test } from 'vitest'
import { heedWaits } from '../../../electron/sync/heed-waits.ts'
import { AppError, type ErrorCode } from '../../../shared/app-error.ts'
import { FakeService } from '../../helpers/fake-service.ts'

/** What asking for the profile throws, when this is the answer and noting a wait ends so. */
async function thrown(answer: AppError, obey: (waitMs: number) => void): Promise<unknown> {
  const service = new FakeService()
  service.profileError = answer
  return heedWaits(service, obey)
    .profile()
    .catch((error: unknown) => error)
}
const busy = new AppError('service-down', '503', 'retry', { retryAfterMs: 5000, bodySent: true })
const failing = (code: ErrorCode) => (): void => {
  throw new AppError(code, 'not noted', 'retry')
}

test('a wait is noted, and the answer goes on to who asked', async () => {
  const waits: number[] = []
  expect([await thrown(busy, waitMs => waits.push(waitMs)), waits]).toEqual([busy, [5000]])
})

test('a wait that a full disk keeps from being noted does not hide the answer', async () => {
  expect(await thrown(busy, failing('disk-full'))).toBe(busy)
})

test('a damaged ledger does', async () => {
  expect(await thrown(busy, failing('ledger-damaged'))).toMatchObject({ code: 'ledger-damaged' })
})
