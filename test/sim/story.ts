import type { PlannedTrainer, SimPlan, Trouble } from './plan.ts'
import type { FaultWindow } from './service/fault-windows.ts'

/** `0:12:30.5` since the start of the run. */
export function momentText(ms: number): string {
  const seconds = (ms / 1000) % 60
  const two = (value: number): string => String(value).padStart(2, '0')
  const whole = Math.floor(seconds)
  const tenth = Math.floor((seconds - whole) * 10)
  return `${Math.floor(ms / 3_600_000)}:${two(Math.floor(ms / 60_000) % 60)}:${two(whole)}.${tenth}`
}

function span(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms / 6000) / 10} min`
}

function troubleText(trouble: Trouble, plan: SimPlan): string {
  switch (trouble.kind) {
    case 'kill':
    case 'power cut':
      return `${trouble.kind} before effect ${trouble.effect}${trouble.among === undefined ? '' : ` on ${trouble.among}`} of process ${trouble.life + 1}; back after ${span(trouble.downMs)}${trouble.meanwhile === undefined ? '' : `; meanwhile in the trainer folder: ${trouble.meanwhile}`}`
    case 'folder': {
      const folder = plan.sources[trouble.source]?.folder ?? '?'
      const back = trouble.isOtherDevice ? ', back as another device' : ''
      return `${momentText(trouble.fromMs)} ${folder} is ${trouble.absence} for ${span(trouble.forMs)}${back}`
    }
    case 'trainer folder': {
      const back = trouble.isOtherDevice ? ', back as another device' : ''
      const taken = trouble.isImported ? '; the device takes its files meanwhile' : ''
      return `${momentText(trouble.fromMs)} the trainer folder is ${trouble.absence} for ${span(trouble.forMs)}${back}${taken}`
    }
    case 'pause source':
    case 'pause all':
    case 'remove source': {
      const what = trouble.kind === 'pause all' ? '' : ` ${plan.sources[trouble.source]?.folder ?? '?'}`
      const forMs = trouble.kind === 'remove source' ? trouble.backAfterMs : trouble.forMs
      const how = trouble.kind === 'remove source' ? `, back with backfill ${trouble.backfill}` : ''
      return `${momentText(trouble.atMs)} the user: ${trouble.kind}${what} for ${span(forMs)}${how}`
    }
    case 'copied folder':
      return `${momentText(trouble.atMs)} the user adds a copy of ${plan.sources[trouble.source]?.folder ?? '?'}`
    case 'ask':
      return `${momentText(trouble.atMs)} the user says "${trouble.what}" of a file`
    case 'hand':
      return `${momentText(trouble.atMs)} in the trainer folder: ${trouble.act}`
    case 'hand between':
      return `somebody is at the trainer folder in the midst of ${trouble.during} ${trouble.nth}`
    case 'trainer full':
    case 'disk full':
    case 'disk low':
      return `${momentText(trouble.fromMs)} ${trouble.kind} for ${span(trouble.forMs)}`
    case 'clock':
      return `${momentText(trouble.atMs)} the clock is set ${trouble.byMs > 0 ? 'ahead' : 'back'} by ${span(Math.abs(trouble.byMs))}`
    case 'zone':
      return `${momentText(trouble.atMs)} the time zone becomes ${trouble.zone}`
    case 'quit':
    case 'ledger lost':
      return `${momentText(trouble.atMs)} ${trouble.kind}; started again after ${span(trouble.downMs)}`
    case 'sync':
      return `${momentText(trouble.atMs)} the user asks for a sync`
  }
}

function trainerText({ folder, kind, format, isMount }: PlannedTrainer): string {
  return `workouts as ${format} into ${folder}: ${kind}${isMount ? ', a disk of its own' : ''}`
}

function faultText(window: FaultWindow): string {
  const often = window.times === null ? 'each time' : `at most ${window.times} times`
  return `${momentText(window.fromMs)} ${window.on}: ${window.fault} for ${span(window.forMs)}, ${often}`
}

/** A run's plan as people read it, one line a happening. */
export function storyOf(plan: SimPlan): readonly string[] {
  const { sources, uses, troubles, faults, service } = plan
  return [
    `${new Date(plan.startMs).toISOString()} ${plan.zone}; Musette starts at ${momentText(plan.installMs)}`,
    ...(plan.trainer === null ? [] : [trainerText(plan.trainer)]),
    ...sources.map(
      source =>
        `folder ${source.folder}: ${source.place}, backfill ${source.backfill}, the same ride from elsewhere: ${source.sameRide}`,
    ),
    ...uses.map(
      use =>
        `${momentText(use.startsAtMs)} ${use.recorder} (key ${use.key}) into ${sources[use.source]?.folder ?? '?'}`,
    ),
    ...troubles.map(trouble => troubleText(trouble, plan)),
    ...faults.map(faultText),
    `limits: ${plan.limits.per15Min} requests in 15 minutes, ${plan.limits.perDay} a day`,
    `service: known bytes ${service.known}, deleted ones ${service.tombstone}, lists lag up to ${span(service.mostListLagMs)}`,
  ]
}
