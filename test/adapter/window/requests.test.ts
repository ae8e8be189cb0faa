import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RequestName } from '../../../shared/ipc-contract.ts'
import { windowRequestNames } from '../../../shared/parse-requests.ts'
import { put, ride } from '../../e2e/helpers/rides.ts'
import { folderRequests } from './folder-requests.ts'
import {
  engineGone,
  everything,
  filter,
  malformed,
  openRequestWorlds,
  sends,
  unknown,
  type RequestWorlds,
  type TestsOf,
} from './request-worlds.ts'
import { athleteKey, closeWorlds } from './window-world.ts'

// No bus, so no keychain: nothing is ever kept outside these worlds. Only Linux can be told so.
const isWithoutKeychain = process.platform === 'linux'
if (!isWithoutKeychain) console.log('SKIPPED: connecting without a keychain, this system always has one')
process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/musette-test-bus'

let w: RequestWorlds
beforeAll(async () => {
  w = await openRequestWorlds()
})
afterAll(closeWorlds)

/** Every request there is goes through the window's service to a real engine, and back. */
const requestTests: TestsOf<RequestName> = {
  getSnapshot: {
    succeeds: async w => {
      expect(await w.keyed.get('getSnapshot')).toMatchObject({ home: w.keyed.home, counts: { uploaded: 1 } })
    },
    fails: [w => w.keyed.service.answer('getSnapshot', 'no list'), malformed],
  },

  connect: {
    isSkipped: !isWithoutKeychain,
    succeeds: async w => {
      const outcome = await w.bare.get('connect', `${athleteKey}\n`)
      expect(outcome).toMatchObject({ id: 'i200001', name: 'Sample Athlete', key: 'memory' })
      const { account } = await w.bare.untilSnapshot(
        snapshot => snapshot.account.kind === 'connected',
        'the account',
      )
      expect(account).toMatchObject({ id: 'i200001', key: 'memory' })
      await w.bare.get('disconnect')
    },
    fails: [w => w.bare.ask('connect', 'wrong-key-000'), { code: 'key-unknown' }],
  },
  disconnect: {
    isSkipped: !isWithoutKeychain,
    succeeds: async w => {
      await w.bare.get('connect', athleteKey)
      expect(await w.bare.get('disconnect')).toBeNull()
      await w.bare.untilSnapshot(({ account }) => account.kind === 'signedOut', 'the end of the account')
    },
    fails: [w => w.keyed.ask('disconnect'), malformed],
  },
  unlock: {
    isSkipped: !isWithoutKeychain,
    succeeds: async w => {
      expect(await w.keyed.get('unlock')).toBeNull()
    },
    fails: [
      async w => {
        await w.bare.get('connect', athleteKey)
        // The key was in memory alone, and there is no keychain to ask for it.
        w.bare = await w.bare.reopen()
        expect(w.bare.service.current.account).toMatchObject({ kind: 'signedOut', why: 'keychain-missing' })
        return w.bare.ask('unlock')
      },
      { code: 'keychain-missing', recovery: 'sign-in' },
    ],
  },

  syncNow: {
    succeeds: async w => {
      put(w.keyed.rides, 'b.fit', ride(2))
      await w.keyed.get('syncNow')
      await w.keyed.untilSnapshot(({ counts }) => counts.uploaded === 2, 'the second ride')
    },
    fails: [w => w.dead.ask('syncNow'), engineGone],
  },
  pause: {
    succeeds: async w => {
      await w.keyed.get('pause', 'untilResumed')
      await w.keyed.untilSnapshot(({ pause }) => pause.kind === 'untilResumed', 'the pause')
      await w.keyed.get('resume')
    },
    fails: [w => sends(w, 'pause', 'forever'), malformed],
  },
  resume: {
    succeeds: async w => {
      await w.keyed.get('pause', 'hour')
      await w.keyed.get('resume')
      await w.keyed.untilSnapshot(({ pause }) => pause.kind === 'none', 'the end of the pause')
    },
    fails: [w => w.dead.ask('resume'), engineGone],
  },

  ...folderRequests,

  listFiles: {
    succeeds: async w => {
      const page = await w.keyed.get('listFiles', { ...everything, text: 'A.FIT' })
      expect(page).toMatchObject({ total: 1, rows: [{ fileId: w.fileId, state: 'uploaded' }] })
    },
    fails: [w => sends(w, 'listFiles', { ...everything, limit: 501 }), malformed],
  },
  getFileStory: {
    succeeds: async w => {
      expect(await w.keyed.get('getFileStory', w.fileId)).toMatchObject({
        path: join(w.keyed.rides, 'a.fit'),
      })
    },
    fails: [w => w.keyed.ask('getFileStory', 999), unknown],
  },
  actOnFiles: {
    succeeds: async w => {
      writeFileSync(join(w.keyed.rides, 'unfinished.fit'), ride(7).subarray(0, 200))
      await w.keyed.get('syncNow')
      const waiting = { ...everything, text: 'unfinished' }
      const state = async () => (await w.keyed.get('listFiles', waiting)).rows[0]?.state
      await expect.poll(state, { timeout: 20_000 }).toBe('waiting')
      const selection = { kind: 'matching', filter: { ...filter, text: 'unfinished' } } as const
      expect(await w.keyed.get('actOnFiles', 'ignore', selection)).toMatchObject({ done: 1, failedCount: 0 })
      expect(await state()).toBe('ignored')
      expect(await w.keyed.get('actOnFiles', 'retry', selection)).toMatchObject({ done: 1 })
      expect(await state()).not.toBe('ignored')
      const sent = { kind: 'ids', ids: [w.fileId] } as const
      expect(await w.keyed.get('actOnFiles', 'ignore', sent)).toMatchObject({ done: 0 })
    },
    fails: [w => sends(w, 'actOnFiles', 'delete', { kind: 'ids', ids: [1] }), malformed],
  },
  showFile: {
    succeeds: async w => {
      await w.keyed.get('showFile', w.fileId)
      expect(w.keyed.shown.at(-1)).toBe(join(w.keyed.rides, 'a.fit'))
    },
    fails: [w => w.keyed.ask('showFile', 999), unknown],
  },

  listWorkouts: {
    succeeds: async w => {
      expect((await w.keyed.get('listWorkouts')).days.length).toBeGreaterThan(0)
    },
    fails: [w => w.dead.ask('listWorkouts'), engineGone],
  },

  changePreferences: {
    succeeds: async w => {
      await w.keyed.get('changePreferences', { theme: 'dark' })
      await w.keyed.untilSnapshot(({ preferences }) => preferences.theme === 'dark', 'the theme')
    },
    fails: [w => sends(w, 'changePreferences', { theme: 'pink' }), malformed],
  },
  changeKeepFree: {
    succeeds: async w => {
      await w.keyed.get('changeKeepFree', { bytes: 7, percent: 0 })
      await w.keyed.untilSnapshot(({ keepFree }) => keepFree.bytes === 7, 'the bytes')
    },
    fails: [w => sends(w, 'changeKeepFree', { bytes: -1, percent: 0 }), malformed],
  },
  setStartAtLogin: {
    succeeds: async w => {
      expect(await w.keyed.get('setStartAtLogin', true)).toEqual({ kind: 'on' })
      await w.keyed.untilSnapshot(({ startup }) => startup?.kind === 'on', 'the entry')
    },
    fails: [w => sends(w, 'setStartAtLogin', 'yes'), malformed],
  },
  openSystemPage: {
    succeeds: async w => {
      await w.keyed.get('openSystemPage', 'logFolder')
      expect(w.keyed.shown.at(-1)).toBe(`logFolder ${join(w.keyed.home, 'profiles/default/logs')}`)
    },
    fails: [w => sends(w, 'openSystemPage', 'file:///etc/passwd'), malformed],
  },

  examine: {
    succeeds: async w => {
      const findings = await w.keyed.get('examine')
      expect(findings).toContainEqual({ subject: 'records', kind: 'fine', text: 'whole' })
      expect(findings).toContainEqual(expect.objectContaining({ subject: 'account', kind: 'fine' }))
    },
    fails: [w => w.dead.ask('examine'), { code: 'stopped-early', recovery: 'retry' }],
  },
  readLog: {
    succeeds: async w => {
      expect((await w.keyed.get('readLog', 3)).length).toBeLessThanOrEqual(3)
    },
    fails: [w => sends(w, 'readLog', 0), malformed],
  },
  saveDiagnostics: {
    succeeds: async w => {
      expect(await w.keyed.get('saveDiagnostics')).toMatchObject({ kind: 'handedOver' })
    },
    fails: [w => w.dead.ask('saveDiagnostics'), { code: 'stopped-early', recovery: 'retry' }],
  },
  quit: {
    succeeds: async w => {
      await w.keyed.get('quit')
      expect(w.keyed.shown.at(-1)).toBe('quit')
    },
    fails: [w => w.keyed.service.answer('quit', { 0: 'now' }), malformed],
  },
}

test('every request that has a parser is tested here', () => {
  expect(Object.keys(requestTests).toSorted()).toEqual(windowRequestNames.toSorted())
})

describe.each(Object.entries(requestTests))('%s', (_name, { succeeds, fails: [fail, told], isSkipped }) => {
  test.skipIf(isSkipped)('does what it is for', () => succeeds(w))

  test.skipIf(isSkipped)('says in words why it can not', async () => {
    const failed = await fail(w)
    expect(failed).toMatchObject({ kind: 'failed', error: told })
    const message = failed.kind === 'failed' ? failed.error.message : ''
    // A request that no window of ours sends is told to whoever sends it.
    expect(message).toMatch(/^(?:["A-Z]|[a-z]:\\|\/).*\.$|^a request is malformed: /)
    expect(message).not.toMatch(/MUSETTE_|\bmusette [a-z]|home-in-use|undefined/)
  })
})

test('nothing of all this was a bug', () => {
  expect([...w.keyed.logged, ...w.bare.logged]).toEqual([])
})
