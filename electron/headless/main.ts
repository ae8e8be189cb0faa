import { constants } from 'node:os'
import { AppError } from '../../shared/app-error.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { errorText } from '../../shared/error-text.ts'
import { oneLine } from '../../shared/plain-words.ts'
import { readEnvironment } from '../host/environment.ts'
import { version } from '../host/version.ts'
import type { WorkerFiles } from '../workers/worker-files.ts'
import { parseCommand, type Command } from './command-line.ts'
import { connect, disconnect, showAccount } from './commands/account.ts'
import { changeFile } from './commands/change-file.ts'
import { diagnostics } from './commands/diagnostics.ts'
import { doctor } from './commands/doctor.ts'
import { changeFolder, sourceAdd, sourceList, trainerAdd, trainerList } from './commands/folders.ts'
import { files, status, why } from './commands/look.ts'
import { run } from './commands/run.ts'
import { failedReport, sync } from './commands/sync.ts'
import type { Context } from './context.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { helpText } from './help.ts'
import type { Io } from './io.ts'

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const stoppedText = 'The sync was stopped before its end. Nothing is lost; the next one goes on.'
const bugText = 'Musette made a mistake of its own. Nothing is lost; please report what follows.'

/** What belongs to the program and lies beside it. */
export interface ProgramFiles {
  readonly workers: WorkerFiles
  /** The built window. */
  readonly windowFolder: string
}

/** Runs one command and answers its exit code. Expected trouble becomes a sentence on standard error. */
export async function main(args: readonly string[], io: Io, files: ProgramFiles): Promise<number> {
  const isJsonSync = args[0] === 'sync' && args.includes('--json')
  const stop = new AbortController()
  let stoppedBy: (typeof stopSignals)[number] | null = null
  for (const signal of stopSignals) {
    process.on(signal, () => {
      stoppedBy ??= signal
      stop.abort()
    })
  }
  try {
    const command = parseCommand(args)
    if (command.kind === 'help') return told(io, helpText)
    if (command.kind === 'version') return told(io, version)
    const environment = readEnvironment(process.env)
    return await perform(
      {
        ...{ environment, io, stop: stop.signal, workingFolder: process.cwd() },
        ...{ files: files.workers, windowFolder: files.windowFolder },
      },
      command,
    )
  } catch (error) {
    const signal = stoppedBy as (typeof stopSignals)[number] | null // set by a listener the compiler does not follow
    if (signal !== null && !(error instanceof AppError)) {
      if (isJsonSync) io.out(JSON.stringify(failedReport('interrupted', stoppedText, null), null, 2))
      // What a shell expects of a command that a signal has ended.
      return 128 + constants.signals[signal]
    }
    const trouble = error instanceof AppError ? error : null
    const text = trouble === null ? bugText : errorText(trouble)
    io.err(trouble === null ? text : oneLine(text))
    if (trouble === null) io.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
    if (isJsonSync) {
      io.out(JSON.stringify(failedReport(trouble?.code ?? 'internal', text, trouble?.file ?? null), null, 2))
    }
    return trouble === null ? exitCodes.unfinished : exitCodeOf(trouble)
  }
}

function told(io: Io, text: string): number {
  io.out(text)
  return 0
}

async function perform(
  context: Context,
  command: Exclude<Command, { kind: 'help' | 'version' }>,
): Promise<number> {
  switch (command.kind) {
    case 'connect':
      return connect(context)
    case 'accountShow':
      return showAccount(context, command.json)
    case 'disconnect':
      return disconnect(context)
    case 'sourceAdd':
      return sourceAdd(context, command)
    case 'sourceList':
      return sourceList(context, command.json)
    case 'sourceRemove':
    case 'sourcePause':
    case 'sourceResume':
    case 'trainerRemove':
      return changeFolder(context, command)
    case 'trainerAdd':
      return trainerAdd(context, command)
    case 'trainerList':
      return trainerList(context, command.json)
    case 'sync':
      return sync(context, command.json)
    case 'run':
      return run(context, command.uiPort)
    case 'status':
      return status(context, command.json)
    case 'files':
      return files(context, command.state, command.json)
    case 'why':
      return why(context, command.file, command.json)
    case 'retry':
    case 'ignore':
    case 'uploadAnyway':
      return changeFile(context, command.kind, command.file)
    case 'doctor':
      return doctor(context, command.json)
    case 'diagnostics':
      return diagnostics(context, command.out)
    default:
      return assertNever(command)
  }
}
