import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/app-error.ts'
import type { IntervalsService, UploadReply } from '../sync/ports/intervals-service.ts'
import { Caller, type CallerDeps } from './caller.ts'
import { MultipartFile } from './multipart.ts'
import {
  parseActivities,
  parseConnections,
  parseEvents,
  parseProfile,
  parseUploadIds,
} from './parse-replies.ts'

export type IntervalsClientDeps = CallerDeps

const mebibyte = 1024 * 1024
const listCap = 64 * mebibyte
/** A profile also brings shared folders and custom items along. */
const profileCap = 16 * mebibyte
const smallCap = mebibyte

/** The client of Intervals.icu: every failure is an AppError, an abort is the signal's own reason. */
export function createIntervalsClient(
  deps: IntervalsClientDeps,
): IntervalsService & { close(): Promise<void> } {
  const caller = new Caller(deps)
  return {
    profile: (signal, { evenInWait = false } = {}) =>
      caller.run(
        {
          name: 'profile',
          kind: 'other',
          path: athletePath('0', 'profile'),
          capBytes: profileCap,
          evenInWait,
          read: parseProfile,
        },
        signal,
      ),

    connections: async (athleteId, signal) =>
      caller.run(
        {
          name: 'connections',
          kind: 'other',
          path: athletePath(athleteId, 'connections'),
          capBytes: smallCap,
          read: parseConnections,
        },
        signal,
      ),

    uploadActivity: async (upload, signal) =>
      caller.run(
        {
          name: 'upload',
          kind: upload.isBackfill === true ? 'backfill' : 'upload',
          path: athletePath(upload.athleteId, 'activities'),
          query: { external_id: upload.externalId },
          file: new MultipartFile(upload, `musette-${randomUUID()}`),
          capBytes: smallCap,
          read: readUploadReply,
        },
        signal,
      ),

    // Without `fields=`: whether Strava's stubs survive it is not known.
    listActivities: async ({ athleteId, oldest, newest }, signal) =>
      caller.runList(
        {
          name: 'list activities',
          kind: 'other',
          path: athletePath(athleteId, 'activities'),
          query: { oldest, newest: endOfDay(newest) },
          capBytes: listCap,
          read: parseActivities,
        },
        signal,
      ),

    // Not filtered by category: words the service adds one day must reach us.
    listEvents: async ({ athleteId, oldest, newest, format }, signal) =>
      caller.runList(
        {
          name: 'list events',
          kind: 'other',
          path: athletePath(athleteId, 'events.json'),
          query: { oldest, newest, ext: format, resolve: 'true' },
          capBytes: listCap,
          read: json => parseEvents(json, format),
        },
        signal,
      ),

    close: () => caller.close(),
  }
}

/**
 * 201: something new was made; 200: all of it was known; 409: seen by some as another word for known. A 200 that names
 * no activity (a dormant account, a deleted activity) says that nothing came of it.
 */
function readUploadReply(json: unknown, status: number): UploadReply | null {
  const activityIds = parseUploadIds(json)
  if (status === 409) return { kind: 'alreadyThere', activityIds: activityIds ?? [] }
  if (activityIds === null) return null
  if (status === 201) return activityIds.length === 0 ? null : { kind: 'created', activityIds }
  if (status !== 200) return null
  return activityIds.length === 0 ? { kind: 'nothingMade' } : { kind: 'alreadyThere', activityIds }
}

/** Ids are opaque words, but a path is no place for anything else. Throws AppError `bad-usage`. */
function athletePath(athleteId: string, rest: string): string {
  if (!/^[\w-]{1,64}$/.test(athleteId)) throw new AppError('bad-usage', 'this is no athlete id', 'give-up')
  return `/api/v1/athlete/${athleteId}/${rest}`
}

/** Whether a bare date as `newest` takes in its whole day is known from clients only, so it is said in full. */
function endOfDay(newest: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(newest) ? `${newest}T23:59:59` : newest
}
