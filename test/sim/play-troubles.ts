import type { Computer } from './computer.ts'
import { presentIn } from './judge-moment.ts'
import type { OwnerActs } from './owner-acts.ts'
import type { Trouble } from './plan.ts'
import { knownInTrainer } from './judge-trainer.ts'
import { playHand } from './trainer-hands.ts'

/** What troubles do to Musette itself. */
export interface TroubleHands {
  quit(downMs: number, whileDown?: () => void): Promise<void>
  sync(): void
  readonly owner: OwnerActs
}

/** Sets all troubles but kills going. Answers when the last one is over, in ms since the start of the run. */
export function playTroubles(computer: Computer, hands: TroubleHands): number {
  let endMs = 0
  for (const trouble of computer.plan.troubles) {
    void play(computer, hands, trouble)
    endMs = Math.max(endMs, endOf(trouble))
  }
  for (const window of computer.plan.faults) endMs = Math.max(endMs, window.fromMs + window.forMs)
  return endMs
}

function endOf(trouble: Trouble): number {
  const fromMs = 'fromMs' in trouble ? trouble.fromMs : 'atMs' in trouble ? trouble.atMs : 0
  if ('forMs' in trouble) return fromMs + trouble.forMs
  if ('backAfterMs' in trouble) return fromMs + trouble.backAfterMs
  return fromMs + ('atMs' in trouble && 'downMs' in trouble ? trouble.downMs : 0)
}

async function play(computer: Computer, hands: TroubleHands, trouble: Trouble): Promise<void> {
  const { scheduler, book, disk, wallClock } = computer
  switch (trouble.kind) {
    case 'kill':
    case 'power cut':
    case 'hand between':
      // A process counts its own effects.
      return
    case 'folder': {
      const folder = computer.plan.sources[trouble.source]?.folder
      if (folder === undefined) return
      await scheduler.task('folder goes', trouble.fromMs)
      book.hold()
      const before = presentIn(computer, folder)
      disk.absences.set(folder, trouble.absence)
      await scheduler.task('folder is back', trouble.forMs)
      judgeAbsence(computer, trouble.source, folder, before)
      disk.absences.delete(folder)
      if (trouble.isOtherDevice) disk.devices.set(folder, (disk.devices.get(folder) ?? 1) + 1)
      book.release()
      return
    }
    case 'trainer folder':
      await playTrainerAway(computer, trouble)
      return
    case 'trainer full':
      await scheduler.task('trainer disk is full', trouble.fromMs)
      disk.fullFolders.add(computer.trainerFolder)
      await scheduler.task('trainer disk has room', trouble.forMs)
      disk.fullFolders.delete(computer.trainerFolder)
      return
    case 'hand':
      await scheduler.task(`hand: ${trouble.act}`, trouble.atMs)
      playHand(computer, trouble.act, computer.random.fork(`hand ${trouble.atMs}`))
      return
    case 'disk full':
      await scheduler.task('disk is full', trouble.fromMs)
      book.hold()
      setFull(computer, true)
      await scheduler.task('disk has room', trouble.forMs)
      setFull(computer, false)
      book.release()
      return
    case 'disk low':
      await scheduler.task('disk is low', trouble.fromMs)
      book.hold()
      disk.isLow = true
      await scheduler.task('disk has room', trouble.forMs)
      disk.isLow = false
      book.release()
      return
    case 'clock':
      await scheduler.task('clock is set', trouble.atMs)
      book.disturb()
      computer.trainer.noteDay()
      wallClock.aheadMs += trouble.byMs
      computer.trainer.noteDay()
      return
    case 'zone':
      await scheduler.task('zone changes', trouble.atMs)
      wallClock.zone = trouble.zone
      return
    case 'quit':
      await scheduler.task('the owner quits', trouble.atMs)
      await hands.quit(trouble.downMs)
      return
    case 'ledger lost':
      await scheduler.task('the owner quits', trouble.atMs)
      await hands.quit(trouble.downMs, () => {
        computer.ledgerFile.lose()
        computer.hasLostLedger = true
        computer.trainer.forgetAll()
      })
      return
    case 'pause source':
    case 'pause all':
    case 'remove source':
    case 'copied folder':
    case 'ask':
      await hands.owner.play(trouble)
      return
    case 'sync':
      await scheduler.task('the owner syncs', trouble.atMs)
      hands.sync()
  }
}

async function playTrainerAway(
  computer: Computer,
  trouble: Extract<Trouble, { kind: 'trainer folder' }>,
): Promise<void> {
  const { scheduler, disk, trainer, trainerFolder, verdict } = computer
  await scheduler.task('trainer folder goes', trouble.fromMs)
  trainer.goes()
  const before = knownInTrainer(computer)
  disk.absences.set(trainerFolder, trouble.absence)
  await scheduler.task('trainer folder is back', trouble.forMs)
  const after = new Set(knownInTrainer(computer))
  const gone = before.filter(name => !after.has(name) && disk.file(`${trainerFolder}/${name}`) !== null)
  if (gone.length > 0 && !computer.hasLostLedger)
    verdict.broken('P10 read as deleted', `workouts: ${gone.join(', ')}`)
  disk.absences.delete(trainerFolder)
  if (trouble.isImported) playHand(computer, 'import all', computer.random.fork(`import ${trouble.fromMs}`))
  if (!trouble.isOtherDevice) return
  disk.devices.set(trainerFolder, (disk.devices.get(trainerFolder) ?? 1) + 1)
  trainer.hasMoved = true
}

/** P10: that a folder was away is no news about its files. */
function judgeAbsence(computer: Computer, source: number, folder: string, before: readonly string[]): void {
  const wasRemoved = computer.plan.troubles.some(
    trouble => trouble.kind === 'remove source' && trouble.source === source,
  )
  if (computer.hasLostLedger || wasRemoved) return
  const after = new Set(presentIn(computer, folder))
  const gone = before.filter(path => computer.disk.file(path) !== null && !after.has(path))
  if (gone.length > 0) computer.verdict.broken('P10 read as deleted', gone.join(', '))
}

function setFull(computer: Computer, isFull: boolean): void {
  computer.disk.isFull = isFull
  computer.ledgerFile.isFull = isFull
}

/** Tells people at the trainer folder of Musette's effects: some of them act right in the midst of one. */
export function handsBetween(computer: Computer): (label: string) => void {
  const seen = { write: 0, removal: 0 }
  const acts = computer.plan.troubles.filter(trouble => trouble.kind === 'hand between')
  let before = ''
  return label => {
    const isAlone = before === 'ledger before full commit'
    before = label
    const during = label.startsWith('flush .musette-')
      ? 'write'
      : isAlone && label === 'ledger UPDATE workout_files SET'
        ? 'removal'
        : null
    if (during === null || acts.length === 0) return
    seen[during] += 1
    if (!acts.some(act => act.during === during && act.nth === seen[during])) return
    if (during === 'removal') playHand(computer, 'edit all', computer.random.fork(`between ${seen[during]}`))
    else takeName(computer)
  }
}

/** A file of somebody's own comes to the very name that Musette is writing to. */
function takeName({ ledgerFile, trainer, trainerFolder, disk }: Computer): void {
  const row = ledgerFile.database
    .prepare("SELECT file_name FROM workout_files WHERE state = 'intended'")
    .get()
  if (row === undefined || disk.absences.has(trainerFolder)) return
  trainer.put(String(row['file_name']), new TextEncoder().encode('<workout_file/>'))
}
