/** Services that send rides to Intervals.icu by themselves: with one of them a ride may come twice. */
const rideSenders: Readonly<Record<string, string>> = {
  garmin_training: 'Garmin Connect',
  garmin_health: 'Garmin Connect',
  wahoo: 'Wahoo',
  zwift: 'Zwift',
  strava: 'Strava',
  suunto: 'Suunto',
  polar: 'Polar',
  coros: 'COROS',
  dropbox: 'Dropbox',
  tp_virtual: 'TrainingPeaks Virtual',
  rouvy: 'Rouvy',
  mywhoosh: 'MyWhoosh',
  hammerhead: 'Hammerhead',
}

/** The senders among an athlete's connections, as people call them, each once. */
export function senderNames(connections: readonly string[]): readonly string[] {
  return [...new Set(connections.flatMap(name => rideSenders[name] ?? []))]
}
