import type { TrainerFormat } from '../../../shared/settings.ts'
import type { Places } from './places.ts'

/**
 * A folder of a known program. In a pattern `{base}` is one of the computer's places or `{env:NAME}`; `*` stands for
 * any part of a name, `<number>`, `<id>` (16 letters and digits) and `<name>` for a whole one.
 */
export interface KnownFolder {
  readonly app: string
  readonly kind: 'source' | 'trainer'
  /** For trainers: what the program reads. */
  readonly format: TrainerFormat | null
  /**
   * What makes it sure: the place alone (`yes`), rides in it (`rides`: without any it is not shown), a file of that name
   * in it, or nothing (`never`: shown when it has rides, for the user to choose).
   */
  readonly sure: 'yes' | 'rides' | 'never' | { readonly file: string }
  readonly patterns: Readonly<Partial<Record<Places['platform'], readonly string[]>>>
}

const source = { kind: 'source', format: null } as const

/** Every program Musette knows the folders of. One more program is one more row. */
export const knownFolders: readonly KnownFolder[] = [
  {
    // Moved from Documents to the local app data in 2026; some computers still use the old place.
    ...{ app: 'Zwift', ...source, sure: 'yes' },
    patterns: {
      win32: ['{localAppData}/Zwift/Activities', '{documents}/Zwift/Activities'],
      darwin: ['{documents}/Zwift/Activities'],
      linux: ['{localAppData}/Zwift/Activities', '{documents}/Zwift/Activities', '{env:ZWIFT_ACTIVITY_DIR}'],
    },
  },
  {
    // One folder a player; the list that Zwift keeps in it marks those it really reads.
    ...{ app: 'Zwift', kind: 'trainer', format: 'zwo', sure: { file: 'workouts.files' } },
    patterns: {
      win32: ['{localAppData}/Zwift/Workouts/<number>', '{documents}/Zwift/Workouts/<number>'],
      darwin: ['{documents}/Zwift/Workouts/<number>'],
      linux: ['{localAppData}/Zwift/Workouts/<number>', '{documents}/Zwift/Workouts/<number>'],
    },
  },
  {
    ...{ app: 'MyWhoosh', ...source, sure: 'yes' },
    patterns: {
      win32: ['{localAppData}/Packages/MyWhooshTechnologyService.*/LocalCache/Local/MyWhoosh/Content/Data'],
      darwin: [
        '{home}/Library/Containers/com.whoosh.whooshgame/Data/Library/Application Support/Epic/MyWhoosh/Content/Data',
      ],
      linux: ['{localAppData}/Packages/MyWhooshTechnologyService.*/LocalCache/Local/MyWhoosh/Content/Data'],
    },
  },
  {
    ...{ app: 'MyWhoosh', ...source, sure: 'rides' },
    patterns: { win32: ['{localAppData}/MyWhoosh/Saved'], linux: ['{localAppData}/MyWhoosh/Saved'] },
  },
  {
    ...{ app: 'TrainingPeaks Virtual', ...source, sure: 'yes' },
    patterns: {
      win32: ['{documents}/TPVirtual/<id>/FITFiles', '{env:TPV_DATA_PATH}/<id>/FITFiles'],
      darwin: ['{home}/TPVirtual/<id>/FITFiles', '{env:TPV_DATA_PATH}/<id>/FITFiles'],
      linux: [
        '{documents}/TPVirtual/<id>/FITFiles',
        '{home}/TPVirtual/<id>/FITFiles',
        '{env:TPV_DATA_PATH}/<id>/FITFiles',
      ],
    },
  },
  {
    ...{ app: 'Onelap', ...source, sure: 'rides' },
    patterns: {
      win32: ['{documents}/Onelap/Activity', '{documents}/顽鹿运动/Activity'],
      darwin: ['{documents}/Onelap/Activity', '{documents}/顽鹿运动/Activity'],
      linux: ['{documents}/Onelap/Activity', '{documents}/顽鹿运动/Activity'],
    },
  },
  {
    ...{ app: 'TrainerRoad', ...source, sure: 'rides' },
    patterns: {
      win32: ['{documents}/TrainerRoad'],
      darwin: ['{documents}/TrainerRoad'],
      linux: ['{documents}/TrainerRoad'],
    },
  },
  {
    // Its `activities` are copies in a form of its own; the originals lie in these two, for each athlete.
    ...{ app: 'GoldenCheetah', ...source, sure: 'yes' },
    patterns: {
      win32: goldenCheetah(['{localAppData}/GoldenCheetah', '{localAppData}/<name>/GoldenCheetah']),
      darwin: goldenCheetah(['{home}/Library/GoldenCheetah']),
      linux: goldenCheetah(['{home}/.goldencheetah']),
    },
  },
  {
    // Garmin Express keeps what it fetched: the only way to a device that has no drive letter.
    ...{ app: 'Garmin Express', ...source, sure: 'rides' },
    patterns: {
      win32: [
        '{programData}/Garmin/GarminConnect/<name>/FIT_TYPE_4',
        '{programData}/Garmin/CoreService/Devices/<name>/Sync/FIT_TYPE_4',
      ],
      darwin: ['{home}/Library/Application Support/Garmin/GarminConnect/<name>/Upload/FIT_TYPE_4'],
    },
  },
  {
    ...{ app: 'Wahoo', ...source, sure: 'rides' },
    patterns: { win32: ['{volume}/exports'], darwin: ['{volume}/exports'], linux: ['{volume}/exports'] },
  },
  {
    ...{ app: 'Hammerhead Karoo', ...source, sure: 'rides' },
    patterns: { win32: ['{volume}/FitFiles'], darwin: ['{volume}/FitFiles'], linux: ['{volume}/FitFiles'] },
  },
  {
    // Anything may lie there: for the user to choose, never for Musette.
    ...{ app: 'Downloads', ...source, sure: 'never' },
    patterns: { win32: ['{downloads}'], darwin: ['{downloads}'], linux: ['{downloads}'] },
  },
]

function goldenCheetah(libraries: readonly string[]): readonly string[] {
  return [...libraries, '{env:GC_HOMEDIR}'].flatMap(library =>
    ['imports', 'downloads'].map(folder => `${library}/<name>/${folder}`),
  )
}
