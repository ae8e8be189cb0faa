import type {
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron'
import { stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FolderPurpose } from '../../../shared/ipc-contract.ts'
import type { SavedDiagnostics } from '../../../shared/window-data.ts'
import { diskError } from '../../adapters/disk-errors.ts'

export interface DialogsDeps {
  open(options: OpenDialogOptions): Promise<OpenDialogReturnValue>
  save(options: SaveDialogOptions): Promise<SaveDialogReturnValue>
  readonly lastFolder: (purpose: string) => string | null
  keepFolder(purpose: string, folder: string): void
  readonly userHome: string
}

const titles: Readonly<Record<FolderPurpose, string>> = {
  source: 'Choose the folder your rides are saved in',
  trainer: "Choose your trainer's workout folder",
}

/** The system's dialogs. Each purpose begins where it was last left. */
export class Dialogs {
  readonly #deps: DialogsDeps

  constructor(deps: DialogsDeps) {
    this.#deps = deps
  }

  /** Null when it was cancelled. */
  async chooseFolder(purpose: FolderPurpose): Promise<string | null> {
    const { canceled, filePaths } = await this.#deps.open({
      title: titles[purpose],
      defaultPath: await this.#start(purpose),
      buttonLabel: 'Choose',
      // A trainer's folder may have to be made first.
      properties: ['openDirectory', ...(purpose === 'trainer' ? (['createDirectory'] as const) : [])],
    })
    const [folder] = filePaths
    if (canceled || folder === undefined) return null
    // The folder beside it is the likely next one.
    this.#deps.keepFolder(purpose, dirname(folder))
    return folder
  }

  /** Lets the user keep a file. Throws the disk's AppErrors. */
  async saveFile(suggestedName: string, content: Uint8Array): Promise<SavedDiagnostics> {
    const { canceled, filePath } = await this.#deps.save({
      title: 'Save the diagnostics',
      defaultPath: join(await this.#start('save'), suggestedName),
      filters: [{ name: 'Zip archive', extensions: ['zip'] }],
    })
    if (canceled || filePath === '') return { kind: 'cancelled' }
    try {
      await writeFile(filePath, content, { mode: 0o600 })
    } catch (error) {
      throw diskError(error, filePath)
    }
    this.#deps.keepFolder('save', dirname(filePath))
    return { kind: 'saved', path: filePath }
  }

  /** Where it was last left, while that still is a folder. */
  async #start(purpose: string): Promise<string> {
    const { lastFolder, userHome } = this.#deps
    const last = lastFolder(purpose)
    if (last === null) return userHome
    const isFolder = await stat(last).then(
      found => found.isDirectory(),
      () => false,
    )
    return isFolder ? last : userHome
  }
}
