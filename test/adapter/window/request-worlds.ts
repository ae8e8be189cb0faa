import type { RequestError, RequestName, Result } from '../../../shared/ipc-contract.ts'
import { put, ride } from '../../e2e/helpers/rides.ts'
import { windowWorld, type WindowWorld } from './window-world.ts'

/** Where the tests of all requests happen. */
export interface RequestWorlds {
  /** With a key of the environment and one ride that went up. */
  readonly keyed: WindowWorld
  readonly fileId: number
  /** Without a key; it connects in these tests. */
  bare: WindowWorld
  /** Its engine has ended. */
  readonly dead: WindowWorld
}

/** One request, through the window's service to a real engine and back. */
export interface RequestTest {
  /** Does what the request is for, and looks whether it is so. */
  readonly succeeds: (w: RequestWorlds) => Promise<void>
  /** How it can fail, and what the window is told. */
  readonly fails: readonly [(w: RequestWorlds) => Promise<Result<unknown>>, Partial<RequestError>]
  readonly isSkipped?: boolean
}

export type TestsOf<N extends RequestName> = { readonly [K in N]: RequestTest }

export const filter = { text: '', states: [], sourceId: null, sport: null, from: null, to: null }
export const everything = { ...filter, offset: 0, limit: 100 }
export const engineGone = { code: 'home-in-use' } as const
export const malformed = { code: 'bad-usage' } as const
export const unknown = { code: 'unknown-item' } as const

export async function openRequestWorlds(): Promise<RequestWorlds> {
  const keyed = await windowWorld()
  await keyed.get('addSource', { folder: keyed.rides, name: 'Edge', backfill: { kind: 'all' } })
  put(keyed.rides, 'a.fit', ride(1))
  await keyed.get('syncNow')
  await keyed.untilSnapshot(({ counts }) => counts.uploaded === 1, 'the ride')
  const fileId = (await keyed.get('listFiles', everything)).rows[0]?.fileId ?? -1
  const bare = await windowWorld({ apiKey: null })
  const dead = await windowWorld()
  await dead.session.close(true)
  return { keyed, fileId, bare, dead }
}

/** What a window that was tampered with may send. */
export function sends({ keyed }: RequestWorlds, name: string, ...args: readonly unknown[]) {
  return keyed.service.answer(name, args)
}
