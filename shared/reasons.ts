import { damageText } from './damage-text.ts'
import { inVoice, type Voice } from './voice.ts'

/**
 * Why a file or recording is in its state: a fixed word (listed in ARCHITECTURE.md), and what fills its sentence.
 */
export interface Reason {
  readonly code: ReasonCode
  readonly detail: string | null
}

export const reasonCodes = [
  // waiting
  'not-looked-at',
  'settling',
  'unfinished',
  'busy',
  'changing',
  'cannot-read',
  'disk-low',
  'copy-failed',
  // notActivity
  'not-activity',
  'no-activity-inside',
  'own-workout',
  // tooOld
  'before-baseline',
  // held
  'damaged',
  'longer-version',
  'after-rebuild',
  'nothing-made',
  'same-ride',
  // queued, uploading, retrying
  'new-ride',
  'backfill',
  'asked-again',
  'sending',
  'offline',
  'service-down',
  'rate-limited',
  'budget-spent',
  'outcome-unknown',
  'signed-out',
  'no-permission',
  'archive-trouble',
  // done
  'sent',
  'found-after-lost-reply',
  'had-it-already',
  'had-it-from-musette',
  'deleted-on-service',
  // given up
  'refused',
  'ignored-by-you',
  'source-removed',
  'went-away',
  'superseded',
] as const

export type ReasonCode = (typeof reasonCodes)[number]

export function reason(code: ReasonCode, detail: string | null = null): Reason {
  return { code, detail }
}

/** `45 s`, `12 min`, `3 h 05`, `2 days`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')}`
  return `${Math.floor(hours / 24)} days`
}

/** The window has no use for single seconds past the first minute. */
function stillText(ms: number, voice: Voice): string {
  const isSecondMinute = ms >= 60_000 && ms < 120_000
  return voice === 'window' && isSecondMinute ? '1 min' : durationText(ms)
}

/** Everything a sentence may need beside the reason itself. */
export interface ReasonContext {
  /** How long the file has been unchanged; null where unknown. */
  readonly stillForMs: number | null
  /** In how long the next attempt is due; null when none is planned. */
  readonly nextInMs: number | null
  /** The command line's unless given. */
  readonly voice?: Voice
}

