import type { Context } from '../context.ts'
import { withEngine } from '../with-engine.ts'

/** Asks for one file: try again, leave it, or send it regardless. The next pass does the sending. */
export async function changeFile(
  context: Context,
  kind: 'retry' | 'ignore' | 'uploadAnyway',
  name: string,
): Promise<number> {
  const args = { name, workingFolder: context.workingFolder }
  await withEngine(context, ask => {
    switch (kind) {
      case 'retry':
        return ask('retryFile', args)
      case 'ignore':
        return ask('ignoreFile', args)
      case 'uploadAnyway':
        return ask('uploadAnyway', args)
    }
  })
  const told = { retry: 'Will be tried again', ignore: 'Ignored', uploadAnyway: 'Will be sent' }
  context.io.out(`${told[kind]}: ${name}`)
  return 0
}
