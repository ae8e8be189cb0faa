/** Kinds of sport that one ride can be two of, as two devices name it: an e-bike's file may say cycling. */
export type SportFamily = 'ride' | 'run' | 'swim' | 'walk' | 'row' | 'ski' | 'strength'

const families: Readonly<Record<SportFamily, string>> = {
  ride: 'cycling e_biking ride virtualride gravelride mountainbikeride ebikeride emountainbikeride trackride cyclocross handcycle velomobile',
  run: 'running run virtualrun trailrun',
  swim: 'swimming swim openwaterswim',
  walk: 'walking hiking snowshoeing mountaineering walk hike snowshoe',
  row: 'rowing virtualrow paddling kayaking canoeing stand_up_paddleboarding canoeing standuppaddling',
  ski: 'cross_country_skiing alpine_skiing snowboarding nordicski virtualski alpineski backcountryski rollerski snowboard',
  strength: 'weighttraining crossfit',
}

const familyByWord = new Map<string, SportFamily>(
  Object.entries(families).flatMap(
    ([family, words]) => words.split(' ').map(word => [word, family as SportFamily] as const), // the record's own keys
  ),
)

/**
 * The family of a sport, in the FIT profile's words or the service's; null for words that say little (`generic`,
 * `Workout`, `training`, `fitness_equipment`) and for those we do not know.
 */
export function sportFamily(word: string | null): SportFamily | null {
  return word === null ? null : (familyByWord.get(word.toLowerCase()) ?? null)
}
