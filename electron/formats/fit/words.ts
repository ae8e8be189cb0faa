/** The FIT profile's words for its numbers, where files use them. A number without a word stays a number. */
const sports = words(
  'generic running cycling transition fitness_equipment swimming basketball soccer tennis american_football ' +
    'training walking cross_country_skiing alpine_skiing snowboarding rowing mountaineering hiking multisport ' +
    'paddling flying e_biking motorcycling boating driving golf hang_gliding horseback_riding hunting fishing ' +
    'inline_skating rock_climbing sailing ice_skating sky_diving snowshoeing snowmobiling ' +
    'stand_up_paddleboarding surfing wakeboarding water_skiing kayaking rafting windsurfing kitesurfing tactical ' +
    'jumpmaster boxing floor_climbing',
  '49 baseball 53 diving 56 shooting 58 winter_sport 62 hiit 64 racket 65 wheelchair_push_walk ' +
    '66 wheelchair_push_run 67 meditation 69 disc_golf 71 cricket 72 rugby 73 hockey 74 lacrosse 75 volleyball ' +
    '76 water_tubing 77 wakesurfing 80 mixed_martial_arts 82 snorkeling 83 dance 84 jump_rope 88 canoeing',
)

const subSports = words(
  'generic treadmill street trail track spin indoor_cycling road mountain downhill recumbent cyclocross ' +
    'hand_cycling track_cycling indoor_rowing elliptical stair_climbing lap_swimming open_water ' +
    'flexibility_training strength_training warm_up match exercise challenge indoor_skiing cardio_training ' +
    'indoor_walking e_bike_fitness bmx casual_walking speed_walking bike_to_run_transition ' +
    'run_to_bike_transition swim_to_bike_transition atv motocross backcountry resort rc_drone wingsuit ' +
    'whitewater skate_skiing yoga pilates indoor_running gravel_cycling e_bike_mountain commuting mixed_surface ' +
    'navigate track_me map single_gas_diving multi_gas_diving gauge_diving apnea_diving apnea_hunting ' +
    'virtual_activity obstacle',
  '62 breathing 63 ccr_diving 65 sail_race 66 expedition 67 ultra 68 indoor_climbing 69 bouldering 70 hiit ' +
    '77 esport 78 triathlon 79 duathlon 80 brick 81 swim_run 82 adventure_race 84 pickleball 85 padel ' +
    '88 indoor_hand_cycling 94 squash 95 badminton 97 table_tennis 123 enduro 127 e_bike_enduro',
)

const manufacturers = new Map<number, string>([
  [1, 'garmin'],
  [6, 'srm'],
  [7, 'quarq'],
  [9, 'saris'],
  [15, 'dynastream'],
  [23, 'suunto'],
  [28, 'peaksware'],
  [32, 'wahoo'],
  [37, 'magellan'],
  [38, 'osynce'],
  [40, 'concept2'],
  [41, 'shimano'],
  [48, 'pioneer'],
  [54, 'ifor powell'],
  [69, 'stages'],
  [73, 'wattbike'],
  [70, 'sigma'],
  [71, 'tomtom'],
  [76, 'moxy'],
  [87, 'nielsen-kellerman'],
  [89, 'tacx'],
  [107, 'magene'],
  [115, 'igpsport'],
  [123, 'polar'],
  [255, 'development'],
  [258, 'lezyne'],
  [260, 'zwift'],
  [265, 'strava'],
  [267, 'bryton'],
  [281, 'trainerroad'],
  [289, 'hammerhead'],
  [294, 'coros'],
  [307, 'onelap'],
  [331, 'mywhoosh'],
])

/** `cycling` for 2; `sport 99` for a number without a word. */
export function sportWord(sport: number): string {
  return sports.get(sport) ?? `sport ${sport}`
}

/** `virtual_activity` for 58; `sub-sport 99` for a number without a word. */
export function subSportWord(subSport: number): string {
  return subSports.get(subSport) ?? `sub-sport ${subSport}`
}

/** `zwift` for 260; `manufacturer 999` for a number without a word. */
export function manufacturerWord(manufacturer: number): string {
  return manufacturers.get(manufacturer) ?? `manufacturer ${manufacturer}`
}

/** Words numbered from 0, and further ones behind their numbers. */
function words(fromZero: string, numbered: string): Map<number, string> {
  const map = new Map(fromZero.split(' ').map((word, number) => [number, word]))
  for (const [, number, word = ''] of numbered.matchAll(/(\d+) (\w+)/g)) map.set(Number(number), word)
  return map
}
