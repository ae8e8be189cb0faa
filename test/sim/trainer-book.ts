import { dateThere } from '../../electron/sync/local-date.ts'
import type { Computer } from './computer.ts'
import { sha256Of } from './ride-book.ts'

/** One file that is the user's: put there by somebody else, or ours and changed since. */
interface UsersFile {
  readonly sha256: string
  /** Musette has not looked at the name since. */
  isUnseen: boolean
}

/** The end of each name of ours: the event's id, and a number where the plain name was taken. */
const ownEnd = / (\d{5,})(?: \d+)?\.(?:zwo|fit|mrc|erg)$/

export function isTemporary(name: string): boolean {
  return name.startsWith('.musette-')
}

/**
 * Knows whose each file of the trainer folder is, and judges every change of one at the moment it is made: what is not
 * Musette's is never replaced or removed, and a version that the user deleted never comes back by itself.
 */
export class TrainerBook {
  readonly #computer: Computer
  readonly #users = new Map<string, UsersFile>()
  /**
   * Versions that the user deleted or changed, or that a device took from its inbox, with the event's day; `isSure` where
   * Musette surely knew the file.
   */
  readonly #settled = new Map<string, { readonly day: string; readonly isSure: boolean }>()
  /** What the program that reads the folder made of a file, by what it was made from. */
  readonly #rewrites = new Map<string, string>()
  /** The latest day that the computer believed in: events before it are forgotten. */
  #latestDay = ''
  /** The folder itself was another one since. */
  hasMoved = false
  /** What Musette did so far, of any kind. */
  effects = 0
  /** How much it had done when it last looked at a path. */
  readonly #lookedAt = new Map<string, number>()
  /** Musette knew that files of its lie in the folder when it went away, and has looked at it since. */
  #isKnownAway = false
  #hasSeenAway = false
  /** Changes of the user's between Musette's last look and what it did right after it: no system lets us prevent that. */
  races = 0

  constructor(computer: Computer) {
    this.#computer = computer
  }

