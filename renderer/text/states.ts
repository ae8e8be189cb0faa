import type { ActivityState } from '../../shared/states.ts'

/** A state in a word or two, for chips and filters. */
export const stateWords: Readonly<Record<ActivityState, string>> = {
  waiting: 'waiting',
  notActivity: 'not a ride',
  tooOld: 'from before',
  held: 'held for you',
  queued: 'goes up next',
  uploading: 'going up',
  uploaded: 'uploaded',
  alreadyThere: 'already there',
  rejected: 'refused',
  retrying: 'trying again',
  ignored: 'ignored',
}

/** What a sport is called. Files name sports in the FIT profile's words, workouts in the service's. */
const sportNames: Readonly<Record<string, string>> = {
  cycling: 'Ride',
  running: 'Run',
  walking: 'Walk',
  hiking: 'Hike',
  swimming: 'Swim',
  rowing: 'Rowing',
  multisport: 'Multisport',
  training: 'Training',
  fitness_equipment: 'Training',
  e_biking: 'E-bike ride',
  VirtualRide: 'Virtual ride',
  EBikeRide: 'E-bike ride',
  EMountainBikeRide: 'E-mountain bike ride',
  MountainBikeRide: 'Mountain bike ride',
  GravelRide: 'Gravel ride',
  TrackRide: 'Track ride',
  VirtualRun: 'Virtual run',
  TrailRun: 'Trail run',
  VirtualRow: 'Virtual row',
  OpenWaterSwim: 'Open water swim',
  WeightTraining: 'Strength',
  NordicSki: 'Cross-country ski',
  AlpineSki: 'Downhill ski',
  BackcountrySki: 'Ski tour',
}

/** A sport as people say it: `Virtual ride` for `VirtualRide`, `Cross country skiing` for `cross_country_skiing`. */
export function sportName(sport: string): string {
  const known = sportNames[sport]
  if (known !== undefined) return known
  const words = sport
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
