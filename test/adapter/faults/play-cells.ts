import { accessSync, constants } from 'node:fs'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { columnsOf, tableOf } from './cells.ts'
import type { Part } from './matrix.ts'
import { runCell, type Outcome } from './run-cell.ts'
import { makeCertificates } from './world/certificates.ts'

const headings = [
  ...['fault', 'rides while it lasts', 'told', 'all wait', 'asked', 'rides at the end', 'asked in all'],
]

/** The ledger flushes at each step. Where the system has a disk in memory, the worlds are made there, for speed. */
export function onMemoryDisk(): void {
  try {
    accessSync('/dev/shm', constants.W_OK)
  } catch {
    return
  }
  vi.stubEnv('TMPDIR', '/dev/shm')
}

/** Declares a test for each cell, and prints what came of them when all have run. */
export function playCells({ title, cells }: Part): void {
  const certificates = makeCertificates()
  const trusted = tls.getCACertificates('default')
  const came = new Map<string, Outcome>()
  if (typeof certificates === 'string') console.log(`SKIPPED: the cells of TLS, because ${certificates}`)

  describe(title, () => {
    beforeAll(() => {
      onMemoryDisk()
      if (typeof certificates !== 'string') tls.setDefaultCACertificates([...trusted, certificates.authority])
    })
    afterAll(() => {
      vi.unstubAllEnvs()
      tls.setDefaultCACertificates([...trusted])
      const rows = [...came].map(([fault, outcome]) => columnsOf(fault, outcome))
      console.log(`${title}\n${tableOf([headings, ...rows])}`)
    })

    for (const { kind, fault, expected } of cells) {
      const isSkipped = typeof certificates === 'string' && fault.startsWith('TLS')
      test.skipIf(isSkipped)(`${kind}: ${fault}`, async () => {
        const outcome = await runCell(kind, fault, typeof certificates === 'string' ? null : certificates)
        came.set(fault, outcome)
        expect(outcome).toEqual({ ...expected, broken: [] })
      })
    }
  })
}
