import { configure } from '@testing-library/svelte'
import { vi } from 'vitest'

/** Whole pages on a busy computer take their time; a condition that never comes still fails. */
export function bePatient(): void {
  configure({ asyncUtilTimeout: 15_000 })
  vi.setConfig({ testTimeout: 40_000 })
}
