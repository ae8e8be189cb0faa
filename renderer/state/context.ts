import { createContext } from 'svelte'
import type { AppView } from './app-view.svelte.ts'
import type { Clock } from './clock.svelte.ts'
import type { Router } from './router.svelte.ts'

/** What every page can reach. */
export interface WindowState {
  readonly view: AppView
  readonly router: Router
  readonly clock: Clock
}

export const [getWindowState, setWindowState] = createContext<WindowState>()
