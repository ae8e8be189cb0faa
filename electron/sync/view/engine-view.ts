import type { EngineView } from '../../../shared/app-snapshot.ts'
import { windowTrouble } from '../../../shared/error-text.ts'
import { activePause } from '../../../shared/pause.ts'
import type { Trouble } from '../../../shared/reports.ts'
import type { EngineParts } from '../engine-parts.ts'
import { dateThere } from '../local-date.ts'
import { FileRows } from './file-rows.ts'
import { countWritten, sourceView, trainerView } from './folder-views.ts'
import { readLastRides } from './last-rides.ts'
import { readNeeds } from './needs.ts'
import { NextWorkouts } from './next-workouts.ts'
import { overallState } from './overall-state.ts'
import { ledgerRevision, readCounts, type ShownCounts } from './shown-counts.ts'
import { unreadableFiles } from './unreadable-files.ts'
import { nextDueMs, uploadProgress } from './unsent.ts'

/** What only the running engine knows. */
export interface EngineNow {
  readonly isWorking: boolean
  readonly troubles: readonly Trouble[]
  /** Wall ms; null for none. */
  readonly lastLookMs: number | null
  readonly offlineSinceMs: number | null
  readonly notAskedBeforeMs: number | null
}

/** Makes the engine's part of the snapshot. Cheap: it looks at no folder and at no more rows than it shows. */
export class EngineViewer {
  readonly #parts: EngineParts
  readonly #nextWorkouts: NextWorkouts
  #counted: { readonly revision: number; readonly counts: ShownCounts } | null = null

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#nextWorkouts = new NextWorkouts(parts.ledger.db)
  }

  view(now: EngineNow): EngineView {
    const { ledger, queue, clock, healths } = this.#parts
    const { db, meta } = ledger
    const settings = this.#parts.settings.current()
    const nowMs = clock.now()
    const timeZone = meta.read('athlete-time-zone') ?? clock.timeZone()
    const counts = this.#counts()
    const rows = new FileRows(ledger, settings.sources, nowMs)
    const { isWorking, troubles } = now
    const unreadable = unreadableFiles(db, nowMs)
    const unreadableCount = unreadable.length
    const written = countWritten(db)
    return {
      state: overallState({ settings, isWorking, counts: counts.all, unreadableCount, troubles, nowMs }),
      isWorking,
      account:
        settings.account === null ? null : { id: settings.account.athleteId, name: settings.account.name },
      counts: counts.all,
      pause: activePause(settings.pause, nowMs) ?? { kind: 'none' },
      progress: uploadProgress(db, settings.sources, queue.underWay),
      sources: settings.sources.map(source => sourceView(db, source, healths.get(source.id), counts)),
      trainers: settings.trainers.map(trainer => trainerView(trainer, written, troubles)),
      needs: readNeeds(db, rows, counts, unreadable),
      needsCount: counts.all.held + counts.all.rejected + unreadableCount,
      lastRides: readLastRides(db, rows, counts),
      nextWorkouts: this.#nextWorkouts.read(settings, nowMs, timeZone),
      lastSyncAt: isoOrNull(meta.readNumber('last-sync-at')),
      lastLookAt: isoOrNull(now.lastLookMs),
      offlineSince: isoOrNull(now.offlineSinceMs),
      nextAttemptAt: this.#nextAttemptAt(nowMs, now.notAskedBeforeMs),
      troubles: troubles.map(windowTrouble),
      preferences: settings.preferences,
      keepFree: settings.keepFree,
      filesRevision: this.#counted?.revision ?? 0,
      sentCount: queue.tally.uploaded,
      today: dateThere(nowMs, timeZone, clock.timeZone()),
    }
  }

  #counts(): ShownCounts {
    const { db } = this.#parts.ledger
    const revision = ledgerRevision(db)
    if (this.#counted?.revision !== revision) this.#counted = { revision, counts: readCounts(db) }
    return this.#counted.counts
  }

  /** Null when nothing is left to send, or when it goes at once. */
  #nextAttemptAt(nowMs: number, notAskedBeforeMs: number | null): string | null {
    const { ledger, queue, settings } = this.#parts
    const dueMs = nextDueMs(ledger.db, settings.current().sources)
    if (dueMs === null) return null
    const atMs = Math.max(dueMs, queue.pausedUntilMs(), notAskedBeforeMs ?? 0)
    return atMs > nowMs ? isoOrNull(atMs) : null
  }
}

function isoOrNull(ms: number | null): string | null {
  return ms === null || !Number.isFinite(ms) ? null : new Date(ms).toISOString()
}
