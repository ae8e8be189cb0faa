import type { HostAbilities, StartupView } from '../../../shared/app-snapshot.ts'
import type { FolderPurpose } from '../../../shared/ipc-contract.ts'
import type { SavedDiagnostics, SystemPage } from '../../../shared/window-data.ts'

/** What only the surroundings of a window can do: dialogs, the file browser, start at login. One per host. */
export interface Shell {
  readonly abilities: HostAbilities
  /** Null when cancelled, or where there are no dialogs. */
  chooseFolder(purpose: FolderPurpose): Promise<string | null>
  /** Shows a file or folder in the system's file browser. */
  showInFolder(path: string): Promise<void>
  /** Start at login as it truly is; null where the host cannot. */
  startup(): Promise<StartupView | null>
  setStartAtLogin(isOn: boolean): Promise<StartupView>
  openSystemPage(page: SystemPage, logFolder: string): Promise<void>
  /** Lets the user keep a file under a suggested name. */
  saveFile(suggestedName: string, content: Uint8Array): Promise<SavedDiagnostics>
  quit(): void
}