/** One sentence for people: what is so, what was kept, what to do. */
export function reasonText(
  why: Reason,
  context: ReasonContext = { stillForMs: null, nextInMs: null },
): string {
  const voice = context.voice ?? 'cli'
  const say = (cli: string, window: string): string => (voice === 'cli' ? cli : window)
  // Some details come from the service or the system as sentences of their own.
  const detail = inVoice(why.detail ?? '', voice).replace(/[.\s]+$/, '')
  const still = context.stillForMs === null ? '' : `: no change for ${stillText(context.stillForMs, voice)}`
  const next = context.nextInMs === null ? '' : ` Next try in ${durationText(context.nextInMs)}.`
  const because = detail === '' ? '' : ` (${detail})`
  const what = detail === '' ? '' : `: ${detail}`
  switch (why.code) {
    case 'not-looked-at':
      return 'Not looked at yet; the next sync will.'
    case 'settling':
      return 'Looks whole; waiting until it has been unchanged for 10 s.'
    case 'unfinished':
      return say(`Not finished${still}${because}.`, `Not finished${still}.`)
    case 'busy':
      return 'Another program has it open; Musette will look again.'
    case 'changing':
      return 'It is being written right now; Musette will look again.'
    case 'cannot-read':
      return `It can't be read: allow Musette to read it${because}.`
    case 'disk-low':
      return 'The disk is nearly full, so nothing more is archived or sent. Free some space.'
    case 'copy-failed':
      return 'It could not be copied into the archive; Musette will try again.'
    case 'not-activity':
      return `Not a ride${what}.`
    case 'no-activity-inside':
      return `Nothing to send: the archive holds no ride${because}.`
    case 'own-workout':
      return 'A workout that Musette itself wrote; it is never sent.'
    case 'before-baseline':
      return 'It was here before this folder was added, and lies outside the backfill you chose.'
    case 'damaged':
      return say(`Damaged${what}.`, damageText(why.detail ?? ''))
    case 'longer-version':
      return say(
        'A longer version of a ride already sent. "musette upload FILE --anyway" sends it too.',
        'A longer version of a ride already sent. Upload anyway sends it too.',
      )
    case 'after-rebuild':
      return say(
        'Found while the ledger was rebuilt; it may have been sent before. "musette upload FILE --anyway" sends it.',
        'Found while Musette rebuilt its records; it may have been sent before. Upload anyway sends it.',
      )
    case 'nothing-made':
      return say(
        'Intervals.icu took it but made no activity of it: the account may be dormant, or the ride was deleted there before. "musette retry FILE" sends it again.',
        'Intervals.icu took it but made no activity of it: the account may be dormant, or the ride was deleted there before. Try again sends it once more.',
      )
    case 'same-ride': {
      const from = detail === '' ? '' : `, from ${detail}`
      return say(
        `The same ride is there already${from}. Kept in the archive. "musette upload FILE --anyway" sends it too.`,
        `The same ride is there already${from}. Kept in the archive. Upload anyway sends it too.`,
      )
    }
    case 'new-ride':
      return 'Kept in the archive; will be sent next.'
    case 'backfill':
      return 'Kept in the archive; an older ride, sent after the new ones.'
    case 'asked-again':
      return 'You asked for it; will be sent next.'
    case 'sending':
      return 'On its way to Intervals.icu.'
    case 'offline':
      return `No connection. Kept safe in the archive.${next}`
    case 'service-down':
      return `Intervals.icu does not answer properly right now${because}. Kept safe in the archive.${next}`
    case 'rate-limited':
      return `Intervals.icu asked Musette to slow down. Kept safe in the archive.${next}`
    case 'budget-spent':
      return `This period's requests are used up. Kept safe in the archive.${next}`
    case 'outcome-unknown':
      return `Sent, but the answer was lost; Musette looks it up before it sends again.${next}`
    case 'signed-out':
      return say(
        'Kept safe in the archive until you sign in again: musette account connect.',
        'Kept safe in the archive until you sign in again.',
      )
    case 'no-permission':
      return `The key may not upload activities${because}. Kept safe in the archive.${next}`
    case 'archive-trouble':
      return `Its archived copy could not be read; Musette makes a new one from the original where it can.${next}`
    case 'sent':
      return 'Sent to Intervals.icu.'
    case 'found-after-lost-reply':
      return 'Sent to Intervals.icu; the answer was lost, and the activity was found there.'
    case 'had-it-already':
      return detail === '' ? 'Already there.' : `Already there, from ${detail}.`
    case 'had-it-from-musette':
      return 'Already there: Musette sent it before.'
    case 'deleted-on-service':
      return say(
        'Sent, and since deleted on Intervals.icu. "musette upload FILE --anyway" sends it again.',
        'Sent, and since deleted on Intervals.icu. Upload anyway sends it again.',
      )
    case 'refused':
      return say(`Intervals.icu refused it${what}.`, `Intervals.icu refused it${what}. Kept in the archive.`)
    case 'ignored-by-you':
      return say(
        'Ignored, as you asked. "musette retry FILE" brings it back.',
        'Ignored, as you asked. Try again brings it back.',
      )
    case 'source-removed':
      // With a detail where a request had carried it and nobody knows what became of that.
      return detail === ''
        ? 'Its folder was removed from Musette before it was sent. The archived copy is kept.'
        : 'Its folder was removed from Musette before it was known whether it had been sent: it may be on Intervals.icu. The archived copy is kept.'
    case 'superseded':
      return 'The file went on growing before this part was sent; the longer version takes its place.'
    case 'went-away':
      return 'It went away before it was a whole ride.'
  }
}
