import { timestamp } from './clock.ts'
import type { FakeActivity, JsonObject } from './types.ts'

const stravaNote = 'STRAVA activities are not available via the API'

/** Can it be read through the API? What came from Strava cannot. */
export function isStrava(activity: FakeActivity): boolean {
  return activity.source === 'STRAVA'
}

/** One activity as the service shows it: whole, with explicit nulls; of a Strava import only five fields. */
export function activityJson(activity: FakeActivity, skewMs: number): JsonObject {
  if (isStrava(activity)) {
    return {
      id: activity.id,
      icu_athlete_id: activity.athleteId,
      start_date_local: activity.startDateLocal,
      source: 'STRAVA',
      _note: stravaNote,
    }
  }
  const created = timestamp(activity.createdAt + skewMs)
  // Processing takes about a quarter of a second.
  const analyzed = activity.file === null ? null : timestamp(activity.createdAt + skewMs + 250)
  const speed =
    activity.distanceM === null || activity.movingS === 0 ? null : activity.distanceM / activity.movingS
  return {
    id: activity.id,
    start_date_local: activity.startDateLocal,
    type: activity.type,
    name: activity.name,
    description: activity.description,
    start_date: activity.startDate,
    timezone: activity.timeZone,
    distance: activity.distanceM,
    icu_distance: activity.distanceM,
    moving_time: activity.movingS,
    elapsed_time: activity.elapsedS,
    icu_recording_time: activity.elapsedS,
    coasting_time: null,
    total_elevation_gain: null,
    trainer: activity.isTrainer,
    commute: false,
    race: false,
    sub_type: 'NONE',
    device_watts: null,
    has_heartrate: false,
    average_heartrate: null,
    max_heartrate: null,
    average_cadence: null,
    average_speed: speed,
    max_speed: null,
    calories: null,
    icu_average_watts: null,
    icu_weighted_avg_watts: null,
    icu_ftp: null,
    icu_joules: null,
    icu_training_load: null,
    icu_intensity: null,
    icu_ctl: 0,
    icu_atl: 0,
    icu_rpe: null,
    feel: null,
    compliance: null,
    paired_event_id: activity.pairedEventId,
    device_name: activity.deviceName,
    power_meter: null,
    file_type: activity.fileType,
    file_sport_index: activity.fileSportIndex,
    source: activity.source,
    oauth_client_id: activity.clientId,
    oauth_client_name: activity.clientName,
    external_id: activity.externalId,
    icu_athlete_id: activity.athleteId,
    created,
    icu_sync_date: analyzed,
    analyzed,
    interval_summary: null,
    stream_types: activity.file === null ? null : ['time'],
    has_weather: false,
    has_segments: false,
    tags: null,
    attachments: null,
    gear: null,
    icu_sync_error: null,
    strava_id: null,
    ...activity.edits,
  }
}

/** What a webhook says about a deleted activity: its id and zero defaults. */
export function deletedActivityJson(activity: FakeActivity): JsonObject {
  return {
    id: activity.id,
    commute: false,
    race: false,
    file_sport_index: activity.fileSportIndex,
    icu_athlete_id: activity.athleteId,
    has_weather: false,
    has_segments: false,
    icu_lap_count: 0,
    source: activity.source,
  }
}
