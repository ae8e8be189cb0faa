import { oneLine } from '../../../shared/plain-words.ts'
import type { Context } from '../context.ts'
import { withEngine } from '../with-engine.ts'

/** Asks for one file: try again, leave it, or send it regardless. The next pass does the sending. */
export async function changeFile(
  context: Context,
  kind: 'retry' | 'ignore' | 'uploadAnyway',
  name: string,
): Promise<number> {
  const args = { name, workingFolder: context.workingFolder }
  const outcome = await withEngine(context, async ask => {
    switch (kind) {
      case 'retry':
        return ask('retryFile', args)
      case 'ignore':
        return ask('ignoreFile', args)
      case 'uploadAnyway':
        await ask('uploadAnyway', args)
        return 'done'
    }
  })
  const told = { retry: 'Will be tried again', ignore: 'Ignored', uploadAnyway: 'Will be sent' }
  if (outcome === 'done') context.io.out(`${told[kind]}: ${oneLine(name)}`)
  else
    context.io.out(
      `Sent already, nothing to do: ${oneLine(name)}. To send it once more: musette upload FILE --anyway`,
    )
  return 0
}
