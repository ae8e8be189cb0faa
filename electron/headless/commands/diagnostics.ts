import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { diskError } from '../../adapters/disk-errors.ts'
import { makeDiagnostics } from '../../host/help/diagnostics.ts'
import type { Context } from '../context.ts'

/** Writes a bundle for a bug report and prints its path. */
export async function diagnostics(context: Context, out: string): Promise<number> {
  const zip = await makeDiagnostics({ environment: context.environment }, Date.now())
  const target = resolve(context.workingFolder, out)
  try {
    // Never over a file that is there already: it may be the user's own.
    writeFileSync(target, zip, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw diskError(error, target)
  }
  context.io.out(target)
  return 0
}
