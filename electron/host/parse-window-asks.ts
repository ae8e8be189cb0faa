import { AppError } from '../../shared/app-error.ts'
import { parseArgs } from '../../shared/parse-requests.ts'
import type { Pause } from '../../shared/preferences.ts'
import type { EngineRequestName, EngineRequests } from './engine-requests.ts'

/** What the window's requests ask of the engine. */
export type WindowAskName =
  | 'view'
  | 'setPause'
  | 'changePreferences'
  | 'changeKeepFree'
  | 'listWorkouts'
  | 'changeTrainer'
  | 'changeSource'
  | 'listFiles'
  | 'fileStory'
  | 'actOnFiles'
  | 'discoverFolders'
  | 'previewFolder'

type Parsers<K extends EngineRequestName> = {
  readonly [N in K]: (raw: unknown) => EngineRequests[N]['args']
}

function field(raw: unknown, name: string): unknown {
  return typeof raw === 'object' && raw !== null
    ? Object.entries(raw).find(([key]) => key === name)?.[1]
    : raw
}

function pause(raw: unknown): Pause {
  const kind = field(raw, 'kind')
  const at = field(raw, 'at')
  if (kind === 'none' || kind === 'untilResumed') return { kind }
  if (kind === 'until' && typeof at === 'string' && !Number.isNaN(Date.parse(at))) return { kind, at }
  throw new AppError('bad-usage', 'a request is malformed: pause', 'give-up')
}

/** The same words as the window's own requests, read by the same parsers. Each throws `bad-usage`. */
export const windowAskParsers: Parsers<WindowAskName> = {
  view: () => null,
  setPause: raw => ({ pause: pause(field(raw, 'pause')) }),
  changePreferences: raw => ({ change: parseArgs('changePreferences', [field(raw, 'change')])[0] }),
  changeKeepFree: raw => parseArgs('changeKeepFree', [raw])[0],
  listWorkouts: () => null,
  changeTrainer: raw => {
    const [id, change] = parseArgs('changeTrainer', [field(raw, 'id'), field(raw, 'change')])
    return { id, change }
  },
  changeSource: raw => {
    const [id, change] = parseArgs('changeSource', [field(raw, 'id'), field(raw, 'change')])
    return { id, change }
  },
  listFiles: raw => ({ query: parseArgs('listFiles', [field(raw, 'query')])[0] }),
  fileStory: raw => ({ fileId: parseArgs('getFileStory', [field(raw, 'fileId')])[0] }),
  actOnFiles: raw => {
    const [action, selection] = parseArgs('actOnFiles', [field(raw, 'action'), field(raw, 'selection')])
    return { action, selection }
  },
  discoverFolders: () => null,
  previewFolder: raw => ({ folder: parseArgs('previewFolder', [field(raw, 'folder')])[0] }),
}
