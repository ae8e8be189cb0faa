import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  findFile,
  ignoreFile,
  retryFile,
  uploadAnyway,
} from '../../../../electron/sync/folders/file-requests.ts'
import type { FileRow } from '../../../../electron/sync/ledger/files.ts'
import { EngineHome, hourMs } from '../../../helpers/engine-home.ts'
import { fitRide, unfinished } from '../../../helpers/rides.ts'

let home: EngineHome
beforeEach(async () => {
  home = await EngineHome.open()
})
afterEach(() => home.close())

const file = (name = 'rides/a.fit'): FileRow => findFile(home.parts.ledger, name, home.root)
const old = fitRide('2026-01-10T08:00:00Z')

test('to try or to leave a ride that was sent changes nothing, and says so', async () => {
  await home.addSource()
  home.put('rides/a.fit', fitRide())
  await home.sync()
  expect([retryFile(home.parts, file()), ignoreFile(home.parts, file())]).toEqual([
    'sentAlready',
    'sentAlready',
  ])
  await home.sync()
  expect([home.states(), home.service.names]).toEqual([{ 'rides/a.fit': 'uploaded sent' }, ['a.fit']])
})

describe('a file that is gone and of which nothing was kept', () => {
  const tooOld = async (): Promise<void> => {
    home.put('rides/a.fit', old)
    await home.addSource()
    await home.sync()
  }
  const held = async (): Promise<void> => {
    await home.addSource()
    home.put('rides/a.fit', unfinished(old), 24 * hourMs)
    await home.sync()
  }

  test.each([
    ['an unfinished one', held, 'ignored went-away'],
    ['an old ride', tooOld, 'tooOld before-baseline'],
  ])('%s can neither be tried again nor sent anyway', async (_, make, state) => {
    await make()
    rmSync(home.folder('rides/a.fit'))
    await home.sync()
    expect(() => retryFile(home.parts, file())).toThrow(/is not there any more/)
    await expect(uploadAnyway(home.parts, file())).rejects.toMatchObject({ code: 'bad-usage' })
    expect(home.states()).toEqual({ 'rides/a.fit': state })
  })

  test.each([
    ['an unfinished one', held],
    ['an old ride', tooOld],
  ])('%s is not sent anyway, also when no scan has noticed yet', async (_, make) => {
    await make()
    rmSync(home.folder('rides/a.fit'))
    await expect(uploadAnyway(home.parts, file())).rejects.toMatchObject({ code: 'bad-usage' })
  })
})

test('an old ride whose file is gone is tried again from a copy that is there', async () => {
  home.put('rides/a.fit', old)
  home.put('rides/copy.fit', old)
  await home.addSource()
  rmSync(home.folder('rides/a.fit'))
  await home.sync()
  expect(retryFile(home.parts, file())).toBe('done')
  await home.sync()
  expect(home.states()).toEqual({ 'rides/a.fit': 'uploaded sent', 'rides/copy.fit': 'uploaded sent' })
})
