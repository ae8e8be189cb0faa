import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/app-error.ts'
import { checkAccount } from '../../../electron/sync/account.ts'
import { EngineHome } from '../../helpers/engine-home.ts'
import { fitRide } from '../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

test('the first key binds the home, in the settings and in the ledger', async () => {
  const profile = await checkAccount(home.parts)
  expect(profile.id).toBe('i1')
  expect(home.parts.settings.current().account).toEqual({
    ...{ origin: 'https://service.test', athleteId: 'i1', name: 'Rider' },
  })
  expect([home.parts.ledger.meta.read('bound-to'), home.parts.ledger.meta.read('athlete-time-zone')]).toEqual(
    ['https://service.test i1', 'UTC'],
  )
})

test('a name that changed is noted, the binding stays', async () => {
  await checkAccount(home.parts)
  home.service.athlete = { id: 'i1', name: null, timeZone: null }
  await checkAccount(home.parts)
  expect(home.parts.settings.current().account).toEqual({
    ...{ origin: 'https://service.test', athleteId: 'i1', name: null },
  })
})

test("another athlete's key sends nothing and says whose home it is", async () => {
  await home.addSource()
  home.put('rides/a.fit', fitRide())
  await checkAccount(home.parts)
  home.service.athlete = { id: 'i2', name: 'Other', timeZone: null }
  const report = await home.sync()
  expect(report.errors).toEqual([
    {
      ...{ code: 'wrong-athlete', file: null },
      message: 'This home belongs to i1, and the key is of i2; use another MUSETTE_HOME. Nothing was sent.',
    },
  ])
  expect([home.service.names, home.states()]).toEqual([[], {}])
})

test('the ledger is a second witness when the settings were lost', async () => {
  await checkAccount(home.parts)
  await home.parts.settings.update(settings => ({ ...settings, account: null }))
  home.service.athlete = { id: 'i2', name: 'Other', timeZone: null }
  await expect(checkAccount(home.parts)).rejects.toMatchObject({ code: 'wrong-athlete' })
  expect(home.parts.settings.current().account).toBeNull()
})

test('the settings are the first witness when the ledger was lost', async () => {
  await home.addSource()
  await checkAccount(home.parts)
  await home.loseLedger()
  home.service.athlete = { id: 'i2', name: 'Other', timeZone: null }
  await expect(checkAccount(home.parts)).rejects.toMatchObject({ code: 'wrong-athlete' })
  expect([home.parts.settings.current().account?.athleteId, home.parts.ledger.meta.read('bound-to')]).toEqual(
    [...['i1', null]],
  )
})

test('another service is refused before any request', async () => {
  await checkAccount(home.parts)
  home.service.calls.length = 0
  await expect(checkAccount({ ...home.parts, origin: 'https://other.test' })).rejects.toMatchObject({
    code: 'wrong-athlete',
  })
  expect(home.service.calls).toEqual([])
})

test('nothing is bound while the service does not say who it is', async () => {
  home.service.profileError = new AppError('signed-out', '401', 'sign-in')
  await expect(checkAccount(home.parts)).rejects.toMatchObject({ code: 'signed-out' })
  expect([home.parts.settings.current().account, home.parts.ledger.meta.read('bound-to')]).toEqual([
    null,
    null,
  ])
})
