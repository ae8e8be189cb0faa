import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { StrangersTry } from './stranger.ts'

/** Users that nobody is: they own nothing and need no name. */
export const riderUid = 48_211
export const strangerUid = 48_212

/** Why nothing can be done as another user here; null when it can. */
export function whyNoOtherUser(): string | null {
  if (process.platform !== 'linux') return 'acting as another user needs Linux'
  if (process.geteuid?.() !== 0) return 'acting as another user needs root'
  return spawnSync('setpriv', ['--version']).status === 0 ? null : 'not installed: setpriv'
}

/** The words that run a command as a user without any rights. */
export function asUser(uid: number): readonly string[] {
  return ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--']
}

/** Runs a command as another user of this computer and answers what it printed. Throws where it fails. */
export function runAsStranger(words: readonly string[], input = ''): string {
  const [command = '', ...args]: readonly string[] = [...asUser(strangerUid), ...words]
  const end = spawnSync(command, args, { input, encoding: 'utf8', timeout: 30_000 })
  if (end.status !== 0) throw new Error(`the stranger failed: ${end.stderr}`)
  return end.stdout
}

/** Tries all of it as another user of this computer; answers how each ended. */
export function tryAsStranger(tries: readonly StrangersTry[]): readonly string[] {
  const words = [process.execPath, resolve('test/helpers/stranger.ts')]
  return JSON.parse(runAsStranger(words, JSON.stringify(tries))) as readonly string[] // what stranger.ts prints
}
