import type { Computer } from './computer.ts'

interface Hold {
  /** Null for everything. */
  readonly folder: string | null
  readonly fromMs: number
  toMs: number
}

/** What is already on its way when a pause begins may still go, within this. */
const underWayMs = 3 * 60_000

/** What the owner asked of Musette and was told it was done. The oracle judges by it. */
export class OwnerBook {
  readonly #computer: Computer
  /** Rides to be left alone, by when that was said. */
  readonly ignored = new Map<string, number>()
  /** Rides to be sent whatever stands against it. */
  readonly anyway = new Set<string>()
  /** Rides somebody spoke about, perhaps without being heard: what becomes of them is no longer ours to say. */
  readonly touched = new Set<string>()
  /** Files somebody spoke about. */
  readonly touchedPaths = new Set<string>()
  /** Since when Musette knows that rides of a folder which another app has brought are not to go unasked. */
  readonly policySince = new Map<string, number>()
  readonly #holds: Hold[] = []
  /** Bytes of which "upload anyway" was said at some time. */
  readonly onceAnyway = new Set<string>()
  /** True once Musette said that this folder is a source. */
  isAdded: (folder: string) => boolean = () => false
  /** "Upload anyway" was said at least once. */
  hasAskedAnyway = false

  constructor(computer: Computer) {
    this.#computer = computer
  }

  /**
   * Nothing is to be looked at or sent from now on, in this folder or (null) at all; a pause that held so far is no more
   * than this one. Answers how to end it, if it still holds.
   */
  hold(folder: string | null, forMs = Number.POSITIVE_INFINITY): () => void {
    const { scheduler } = this.#computer
    this.resume(folder)
    const hold: Hold = { folder, fromMs: scheduler.steadyMs, toMs: scheduler.steadyMs + forMs }
    this.#holds.push(hold)
    return () => this.#end(hold)
  }

  /** The owner resumes, whichever pause it was. */
  resume(folder: string | null): void {
    for (const hold of this.#holds) if (hold.folder === folder) this.#end(hold)
  }

  #end(hold: Hold): void {
    hold.toMs = Math.min(hold.toMs, this.#computer.scheduler.steadyMs)
  }

  /** A request with this ride left at that moment. */
  judgeUpload(sha256: string, leftAtMs: number): void {
    const { verdict } = this.#computer
    const ignoredAtMs = this.ignored.get(sha256)
    if (ignoredAtMs !== undefined && leftAtMs > ignoredAtMs + 60_000)
      verdict.broken('P7 ignored and sent', sha256.slice(0, 8))
    // A copy of it in another folder may go.
    const folders = this.#foldersOf(sha256)
    if (folders.some(folder => this.#comesTo('copied folder', folder))) return
    if (this.#isHeld(leftAtMs, folders.length === 1 ? folders : []))
      verdict.broken('P7 paused and sent', sha256.slice(0, 8))
  }

  /** Musette lists a source's folder. */
  listed(folder: string): void {
    const { plan, scheduler, verdict, hasLostLedger } = this.#computer
    const root = plan.sources.find(
      source => folder === source.folder || folder.startsWith(`${source.folder}/`),
    )
    if (root === undefined || hasLostLedger) return
    // To add a folder is to have it looked at.
    if (!this.isAdded(root.folder)) return
    if (this.#comesTo('remove source', root.folder)) return
    if (this.#isHeld(scheduler.steadyMs, [root.folder])) verdict.broken('P7 paused and scanned', folder)
  }

  #isHeld(atMs: number, folders: readonly string[]): boolean {
    // "Sync now" is the owner's word too.
    const isSynced = this.#computer.plan.troubles.some(trouble => trouble.kind === 'sync')
    return this.#holds.some(
      hold =>
        (hold.folder === null ? !isSynced : folders.includes(hold.folder)) &&
        atMs > hold.fromMs + underWayMs &&
        atMs < hold.toMs,
    )
  }

  /** True where this is done to the folder at some time. */
  #comesTo(kind: 'copied folder' | 'remove source', folder: string): boolean {
    const { plan } = this.#computer
    return plan.troubles.some(
      trouble => trouble.kind === kind && plan.sources[trouble.source]?.folder === folder,
    )
  }

  /** Folders in which the recorder left these bytes. */
  #foldersOf(sha256: string): readonly string[] {
    const { book, plan } = this.#computer
    return book.rides
      .filter(ride => ride.sha256 === sha256)
      .flatMap(ride => plan.sources[ride.source]?.folder ?? [])
  }
}
