import type { AppSnapshot } from './app-snapshot.ts'
import { attention, unreadableCount, unreadableText } from './headline-attention.ts'
import { agoText, momentText, type Place } from './moments.ts'
import { activePause } from './pause.ts'
import { durationText } from './reasons.ts'
import { isAre, rides, sentences } from './wording.ts'

/** What the headline is made of. */
export type HeadlineFacts = Pick<
  AppSnapshot,
  | 'account'
  | 'counts'
  | 'isWorking'
  | 'lastLookAt'
  | 'lastSyncAt'
  | 'needsCount'
  | 'nextAttemptAt'
  | 'offlineSince'
  | 'pause'
  | 'progress'
  | 'sources'
  | 'trainers'
  | 'troubles'
>

/** The state of the whole, as people read it. The tone picks the picture; the words never lean on it. */
export interface Headline {
  readonly tone: 'ok' | 'busy' | 'paused' | 'offline' | 'attention' | 'signedOut'
  readonly text: string
  readonly detail: string
}

/** One part of the truth: a headline where it holds, else null. */
type Rule = (facts: HeadlineFacts, nowMs: number, place: Place) => Headline | null

/** The one headline that is true now: of all that hold, the most urgent. Pure. */
export function headline(facts: HeadlineFacts, nowMs: number, place: Place = {}): Headline {
  for (const rule of rules) {
    const found = rule(facts, nowMs, place)
    if (found !== null) return found
  }
  return inSync(facts, nowMs)
}

const rules: readonly Rule[] = [
  signedOut,
  stopped,
  nothingAdded,
  goingUp,
  paused,
  outOfReach,
  attention,
  noSource,
  looking,
  waiting,
]

function has(facts: HeadlineFacts, ...codes: readonly string[]): boolean {
  return facts.troubles.some(trouble => codes.includes(trouble.code))
}

function messageOf(facts: HeadlineFacts, ...codes: readonly string[]): string {
  return facts.troubles.find(trouble => codes.includes(trouble.code))?.message ?? ''
}

function unsent({ counts }: HeadlineFacts): number {
  return counts.queued + counts.retrying + counts.uploading
}

function unsentText(facts: HeadlineFacts): string {
  const count = unsent(facts)
  return count === 0 ? '' : `${rides(count)} ${count === 1 ? 'waits' : 'wait'}, kept safe in the archive.`
}

/** What needs the user is told also where something else is the headline. */
function needsText(facts: HeadlineFacts): string {
  const { needsCount } = facts
  const unreadable = unreadableCount(facts)
  if (unreadable > 0 && unreadable === needsCount) return `${unreadableText(unreadable)}.`
  if (unreadable > 0) return `${needsCount} files need a look.`
  return needsCount === 0 ? '' : `${rides(needsCount)} ${needsCount === 1 ? 'needs' : 'need'} your word.`
}

function nextText({ nextAttemptAt }: HeadlineFacts, nowMs: number): string {
  if (nextAttemptAt === null) return ''
  const leftMs = Date.parse(nextAttemptAt) - nowMs
  if (leftMs <= 0) return ''
  // Rounded up: nobody is told to wait 0 s.
  return `Next try in ${durationText(Math.ceil(leftMs / 1000) * 1000)}.`
}

function signedOut(facts: HeadlineFacts): Headline | null {
  const { account } = facts
  const tone = 'signedOut'
  if (account.kind === 'none') {
    const detail = sentences('Musette needs your key to send rides to Intervals.icu.', unsentText(facts))
    return { tone, text: 'Sign in to begin', detail }
  }
  if (account.kind === 'signedOut') {
    const isLocked = account.why === 'keychain-locked'
    const text = isLocked ? 'Unlock the keychain to go on' : 'Sign in to go on'
    return { tone, text, detail: sentences(account.message, unsentText(facts)) }
  }
  if (has(facts, 'keychain-locked')) {
    const detail = sentences(messageOf(facts, 'keychain-locked'), unsentText(facts))
    return { tone, text: 'Unlock the keychain to go on', detail }
  }
  if (!has(facts, 'signed-out')) return null
  return {
    tone,
    text: 'Sign in to go on',
    detail: sentences(messageOf(facts, 'signed-out'), unsentText(facts)),
  }
}

const stops: Readonly<Record<string, string>> = {
  'wrong-athlete': 'This key belongs to another athlete',
  'home-in-use': 'Another Musette is at work here',
  'disk-full': 'The disk is nearly full',
}

/** Nothing at all goes on until the user has mended it. */
function stopped(facts: HeadlineFacts): Headline | null {
  const code = Object.keys(stops).find(each => has(facts, each))
  if (code === undefined) return null
  const detail = sentences(messageOf(facts, code), unsentText(facts))
  return { tone: 'attention', text: stops[code] ?? '', detail }
}

function nothingAdded({ sources, trainers, troubles }: HeadlineFacts): Headline | null {
  if (sources.length + trainers.length + troubles.length > 0) return null
  const detail = 'Choose where your rides lie, or where your trainer looks for workouts.'
  return { tone: 'ok', text: 'Add a folder to begin', detail }
}

