import type { SimpleStep, StepTarget, WorkoutStep, WrittenPower } from '../workout-writers/steps.ts'
import { zoneWatts } from '../workout-writers/zones.ts'

type Part = 'warmup' | 'cooldown'

/**
 * Steps from the service's own workout text: the common part of it (times, percent, watts, zones, ramps, free rides,
 * repeats, warm-up and cool-down headers, cadence, cues). Null when it holds no step. `ftp` in watts.
 */
export function parseWorkoutText(text: string, ftp: number): readonly WorkoutStep[] | null {
  const steps: WorkoutStep[] = []
  let round: { readonly count: number; readonly text: string; readonly steps: SimpleStep[] } | null = null
  let part: Part | null = null
  // The empty line at the end closes a repeat that is still open, as a blank line does.
  for (const line of [...text.split('\n'), ''].map(one => one.trim())) {
    const repeat = /^(?:(.*)\s)?(\d{1,3})x$/i.exec(line)
    if (line === '' || repeat !== null) {
      if (round !== null && round.steps.length > 0) {
        const named = round.text === '' ? {} : { text: round.text }
        steps.push({ kind: 'repeat', count: round.count, steps: round.steps, ...named })
      }
      round = repeat === null ? null : { count: Number(repeat[2]), text: repeat[1] ?? '', steps: [] }
    } else if (line.startsWith('-')) {
      const step = parseStep(line.slice(1).trim().split(/\s+/), part, ftp)
      if (step === null) continue
      part = null
      const list = round?.steps ?? steps
      list.push(step)
    } else if (/^(warmup|cooldown)$/i.test(line)) {
      part = line.toLowerCase() === 'warmup' ? 'warmup' : 'cooldown'
    }
  }
  return steps.length === 0 ? null : steps
}

/** `[cue] time [ramp|freeride] [figure [HR|LTHR|Pace]] [cadence]`. Null without a time. */
function parseStep(words: readonly string[], part: Part | null, ftp: number): SimpleStep | null {
  const place = words.findIndex(word => secondsOf(word) !== null)
  const seconds = secondsOf(words[place] ?? '')
  if (seconds === null || seconds === 0) return null
  const cue = words.slice(0, place).join(' ').replace(/,$/, '')
  const text = cue === '' ? {} : { text: cue }
  const rest = words.slice(place + 1)
  const figureAt = rest.findIndex(word => figureOf(word, ftp) !== null)
  const figure = figureOf(rest[figureAt] ?? '', ftp)
  if (figure === null) return { kind: 'freeride', seconds, ...text }
  const target = targetOf(rest[figureAt + 1] ?? '')
  const { written } = figure
  const common = {
    ...{ seconds, ...text, ...(target === 'power' ? {} : { target }) },
    ...(target === 'power' && written !== undefined ? { written } : {}),
  }
  if (rest.some(word => word.toLowerCase() === 'ramp')) {
    return { kind: 'ramp', from: figure.from, to: figure.to, ...common, ...(part === null ? {} : { part }) }
  }
  const cadence = /^(\d+)(?:-\d+)?rpm$/i.exec(rest.find(word => /rpm$/i.test(word)) ?? '')?.[1]
  const at = figure.from === figure.to ? figure.from : ([figure.from, figure.to] as const)
  return { kind: 'steady', at, ...common, ...(cadence === undefined ? {} : { cadence: Number(cadence) }) }
}

/** `1h2m30s`, `10m`, `1m30`, `5'`, `30"`; null for what is no time. */
function secondsOf(word: string): number | null {
  const plain = word.replace("'", 'm').replace('"', 's')
  if (!/[hms]/.test(plain)) return null
  const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(plain)
  if (found === null) return null
  return Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0)
}

interface Figure {
  readonly from: number
  readonly to: number
  readonly written?: WrittenPower
}

/** A figure or range as fractions, `95-105%`, `220w`, `Z2`, `Z2-Z3`; null for other words. A zone counts as its middle. */
function figureOf(word: string, ftp: number): Figure | null {
  const zones = /^Z([1-7])(?:-Z([1-7]))?$/i.exec(word)
  if (zones !== null) {
    const first = Number(zones[1])
    const last = Number(zones[2] ?? first)
    const middle = (zone: number): number => {
      const [low, high] = zoneWatts(zone, ftp)
      return (low + high) / 2 / ftp
    }
    return { from: middle(first), to: middle(last), written: { kind: 'zones', first, last } }
  }
  const found = /^(\d+(?:\.\d+)?)[%w]?(?:-(\d+(?:\.\d+)?))?([%w])$/i.exec(word)
  if (found === null) return null
  const isPercent = found[3] === '%'
  const scale = isPercent ? 100 : ftp
  const from = Number(found[1]) / scale
  const to = found[2] === undefined ? from : Number(found[2]) / scale
  return isPercent ? { from, to } : { from, to, written: { kind: 'watts' } }
}

function targetOf(word: string): StepTarget {
  const name = word.toLowerCase()
  return name === 'hr' || name === 'lthr' ? 'hr' : name === 'pace' ? 'pace' : 'power'
}