  /** All that is Musette's there, by path. */
  get ours(): readonly string[] {
    return this.#computer.disk.names
      .below(this.#folder)
      .filter(path => !this.#users.has(path) && !isTemporary(nameOf(path)))
  }

  /** The content as it was written, where a program has saved it its own way since. */
  writtenAs(sha256: string): string {
    return this.#rewrites.get(sha256) ?? sha256
  }

  isUsers(path: string): boolean {
    return this.#users.has(path)
  }

  /** A version of a workout, wherever it lies: the same event and content, and in a library the same name. */
  keyOf(name: string, version: string): string {
    const isInbox = this.#computer.plan.trainer?.kind === 'inbox'
    const id = ownEnd.exec(name)?.[1]
    return `${isInbox && id !== undefined ? id : name.replace(ownEnd, ' $1')} ${version}`
  }

  /** What the bytes ask for, whoever saved them in whatever way. */
  versionOf(sha256: string): string {
    return this.#computer.service.calendar.versionBehind(this.writtenAs(sha256))
  }

  /** True for a version that the user deleted or changed, or a device took: none of it has to be there. */
  isSettled(key: string): boolean {
    return this.#settled.has(key)
  }

  /** True where a file of the user's has this very content. */
  isThereByUser(version: string): boolean {
    return [...this.#users.values()].some(file => this.versionOf(file.sha256) === version)
  }

  /** The folder is about to be away. */
  goes(): void {
    const { ledgerFile } = this.#computer
    const find = "SELECT file_name FROM workout_files WHERE state = 'written'"
    const database = ledgerFile.durable()
    const hasTable = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'workout_files'").get()
    const known = hasTable === undefined ? [] : database.prepare(find).all()
    this.#isKnownAway = known.some(
      row => this.#sha256Of(`${this.#folder}/${String(row['file_name'])}`) !== null,
    )
    this.#hasSeenAway = false
  }

  /** Somebody else puts these bytes there, or changes a file of ours. */
  put(name: string, bytes: Uint8Array): void {
    const path = `${this.#folder}/${name}`
    this.#settle(path)
    this.#byOthers({ kind: 'remove', path: name })
    this.#byOthers({ kind: 'write', path: name, at: 0, bytes })
    this.#users.set(path, { sha256: sha256Of(bytes), isUnseen: true })
  }

  /** The user deletes a file, or a device takes it. */
  remove(name: string): void {
    this.#settle(`${this.#folder}/${name}`)
    this.#byOthers({ kind: 'remove', path: name })
    this.#users.delete(`${this.#folder}/${name}`)
  }

  /** The program that reads the folder saves a file of ours its own way; it asks for the same. */
  rewrite(name: string, bytes: Uint8Array): void {
    const before = this.#sha256Of(`${this.#folder}/${name}`)
    if (before === null) return
    this.#byOthers({ kind: 'remove', path: name })
    this.#byOthers({ kind: 'write', path: name, at: 0, bytes })
    this.#rewrites.set(sha256Of(bytes), this.writtenAs(before))
  }

  /** Musette looks at a path, or lists the folder. */
  looked(path: string): void {
    this.#lookedAt.set(path, this.effects)
    if (path === this.#folder && this.#isAway) this.#hasSeenAway = true
    const file = this.#users.get(path)
    if (file !== undefined) file.isUnseen = false
  }

  /** Musette is about to change a path, or (`named`) has just given a file its name. */
  changes(path: string, what: string): void {
    this.noteDay()
    const name = nameOf(path)
    if (isTemporary(name) || path === this.#folder) return
    if (this.#isAway) {
      if (what === 'named') this.#judgeBeneath(path, name)
      return
    }
    if (what === 'named') this.#judgeNew(path, name)
    if (what !== 'rename' && what !== 'remove') return
    const users = this.#users.get(path)
    if (users === undefined || this.#computer.disk.seen(path) === undefined) return
    const isAtOnce = this.effects - (this.#lookedAt.get(path) ?? 0) <= 1
    if (users.isUnseen && isAtOnce) {
      this.races += 1
      this.#users.delete(path)
    } else this.#computer.verdict.broken('P9 not ours', `${what} of ${name}`)
  }

  /** What of the day the computer believes in, in the athlete's zone. */
  noteDay(): void {
    const { wallClock, plan } = this.#computer
    const day = dateThere(wallClock.nowMs, plan.service.timeZone, 'UTC')
    if (day > this.#latestDay) this.#latestDay = day
  }

  /** The ledger is gone: nobody knows any more what was Musette's, so all of it is to be left alone. */
  forgetAll(): void {
    // Nor that a disk was mounted there.
    this.#isKnownAway = false
    for (const path of this.ours) {
      const sha256 = this.#sha256Of(path)
      if (sha256 !== null) this.#users.set(path, { sha256, isUnseen: false })
    }
    this.#settled.clear()
  }

  /** Whatever is the user's must be there, byte by byte. */
  judge(): void {
    for (const [path, { sha256 }] of this.#users) {
      if (this.#sha256Of(path) !== sha256)
        this.#computer.verdict.broken('P9 not kept', `${nameOf(path)} is gone or changed`)
    }
  }

  /** Something was written into the empty place of a disk that is gone. */
  #judgeBeneath(path: string, name: string): void {
    const { verdict, disk, plan } = this.#computer
    if (this.#isKnownAway) {
      if (this.#hasSeenAway) verdict.broken('P10 written where nothing is mounted', name)
      return
    }
    // An inbox that was not there when it was added: what went beneath looks as if the device had taken it.
    const file = disk.file(disk.placeOf(path))
    if (plan.trainer?.kind !== 'inbox' || file === null) return
    const key = this.keyOf(name, this.versionOf(sha256Of(file.bytes)))
    this.#settled.set(key, { day: '', isSure: false })
  }

  #judgeNew(path: string, name: string): void {
    const sha256 = this.#sha256Of(path)
    const settled = sha256 === null ? undefined : this.#settled.get(this.keyOf(name, this.versionOf(sha256)))
    if (settled?.isSure !== true || settled.day < this.#latestDay) return
    // A library in another folder is begun anew; what a device took it has.
    const isInbox = this.#computer.plan.trainer?.kind === 'inbox'
    if (this.hasMoved && !isInbox) return
    this.#computer.verdict.broken(isInbox ? 'P9 handed over twice' : 'P9 written again', name)
  }

  /** What Musette surely knows to have written there is settled by the user's hand, until its event changes. */
  #settle(path: string): void {
    const sha256 = this.#sha256Of(path)
    if (sha256 === null || this.#users.has(path)) return
    const row = this.#computer.ledgerFile
      .durable()
      .prepare(
        "SELECT event_date AS day FROM workout_files WHERE file_name = ? AND sha256 = ? AND state IN ('written', 'placing')",
      )
      .get(nameOf(path), this.writtenAs(sha256))
    const key = this.keyOf(nameOf(path), this.versionOf(sha256))
    this.#settled.set(key, { day: String(row?.['day'] ?? ''), isSure: row !== undefined })
  }

  /** What one does makes safe what was done before it, as a journal does. */
  #byOthers(act: Parameters<Computer['disk']['act']>[1]): void {
    const { disk } = this.#computer
    disk.names.flush(this.#folder)
    disk.act(this.#folder, act)
  }

  get #folder(): string {
    return this.#computer.trainerFolder
  }

  /** Unmounted: an empty folder stands in its place. */
  get #isAway(): boolean {
    return this.#computer.disk.absences.get(this.#folder) === 'empty'
  }

  #sha256Of(path: string): string | null {
    const file = this.#computer.disk.file(path)
    return file === null ? null : sha256Of(file.bytes)
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
