import { count, drawSpan, minuteMs, times } from './draw-count.ts'
import { drawOffline } from './draw-offline.ts'
import { drawOwnerActs } from './draw-owner.ts'
import { drawTrainer, drawTrainerTroubles } from './draw-trainer.ts'
import type { Absence } from './disk/sim-disk.ts'
import type { PlannedSource, PlannedUse, SimPlan, Trouble } from './plan.ts'
import { simRandom, type SimRandom } from './random.ts'
import { recorders } from './recorders/all.ts'
import { faultNames, type FaultWindow } from './service/fault-windows.ts'
import { drawServiceOptions } from './service/service-options.ts'

const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** The service and the line are sound from here on. */
const lastFaultMs = 110 * minuteMs

/** Nights in which clocks are put forward or back (Berlin, New York, Lord Howe by half an hour), and an ordinary evening. */
const nights: readonly { readonly zone: string; readonly startMs: number }[] = [
  { zone: 'Europe/Berlin', startMs: Date.UTC(2026, 2, 28, 23, 30) },
  { zone: 'Europe/Berlin', startMs: Date.UTC(2026, 9, 24, 23, 30) },
  { zone: 'America/New_York', startMs: Date.UTC(2026, 10, 1, 5, 15) },
  { zone: 'Australia/Lord_Howe', startMs: Date.UTC(2026, 3, 4, 14, 20) },
  { zone: 'Pacific/Auckland', startMs: Date.UTC(2026, 10, 21, 10, 40) },
  { zone: 'UTC', startMs: Date.UTC(2026, 10, 21, 22, 50) },
  { zone: 'Asia/Kolkata', startMs: Date.UTC(2026, 10, 21, 17) },
]

/** As the service has it, and so little that it is felt. */
const plentiful = { perSecond: 10, per15Min: 2500, perDay: 5000 }
const scarce = { perSecond: 10, per15Min: 20, perDay: 600 }

/** What happens in the run of this seed. */
export function drawPlan(seed: number): SimPlan {
  const random = simRandom(seed)
  const night = random.fork('night')
  const { zone, startMs } = night.pick(nights)
  const sources = drawSources(random.fork('sources'))
  const drawnUses = drawUses(random.fork('uses'), sources)
  const offline = drawOffline(random.fork('offline'), sources, drawnUses.length + 1)
  const uses = [...drawnUses, ...(offline?.uses ?? [])]
  const serviceRandom = random.fork('service')
  const drawn = drawServiceOptions(serviceRandom)
  // Where bytes are taken anew, a deleted activity could not be told from one that was never made.
  const service = drawn.known === 'off' ? { ...drawn, deletedChance: 0, tombstone: '201' as const } : drawn
  const hints = random.fork('hints')
  const trainer = random.fork('has trainer').chance(0.5) ? drawTrainer(random.fork('which trainer')) : null
  return {
    ...{ seed, startMs, zone, sources, uses, service },
    installMs: night.pick([0, 0, night.int(0, 40 * minuteMs)]),
    troubles: [
      ...drawTroubles(random.fork('troubles'), sources).filter(
        trouble =>
          !isOldTimeBelieved(trouble, uses) &&
          (!isTooFarAhead(trouble) || !uses.some(use => recorders[use.recorder]?.looksWhole !== undefined)),
      ),
      ...drawOwnerActs(random.fork('owner'), sources),
      ...(trainer === null ? [] : drawTrainerTroubles(random.fork('trainer'), trainer)),
    ],
    faults: [...(offline === null ? [] : [offline.fault]), ...drawFaults(random.fork('faults'))],
    hints: {
      lost: hints.pick([0, 0, 0.2, 1]),
      doubled: hints.pick([0, 0.2]),
      late: hints.pick([0, 0.1, 0.5]),
    },
    trainer,
    limits: random.fork('limits').chance(0.15) ? scarce : plentiful,
    endsWithRestart: night.chance(0.3),
  }
}

