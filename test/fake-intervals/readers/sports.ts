/** The activity type and whether it was indoors. */
export interface Sport {
  readonly type: string
  readonly isTrainer: boolean
}

/** From the FIT profile's sport and sub-sport numbers to the service's activity types. */
export function fitSport(sport: number | null, subSport: number | null): Sport {
  const isVirtual = subSport === 58
  switch (sport) {
    case 1:
      return {
        type: isVirtual ? 'VirtualRun' : subSport === 3 ? 'TrailRun' : 'Run',
        isTrainer: isVirtual || subSport === 1,
      }
    case 2:
      return { type: cycling(subSport), isTrainer: isVirtual || subSport === 5 || subSport === 6 }
    case 3:
      return { type: 'Transition', isTrainer: false }
    case 4:
      return { type: machine(subSport), isTrainer: true }
    case 5:
      return { type: subSport === 18 ? 'OpenWaterSwim' : 'Swim', isTrainer: false }
    case 10:
      return { type: subSport === 20 ? 'WeightTraining' : 'Workout', isTrainer: false }
    case 11:
      return { type: 'Walk', isTrainer: false }
    case 12:
      return { type: 'NordicSki', isTrainer: false }
    case 13:
      return { type: 'AlpineSki', isTrainer: false }
    case 15:
      return { type: 'Rowing', isTrainer: subSport === 14 }
    case 17:
      return { type: 'Hike', isTrainer: false }
    case 21:
      return { type: 'EBikeRide', isTrainer: false }
    default:
      return { type: 'Workout', isTrainer: false }
  }
}

function cycling(subSport: number | null): string {
  const types: Record<number, string> = {
    8: 'MountainBikeRide',
    11: 'Cyclocross',
    13: 'TrackRide',
    46: 'GravelRide',
    58: 'VirtualRide',
  }
  return types[subSport ?? 0] ?? 'Ride'
}

function machine(subSport: number | null): string {
  const types: Record<number, string> = {
    5: 'Ride',
    6: 'Ride',
    14: 'Rowing',
    15: 'Elliptical',
    16: 'StairStepper',
  }
  return types[subSport ?? 0] ?? 'Workout'
}

/** From the free words of TCX and GPX files to the service's activity types. */
export function namedSport(word: string | null): Sport {
  const name = (word ?? '').toLowerCase().replace(/[^a-z]/g, '')
  const isTrainer = name.includes('virtual') || name.includes('indoor')
  if (name.includes('virtualride') || name.includes('virtualcycling'))
    return { type: 'VirtualRide', isTrainer }
  if (name.includes('gravel')) return { type: 'GravelRide', isTrainer }
  if (name.includes('mountainbik')) return { type: 'MountainBikeRide', isTrainer }
  if (/bik|cycl|ride/.test(name)) return { type: 'Ride', isTrainer }
  if (name.includes('run')) return { type: 'Run', isTrainer }
  if (name.includes('swim')) return { type: 'Swim', isTrainer }
  if (name.includes('walk')) return { type: 'Walk', isTrainer }
  if (name.includes('hik')) return { type: 'Hike', isTrainer }
  if (name.includes('row')) return { type: 'Rowing', isTrainer }
  return { type: name === '' ? 'Ride' : 'Workout', isTrainer }
}
