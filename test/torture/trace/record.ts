import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { CliEnd } from '../../e2e/helpers/cli.ts'
import type { World } from '../../e2e/helpers/home.ts'
import { CallReader, type Call } from './read-calls.ts'
import { changingCalls, tellingOptions, tracedEnvironment } from './watched-calls.ts'

export interface Recording {
  readonly end: CliEnd
  readonly calls: readonly Call[]
}

/** Longer than any text that is written at once. */
const longestText = 32_000_000

/** Runs a command to its end and tells every call by which it changed the disk. */
export async function recordCalls(
  world: World,
  launcher: string,
  words: readonly string[],
): Promise<Recording> {
  const out = join(world.root, 'calls')
  const wanted = ['-e', `trace=${[...changingCalls, 'close'].join(',')}`, '-s', String(longestText)]
  const under = ['strace', ...tellingOptions, ...wanted, '-o', out]
  const end = await world.with({ under, launcher, env: tracedEnvironment }).musette(...words)
  const reader = new CallReader()
  const calls: Call[] = []
  for await (const line of createInterface({ input: createReadStream(out) })) {
    const call = reader.read(line)
    if (call !== null) calls.push(call)
  }
  await rm(out)
  return { end, calls }
}
