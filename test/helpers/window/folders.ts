import type { SourceView, TrainerView } from '../../../shared/app-snapshot.ts'
import type { FolderPreview, FoundFolder } from '../../../shared/window-data.ts'

/** A folder that rides come from, watched and in order. */
export function sourceOf(some: Partial<SourceView> = {}): SourceView {
  return {
    id: 's1',
    name: 'Zwift',
    folder: '/home/rider/Zwift/Activities',
    backfill: 'none',
    isPaused: false,
    health: 'watching',
    files: 12,
    sameRide: 'upload',
    otherFiles: 0,
    newestAt: '2026-11-20T17:00:00.000Z',
    counts: { uploaded: 12 },
    ...some,
  }
}

/** A folder that workouts go to, in order. */
export function trainerOf(some: Partial<TrainerView> = {}): TrainerView {
  return {
    id: 't1',
    name: 'Zwift workouts',
    folder: '/home/rider/Zwift/Workouts/991',
    format: 'zwo',
    days: 7,
    sports: null,
    kind: 'library',
    isPaused: false,
    health: 'watching',
    workouts: 5,
    ...some,
  }
}

/** A folder found on this computer. */
export function foundOf(some: Partial<FoundFolder> = {}): FoundFolder {
  return {
    id: `found:${some.folder ?? ''}`,
    kind: 'source',
    app: 'Zwift',
    folder: '/home/rider/Zwift/Activities',
    isSure: true,
    rides: 12,
    newestAt: null,
    format: null,
    isAdded: false,
    ...some,
  }
}

/** What adding a folder with forty rides would mean. */
export function previewOf(some: Partial<FolderPreview> = {}): FolderPreview {
  return {
    folder: '/home/rider/Zwift/Activities',
    refusal: null,
    rides: 40,
    newestAt: null,
    within: [
      { days: 7, rides: 3 },
      { days: 30, rides: 14 },
      { days: 90, rides: 20 },
      { days: 365, rides: 33 },
    ],
    isPartial: false,
    ...some,
  }
}
