import { addDays, dateThere } from '../../electron/sync/local-date.ts'
import { workoutFileName } from '../../electron/sync/workouts/workout-names.ts'
import type { Computer } from './computer.ts'
import { sha256Of } from './ride-book.ts'
import { isTemporary } from './trainer-book.ts'

/**
 * What is wrong in the trainer folder once everything is calm: each event of the week that has a workout is there once
 * with the service's content, unless the user settled it otherwise or a device took it; nothing else of ours is.
 */
export function trainerTroubles(computer: Computer): readonly (readonly [promise: string, detail: string])[] {
  const { service, wallClock, plan, trainer, trainerFolder, disk, hasLostLedger } = computer
  const format = plan.trainer?.format ?? 'zwo'
  const found: (readonly [string, string])[] = []
  const nameOf = (path: string): string => path.slice(trainerFolder.length + 1)
  for (const path of disk.names.below(trainerFolder)) {
    if (isTemporary(nameOf(path)) && !hasLostLedger) found.push(['leftovers', path])
  }
  const there = new Set<string>()
  for (const path of trainer.ours) {
    const sha256 = sha256Of(disk.file(path)?.bytes ?? new Uint8Array())
    const key = trainer.keyOf(nameOf(path), trainer.versionOf(sha256))
    if (there.has(key)) found.push(['P9 there twice', key])
    there.add(key)
  }
  const today = dateThere(wallClock.nowMs, plan.service.timeZone, 'UTC')
  const wanted = new Set<string>()
  for (const event of service.calendar.between(today, addDays(today, 6), wallClock.trueMs)) {
    const version = service.calendar.versionOf(event, format)
    if (version === null) continue
    const name = workoutFileName({ ...event, id: String(event.id) }, format)
    const key = trainer.keyOf(name, version)
    wanted.add(key)
    const isExcused = trainer.isSettled(key) || trainer.isThereByUser(version)
    if (!there.has(key) && !isExcused) found.push(['P9 not there', name])
  }
  for (const key of there) if (!wanted.has(key)) found.push(['P9 left behind', key])
  return found
}

/** Files of Musette's that are in the trainer folder and that it tells as there. P10: its being away changes none of them. */
export function knownInTrainer({ ledgerFile, disk, trainer, trainerFolder }: Computer): readonly string[] {
  const { database } = ledgerFile
  const hasTable = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'workout_files'").get()
  if (hasTable === undefined) return []
  return database
    .prepare("SELECT file_name FROM workout_files WHERE state IN ('written', 'placing', 'removing')")
    .all()
    .map(row => String(row['file_name']))
    .filter(name => disk.file(`${trainerFolder}/${name}`) !== null)
    .filter(name => !trainer.isUsers(`${trainerFolder}/${name}`))
}