function goingUp(facts: HeadlineFacts): Headline | null {
  const { progress } = facts
  if (progress === null) return null
  const left = Math.max(1, progress.total - progress.done)
  const percent = progress.totalBytes === 0 ? 0 : Math.floor((progress.sentBytes / progress.totalBytes) * 100)
  return {
    tone: 'busy',
    text: `${rides(left)} ${isAre(left)} going up`,
    detail: sentences(
      `${progress.name} from ${progress.sourceName}: ${percent} %.`,
      progress.done === 0 ? '' : `${progress.done} of ${progress.total} done.`,
      needsText(facts),
    ),
  }
}

function paused(facts: HeadlineFacts, nowMs: number, place: Place): Headline | null {
  const pause = activePause(facts.pause, nowMs)
  const rest = sentences('Nothing is looked at or sent meanwhile.', unsentText(facts), needsText(facts))
  if (pause !== null) {
    const end = pause.kind === 'until' ? momentText(Date.parse(pause.at), nowMs, place) : 'you resume'
    return { tone: 'paused', text: `Paused until ${end}`, detail: rest }
  }
  if (facts.sources.length === 0 || !facts.sources.every(source => source.isPaused)) return null
  if (facts.troubles.length > 0 || facts.needsCount > 0) return null
  const text = facts.sources.length === 1 ? 'The only folder is paused' : 'All folders are paused'
  return { tone: 'paused', text, detail: rest }
}

function outOfReach(facts: HeadlineFacts, nowMs: number, place: Place): Headline | null {
  const isOffline = has(facts, 'offline')
  if (!isOffline && !has(facts, 'service-down')) return null
  const { offlineSince } = facts
  const since =
    offlineSince === null || offlineSince === undefined
      ? ''
      : ` since ${momentText(Date.parse(offlineSince), nowMs, place)}`
  const count = unsent(facts)
  const wait = count === 0 ? '' : `: ${rides(count).toLowerCase()} ${count === 1 ? 'waits' : 'wait'}`
  const what = isOffline ? 'Offline' : 'Intervals.icu has not answered'
  const detail = sentences(
    `Everything is kept, and sent when ${isOffline ? 'the connection is back' : 'it answers again'}.`,
    nextText(facts, nowMs),
    needsText(facts),
  )
  const known = isOffline || since !== '' ? what : 'Intervals.icu does not answer'
  return { tone: 'offline', text: `${known}${since}${wait}`, detail }
}

function noSource({ sources }: HeadlineFacts): Headline | null {
  if (sources.length > 0) return null
  const detail = 'Workouts come down already. Choose where your rides lie, and they go up.'
  return { tone: 'ok', text: 'Add a folder with your rides', detail }
}

/** Null for never; a host that does not tell of looks is taken at its last sync. */
function lastLookMs({ lastLookAt, lastSyncAt }: HeadlineFacts): number | null {
  const at = lastLookAt === undefined ? lastSyncAt : lastLookAt
  return at === null ? null : Date.parse(at)
}

function looking(facts: HeadlineFacts): Headline | null {
  const hasLooked = lastLookMs(facts) !== null
  if (hasLooked && !facts.isWorking) return null
  const isFirst = !hasLooked && facts.lastSyncAt === null
  const text = isFirst ? 'Looking for rides for the first time' : 'Looking for new rides'
  return { tone: 'busy', text, detail: sentences(`Looking ${inFolders(facts)}.`, unsentText(facts)) }
}

function waiting(facts: HeadlineFacts, nowMs: number): Headline | null {
  const count = unsent(facts)
  const isSlow = has(facts, 'rate-limited', 'budget-spent')
  if (count === 0 && !isSlow) return null
  const detail = sentences(
    isSlow ? messageOf(facts, 'rate-limited', 'budget-spent') : 'Kept safe in the archive.',
    nextText(facts, nowMs),
  )
  const text =
    count === 0 ? 'Waiting for Intervals.icu' : `${rides(count)} ${count === 1 ? 'waits' : 'wait'} to go up`
  return { tone: 'busy', text, detail }
}

function inFolders({ sources }: HeadlineFacts): string {
  const open = sources.filter(source => !source.isPaused).length
  const closed = sources.length - open
  const where = `in ${open === 1 ? 'one folder' : `${open} folders`}`
  if (closed === 0) return where
  return `${where}; ${closed === 1 ? 'one is' : `${closed} are`} paused`
}

function inSync(facts: HeadlineFacts, nowMs: number): Headline {
  const lookedMs = lastLookMs(facts) ?? nowMs
  const { waiting: unfinished } = facts.counts
  const detail = sentences(
    `Looked ${agoText(nowMs - lookedMs)} ${inFolders(facts)}.`,
    unfinished === 0 ? '' : `${rides(unfinished)} ${isAre(unfinished)} not finished yet.`,
  )
  return { tone: 'ok', text: 'Everything is in sync', detail }
}