/** Files with an old time, from a disk whose clock is behind: to a computer whose own clock is ahead that time looks true. */
function isOldTimeBelieved(trouble: Trouble, uses: readonly PlannedUse[]): boolean {
  return (
    trouble.kind === 'clock' &&
    trouble.byMs > minuteMs &&
    uses.some(use => use.recorder.endsWith('-old-mtime'))
  )
}

/**
 * Only rest tells some checkpoints from a finished ride: ten seconds, or twelve hours. A clock that is set ahead by more
 * than that defeats it. That is a limit of Musette's, not a case to be found again and again.
 */
function isTooFarAhead(trouble: Trouble): boolean {
  return trouble.kind === 'clock' && trouble.byMs > 8 * hourMs
}

function drawSources(random: SimRandom): readonly PlannedSource[] {
  return times(count(random, [0, 3, 1]), nth => ({
    folder: `/rides-${nth + 1}`,
    place: random.chance(0.15) ? 'removable' : 'local',
    backfill: random.chance(0.3) ? 'all' : 'none',
    sameRide: random.pick(['upload', 'upload', 'upload', 'ask', 'skip'] as const),
  }))
}

function drawUses(random: SimRandom, sources: readonly PlannedSource[]): readonly PlannedUse[] {
  const names = Object.keys(recorders)
  return times(count(random, [0, 4, 4, 3, 2, 1]), nth => ({
    recorder: random.pick(names),
    key: nth + 1,
    source: random.int(0, sources.length - 1),
    startsAtMs: random.chance(0.2) ? 0 : random.int(0, 80 * minuteMs),
  }))
}

function drawTroubles(random: SimRandom, sources: readonly PlannedSource[]): readonly Trouble[] {
  const ends = times(count(random, [2, 4, 2, 1]), (life): Trouble => ({
    kind: random.chance(0.5) ? 'kill' : 'power cut',
    life: random.chance(0.8) ? life : random.int(0, 3),
    // Early effects are the interesting ones; each scale is as likely as the next.
    effect: Math.floor(10 ** (random.next() * 2.7)),
    downMs: random.pick([1000, random.int(1000, 20 * minuteMs)]),
  }))
  const others = times(count(random, [3, 3, 2, 1]), () => drawOther(random, sources))
  return [...ends, ...others]
}

function drawOther(random: SimRandom, sources: readonly PlannedSource[]): Trouble {
  const atMs = random.int(0, 100 * minuteMs)
  const forMs = drawSpan(random)
  switch (random.int(0, 11)) {
    case 0:
    case 1:
    case 2:
      return {
        ...{ kind: 'folder', fromMs: atMs, forMs, source: random.int(0, sources.length - 1) },
        absence: random.pick<Absence>(['missing', 'empty', 'unreadable']),
        isOtherDevice: random.chance(0.3),
      }
    case 3:
    case 4:
      return { kind: 'disk full', fromMs: atMs, forMs }
    case 5:
      return { kind: 'disk low', fromMs: atMs, forMs }
    case 6:
    case 7: {
      const sizeMs = random.pick([random.int(1000, minuteMs), random.int(minuteMs, 3 * hourMs), 400 * dayMs])
      return { kind: 'clock', atMs, byMs: random.chance(0.5) ? sizeMs : -sizeMs }
    }
    case 8:
      return { kind: 'zone', atMs, zone: random.pick(nights).zone }
    case 9:
      return { kind: 'quit', atMs, downMs: random.int(500, 10 * minuteMs) }
    case 10:
      return { kind: 'sync', atMs }
    default:
      return { kind: 'ledger lost', atMs, downMs: random.int(500, minuteMs) }
  }
}

function drawFaults(random: SimRandom): readonly FaultWindow[] {
  return times(count(random, [2, 3, 3, 2, 1]), () => {
    const fromMs = random.int(0, 90 * minuteMs)
    const forMs = random.pick([random.int(1000, minuteMs), random.int(minuteMs, hourMs), 3 * hourMs])
    return {
      fault: random.pick(faultNames),
      on: random.pick(['upload', 'upload', 'upload', 'list', 'profile', 'events', 'all'] as const),
      ...{ fromMs, forMs: Math.min(forMs, lastFaultMs - fromMs) },
      times: random.pick([1, 1, 2, 5, null]),
    }
  })
}
