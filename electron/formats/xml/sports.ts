/** Sports as TCX and GPX writers spell them, without case, blanks and dashes, in the FIT profile's words. */
const sports = new Map<string, string>([
  ...named('cycling', 'biking cycling ride virtualride bike bicycling roadbiking mountainbiking 1'),
  ...named('running', 'running run virtualrun trailrun trailrunning treadmillrunning 9'),
  ...named('walking', 'walking walk'),
  ...named('hiking', 'hiking hike'),
  ...named('swimming', 'swimming swim lapswimming openwaterswimming'),
  ...named('rowing', 'rowing indoorrowing'),
  ...named('cross_country_skiing', 'crosscountryskiing nordicski'),
  ...named('alpine_skiing', 'alpineskiing alpineski resortskiing'),
])

/** `cycling` for `Biking` or `mountain biking`; null for `Other` and anything unknown. */
export function sportFromXml(text: string): string | null {
  return sports.get(text.toLowerCase().replace(/[\s_-]/g, '')) ?? null
}

/** One sport for several: the only one that is known, `multisport` where they differ. */
export function commonSport(known: ReadonlySet<string>): string | null {
  const [first] = known
  return known.size > 1 ? 'multisport' : (first ?? null)
}

function named(sport: string, words: string): (readonly [string, string])[] {
  return words.split(' ').map(word => [word, sport] as const)
}
