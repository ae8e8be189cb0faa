import { createHash } from 'node:crypto'
import { addDays, dateThere } from '../../electron/sync/local-date.ts'
import { workoutFileName } from '../../electron/sync/workouts/workout-names.ts'
import type { Computer } from './computer.ts'
import { isTemporary, trainerFolder, versionKey } from './trainer-book.ts'

/**
 * What is wrong in the trainer folder once everything is calm: each event of the week that has a workout is there with
 * the service's content, unless the user settled it otherwise; nothing else of ours is.
 */
export function trainerTroubles(computer: Computer): readonly (readonly [promise: string, detail: string])[] {
  const { service, wallClock, plan, trainer, disk, hasLostLedger } = computer
  const found: (readonly [string, string])[] = []
  const nameOf = (path: string): string => path.slice(trainerFolder.length + 1)
  for (const path of disk.names.below(trainerFolder)) {
    if (isTemporary(nameOf(path)) && !hasLostLedger) found.push(['leftovers', path])
  }
  const there = new Set<string>()
  const rewritten = new Set<string>()
  for (const path of trainer.ours) {
    const sha256 = createHash('sha256')
      .update(disk.file(path)?.bytes ?? '')
      .digest('hex')
    const key = versionKey(nameOf(path), trainer.writtenAs(sha256))
    there.add(key)
    if (trainer.writtenAs(sha256) !== sha256) rewritten.add(key)
  }
  const today = dateThere(wallClock.nowMs, plan.service.timeZone, 'UTC')
  const wanted = new Set<string>()
  for (const event of service.calendar.between(today, addDays(today, 6), wallClock.trueMs)) {
    const content = service.calendar.contentOf(event, 'zwo')
    if (content === null) continue
    const name = workoutFileName({ ...event, id: String(event.id) }, 'zwo')
    const sha256 = createHash('sha256').update(content).digest('hex')
    const key = versionKey(name, sha256)
    wanted.add(key)
    const isExcused = trainer.isSettled(name, sha256) || trainer.isThereByUser(sha256)
    if (!there.has(key) && !isExcused) found.push(['P9 not there', name])
  }
  // Rewritten between a kill and the next start, it can't be told from the user's own: it is left alone.
  const wasEnded = plan.troubles.some(({ kind }) => kind === 'kill' || kind === 'power cut')
  for (const key of there)
    if (!wanted.has(key) && !(wasEnded && rewritten.has(key))) found.push(['P9 left behind', key])
  return found
}
