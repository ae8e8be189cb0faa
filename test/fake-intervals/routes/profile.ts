import { json } from '../http/exchange.ts'
import type { Call, Reply } from '../http/exchange.ts'
import type { Route } from '../http/router.ts'
import type { FakeAthlete, JsonObject } from '../types.ts'

const services = [
  'garmin_health',
  'garmin_training',
  'polar',
  'suunto',
  'coros',
  'concept2',
  'zepp',
  'huawei',
  'wahoo',
  'zwift',
  'oura',
  'whoop',
  'strava',
  'dropbox',
  'hammerhead',
  'tp_virtual',
  'rouvy',
  'mywhoosh',
  'biketerra',
  'tymewear',
]

const zones = { power: [55, 75, 90, 105, 120, 150, 999], heart: [135, 149, 156, 167, 172, 178, 188] }

function profile({ athlete }: Call): Reply {
  return json({
    athlete: {
      id: athlete.id,
      name: athlete.name,
      profile_medium: null,
      city: null,
      state: null,
      country: null,
      timezone: athlete.timeZone,
      sex: null,
      bio: null,
      website: null,
      email: null,
    },
    sharedFolders: [],
    customItems: [],
  })
}

function connections({ athlete }: Call): Reply {
  const flags = services.map(name => [`${name}_connected`, athlete.connections.includes(name)])
  return json({ id: athlete.id, ...(Object.fromEntries(flags) as JsonObject) })
}

function sportSettings(athlete: FakeAthlete): readonly JsonObject[] {
  const common = { athlete_id: athlete.id, lthr: 168, max_hr: 188, hr_zones: zones.heart }
  return [
    {
      id: 770_001,
      ...common,
      types: ['Ride', 'VirtualRide', 'GravelRide', 'MountainBikeRide'],
      ftp: athlete.ftp,
      indoor_ftp: athlete.ftp,
      power_zones: zones.power,
    },
    {
      id: 770_002,
      ...common,
      types: ['Run', 'VirtualRun', 'TrailRun'],
      ftp: null,
      threshold_pace: 3.7,
      pace_units: 'MINS_KM',
    },
  ]
}

function athlete({ athlete: owner, state }: Call): Reply {
  return json({
    id: owner.id,
    name: owner.name,
    timezone: owner.timeZone,
    locale: 'en',
    measurement_preference: 'meters',
    status: owner.status,
    icu_last_seen: state.stamp(),
    icu_weight: 71.8,
    icu_resting_hr: 49,
    email: null,
    custom_items: [],
    sportSettings: sportSettings(owner),
  })
}

/** Who the credential belongs to, what is connected to the account, and its settings. */
export const profileRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/athlete/{id}/profile',
    scope: state => state.faults.switches.profileScope,
    handle: profile,
  },
  {
    method: 'GET',
    path: '/api/v1/athlete/{id}/connections',
    scope: state => state.faults.switches.profileScope,
    handle: connections,
  },
  { method: 'GET', path: '/api/v1/athlete/{id}', scope: 'SETTINGS:READ', handle: athlete },
  {
    method: 'GET',
    path: '/api/v1/athlete/{athleteId}/sport-settings',
    scope: 'SETTINGS:READ',
    handle: call => json(sportSettings(call.athlete)),
  },
]
