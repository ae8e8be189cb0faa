import type { Page } from 'playwright-core'
import type { Controls, DesktopState } from './desktop/driver/controls.ts'
import { doubleDriver } from './desktop/driver/double-driver.ts'
import { realDriver } from './desktop/driver/real-driver.ts'

/** How a desktop app ended. */
export interface DesktopEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** When its process was gone, on the clock of `performance`; what the driver tidies up comes after. */
  readonly exitedAt: number
}

/** A desktop app that runs. */
export interface DesktopApp {
  readonly pid: number
  readonly ended: Promise<DesktopEnd>
  state(): Promise<DesktopState>
  /** Does to the app what a person or the system could do. */
  act<Name extends keyof Controls>(name: Name, ...args: Parameters<Controls[Name]>): Promise<void>
  /** The window's page, when it is there; after a crash the new one. */
  page(): Promise<Page>
  /** What it has printed so far. */
  said(): string
  kill(): Promise<void>
}

export interface DesktopStart {
  /** The built main script. */
  readonly main: string
  readonly args?: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The one way in which desktop specs run an app. */
export interface DesktopDriver {
  readonly name: 'the double' | 'Electron'
  /** Why it can't run here; null where it can. */
  readonly missing: string | null
  readonly start: (start: DesktopStart) => Promise<DesktopApp>
}

export const drivers: readonly DesktopDriver[] = [doubleDriver, realDriver]

/** The drivers, each with the reason it can't run here, which is printed once. */
export function driversOrSkipped(): readonly DesktopDriver[] {
  for (const { name, missing } of drivers) {
    if (missing !== null) console.log(`SKIPPED: desktop specs on ${name}, ${missing}`)
  }
  return drivers
}
