import type { Computer } from './computer.ts'

/** What takes the note of a wait, or moves it: the disk, the clock, and what ended Musette before it could be written. */
const disturbing: readonly string[] = ['clock', 'ledger lost', 'disk full', 'disk low', 'kill', 'power cut']

/**
 * P5: while a wait lasts that the service asked for nothing is sent, also after a restart; but each sync that the owner
 * asks for begins with one question, whose key it is.
 */
export function judgeWaits({ plan, service, counts, verdict }: Computer): void {
  if (counts.kills + counts.powerCuts > 0) return
  if (plan.troubles.some(({ kind }) => disturbing.includes(kind))) return
  const { requests, waits } = service.record
  const isInWait = (atMs: number): boolean => waits.some(wait => wait.fromMs < atMs && atMs < wait.untilMs)
  const early = requests.filter(request => isInWait(request.atMs))
  const syncs = plan.troubles.filter(({ kind }) => kind === 'sync').length
  const questions = early.filter(request => request.name === 'profile')
  if (questions.length > syncs)
    verdict.broken('P5 asked in a wait', `whose key it is ${questions.length} times, ${syncs} syncs`)
  for (const request of early)
    if (request.name !== 'profile') verdict.broken('P5 asked in a wait', `${request.name} ${request.no}`)
}
