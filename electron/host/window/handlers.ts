import { dirname } from 'node:path'
import { AppError } from '../../../shared/app-error.ts'
import type { AppSnapshot, HostAbilities, StartupView } from '../../../shared/app-snapshot.ts'
import type { RequestName, Requests } from '../../../shared/ipc-contract.ts'
import type { Backfill } from '../../../shared/settings.ts'
import type { WantedSource } from '../../../shared/window-data.ts'
import { readSettings } from '../../adapters/settings-file.ts'
import type { Clock } from '../../sync/ports/clock.ts'
import type { Log } from '../../sync/ports/log.ts'
import { localDate } from '../../sync/local-date.ts'
import type { AccountKeeper } from '../account/account-keeper.ts'
import type { AskEngine } from '../engine-requests.ts'
import type { Environment } from '../environment.ts'
import { diagnosticsName, makeDiagnostics } from '../help/diagnostics.ts'
import { examineHome, nobodysEntry, type Examination } from '../help/doctor-findings.ts'
import type { HelpWork } from '../help/help-work.ts'
import { readLogTail } from '../help/log-tail.ts'
import { homeFolders } from '../home.ts'
import { pauseFrom } from './pause-until.ts'
import type { Shell } from './shell.ts'
import { typedFolder } from './typed-folder.ts'

export interface HandlerDeps {
  readonly ask: AskEngine
  readonly account: AccountKeeper
  /** Reads whole homes, beside the thread that has the window's messages. */
  readonly help: HelpWork
  readonly environment: Environment
  readonly shell: Shell
  readonly clock: Clock
  readonly log: Log
  /** The newest snapshot, once there is one. */
  readonly snapshot: () => Promise<AppSnapshot>
  readonly noteStartup: (startup: StartupView) => void
}

export type WindowHandlers = {
  readonly [K in RequestName]: (...args: Parameters<Requests[K]>) => Promise<ReturnType<Requests[K]>>
}

/** One handler a request, each thin: ask the engine or the shell, and answer. Each rejects with AppErrors. */
export function windowHandlers(deps: HandlerDeps): WindowHandlers {
  const { ask, account, help, environment, shell, clock } = deps
  const folders = homeFolders(environment.home)
  const examination = (): Examination => ({
    environment,
    credential: account.credential,
    voice: 'window',
    work: help,
    keychain: () => account.lookAtKeychain(nobodysEntry),
  })
  return {
    getSnapshot: () => deps.snapshot(),

    connect: key => {
      need(shell, 'canConnect', keyIsGiven)
      return account.connect(key, 'memory')
    },
    disconnect: () => {
      need(shell, 'canConnect', keyIsGiven)
      return done(account.disconnect())
    },
    unlock: () => done(account.unlock()),

    syncNow: async () => {
      await ask('setPause', { pause: { kind: 'none' } })
      // The user asked, so a keychain that was locked is asked too; its prompt may stay open long after the answer.
      account.unlock().catch((error: unknown) => {
        deps.log('warn', 'the keychain stays locked', { why: error instanceof AppError ? error.code : 'bug' })
      })
      return ask('wake', null)
    },
    pause: choice => ask('setPause', { pause: pauseFrom(choice, clock.now(), clock.timeZone()) }),
    resume: async () => {
      await ask('setPause', { pause: { kind: 'none' } })
      return ask('wake', null)
    },

    discoverFolders: () => ask('discoverFolders', null),
    previewFolder: async folder => ask('previewFolder', { folder: typedFolder(folder) }),
    chooseFolder: purpose => {
      need(shell, 'canChooseFolder', 'There is no dialog for folders here: type the path.')
      return shell.chooseFolder(purpose)
    },
    addSource: async ({ folder, name, backfill }) => {
      const wanted = { folder: typedFolder(folder), name, backfill: backfillFrom(backfill, clock.now()) }
      return (await ask('addSource', wanted)).id
    },
    changeSource: (id, change) => ask('changeSource', { id, change }),
    removeSource: id => ask('removeSource', { id }),
    addTrainer: async wanted =>
      (await ask('addTrainer', { ...wanted, folder: typedFolder(wanted.folder) })).id,
    changeTrainer: (id, change) => ask('changeTrainer', { id, change }),
    removeTrainer: id => ask('removeTrainer', { id }),
    showFolder: async id => {
      need(shell, 'canShowInFolder', noFileBrowser)
      await shell.showInFolder(folderOf(folders.settings, id))
      return null
    },

    listFiles: query => ask('listFiles', { query }),
    getFileStory: fileId => ask('fileStory', { fileId }),
    actOnFiles: (action, selection) => ask('actOnFiles', { action, selection }),
    showFile: async fileId => {
      need(shell, 'canShowInFolder', noFileBrowser)
      const { path, isPresent } = await ask('fileStory', { fileId })
      if (!isPresent) throw new AppError('missing', 'the file is gone', 'give-up', { file: path })
      await shell.showInFolder(path)
      return null
    },

    listWorkouts: () => ask('listWorkouts', null),

    changePreferences: change => ask('changePreferences', { change }),
    changeKeepFree: keepFree => ask('changeKeepFree', keepFree),
    setStartAtLogin: async isOn => {
      need(shell, 'canStartAtLogin', 'This Musette is not started at login.')
      const startup = await shell.setStartAtLogin(isOn)
      deps.noteStartup(startup)
      return startup
    },
    openSystemPage: page => done(shell.openSystemPage(page, dirname(folders.log))),

    examine: () => examineHome(examination()),
    readLog: limit => Promise.resolve(readLogTail(folders.log, limit)),
    saveDiagnostics: async () => {
      const nowMs = clock.now()
      const name = diagnosticsName(localDate(nowMs, clock.timeZone()))
      return shell.saveFile(name, await makeDiagnostics(examination(), nowMs))
    },
    quit: () => {
      need(shell, 'canQuit', 'This Musette is stopped where it was started.')
      shell.quit()
      return Promise.resolve(null)
    },
  }
}

const keyIsGiven =
  'The key of this Musette comes from its environment. Change it there and start Musette again.'
const noFileBrowser = 'There is no file browser here to show it in.'

/** The window hides what its host lacks; whoever asks all the same is told. */
function need(shell: Shell, ability: keyof HostAbilities, why: string): void {
  if (shell.abilities[ability] !== true) throw new AppError('bad-usage', why, 'give-up')
}

async function done(work: Promise<void>): Promise<null> {
  await work
  return null
}

function backfillFrom(wanted: WantedSource['backfill'], nowMs: number): Backfill {
  if (wanted.kind !== 'days') return wanted
  return { kind: 'since', at: new Date(nowMs - wanted.days * 86_400_000).toISOString() }
}

/** The folder of a source or trainer: a window names it by id only, never by path. */
function folderOf(settingsFile: string, id: string): string {
  const { sources, trainers } = readSettings(settingsFile).settings
  const found = [...sources, ...trainers].find(one => one.id === id)
  if (found === undefined) {
    throw new AppError('unknown-item', 'That folder is no longer in Musette.', 'give-up')
  }
  return found.folder
}
