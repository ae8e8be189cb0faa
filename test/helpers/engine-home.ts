import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeDisk } from '../../electron/adapters/node-disk.ts'
import { settingsFile } from '../../electron/adapters/settings-file.ts'
import { openSqliteDb } from '../../electron/adapters/sqlite-db.ts'
import { archiveRecording } from '../../electron/sync/activities/archive.ts'
import { examineFile } from '../../electron/sync/activities/examine.ts'
import { parseBackfill } from '../../electron/sync/activities/backfill.ts'
import { engineParts, prepareEngine, syncOnce } from '../../electron/sync/engine.ts'
import type { EngineDeps, EngineParts } from '../../electron/sync/engine-parts.ts'
import { addSource } from '../../electron/sync/folders/manage-sources.ts'
import { openLedger } from '../../electron/sync/ledger/ledger.ts'
import { prepareLedger } from '../../electron/sync/ledger/schema.ts'
import { rebuildIfLost } from '../../electron/sync/rebuild.ts'
import { Overview } from '../../electron/sync/overview.ts'
import { EngineViewer, type EngineNow } from '../../electron/sync/view/engine-view.ts'
import type { Disk } from '../../electron/sync/ports/disk.ts'
import type { Examiner } from '../../electron/sync/ports/examiner.ts'
import type { SettingsStore } from '../../electron/sync/ports/settings-store.ts'
import { noLog } from '../../electron/sync/ports/log.ts'
import type { EngineView } from '../../shared/app-snapshot.ts'
import type { FileEntry, SyncReport } from '../../shared/reports.ts'
import { newSettings, type Source } from '../../shared/settings.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeService } from './fake-service.ts'
import { Busy } from './quiet.ts'

/** When the tests take place: a quiet Saturday morning. */
export const nowMs = Date.UTC(2026, 10, 21, 10)
export const never = new AbortController().signal
export const minuteMs = 60_000
export const hourMs = 3_600_000

const atRest: EngineNow = {
  ...{ isWorking: false, troubles: [], lastLookMs: null, offlineSinceMs: null, notAskedBeforeMs: null },
}

/** Proves and archives in place, `width` at a time. */
export function examinerInPlace(disk: Disk, width = 2): Examiner {
  return {
    width,
    examine: request => examineFile(disk, request),
    archive: request => archiveRecording(disk, request),
  }
}

/** A home in a temporary folder: real disk and ledger, with a clock and a service of the test's own. */
export class EngineHome {
  readonly root = mkdtempSync(join(tmpdir(), 'musette-engine-'))
  readonly clock = new FakeClock(nowMs)
  readonly service = new FakeService()
  readonly hints = new Map<string, () => void>()
  readonly busy = new Busy()
  parts: EngineParts

  private constructor(ports: Partial<EngineDeps>) {
    this.clock.settle = this.busy.settled
    mkdirSync(this.folder('home'))
    this.parts = this.#build(ports)
  }

  static async open(ports: Partial<EngineDeps> = {}): Promise<EngineHome> {
    const home = new EngineHome(ports)
    await prepareEngine(home.parts)
    await rebuildIfLost(home.parts, never)
    return home
  }

  /** The process ends and a new one begins over the same disk. */
  async restart(ports: Partial<EngineDeps> = {}): Promise<void> {
    this.parts.ledger.db.close()
    this.parts = this.#build({ settings: this.parts.settings, ...ports })
    await prepareEngine(this.parts)
    await rebuildIfLost(this.parts, never)
  }

  /** The ledger is lost, with all it knew, and Musette starts again. */
  async loseLedger(ports: Partial<EngineDeps> = {}): Promise<void> {
    this.parts.ledger.db.close()
    for (const ending of ['', '-wal', '-shm']) rmSync(this.folder(`ledger.sqlite${ending}`), { force: true })
    this.parts = this.#build({ settings: this.parts.settings, ...ports })
    await prepareEngine(this.parts)
    await rebuildIfLost(this.parts, never)
  }

  folder(name = ''): string {
    return join(this.root, name)
  }

  /** Writes a file last changed `ageMs` ago, an hour unless given. */
  put(name: string, bytes: Uint8Array | string, ageMs = hourMs): string {
    const path = this.folder(name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    this.touch(name, this.clock.now() - ageMs)
    return path
  }

  touch(name: string, atMs: number): void {
    utimesSync(this.folder(name), atMs / 1000, atMs / 1000)
  }

  async addSource(name = 'rides', backfill = 'none'): Promise<Source> {
    mkdirSync(this.folder(name), { recursive: true })
    const wanted = parseBackfill(backfill, this.clock.now(), 'UTC')
    return addSource(this.parts, { folder: this.folder(name), backfill: wanted, name: null }, never)
  }

  /** One whole pass, time passing by itself. */
  sync(signal: AbortSignal = never): Promise<SyncReport> {
    return this.clock.during(syncOnce(this.parts, signal))
  }

  files(): readonly FileEntry[] {
    return new Overview(this.parts.ledger, this.clock.now(), true, this.folder('home/archive')).files()
  }

  /** What the window would show, of an engine that rests unless told otherwise. */
  view(now: Partial<EngineNow> = {}): EngineView {
    return this.viewer()(now)
  }

  /** Makes one view after the other, as a running engine does. */
  viewer(): (now?: Partial<EngineNow>) => EngineView {
    const viewer = new EngineViewer(this.parts)
    return (now = {}) => viewer.view({ ...atRest, ...now })
  }

  /** `state reasonCode` of each file, by its name below the root; an archived copy goes by where it was. */
  states(): Readonly<Record<string, string>> {
    const below = (path: string): string => path.slice(this.root.length + 1)
    return Object.fromEntries(
      this.files().map(({ path, formerPaths: [former], state, reasonCode }) => [
        former === undefined ? below(path) : `was ${below(former)}`,
        `${state} ${reasonCode}`,
      ]),
    )
  }

  staged(): readonly string[] {
    return readdirSync(this.folder('home/staging'))
  }

  archived(): readonly string[] {
    return this.#inArchive('.gz')
  }

  /** What is written beside archived copies. */
  verdicts(): readonly string[] {
    return this.#inArchive('.verdict')
  }

  #inArchive(ending: string): readonly string[] {
    const names = readdirSync(this.folder('home/archive'), { recursive: true, encoding: 'utf8' })
    return names.filter(name => name.endsWith(ending))
  }

  close(): void {
    this.parts.ledger.db.close()
    rmSync(this.root, { recursive: true, force: true })
  }

  #settings(): SettingsStore {
    const keepFree = { bytes: 0, percent: 0 }
    return settingsFile(this.folder('settings.json'), { ...newSettings('test'), keepFree })
  }

  #build(ports: Partial<EngineDeps>): EngineParts {
    const db = openSqliteDb(this.folder('ledger.sqlite'))
    prepareLedger(db)
    const disk = this.busy.watch(ports.disk ?? nodeDisk())
    return engineParts({
      ledger: openLedger(db),
      service: this.busy.watch(this.service),
      watcher: {
        watch: (folder, onHint) => {
          this.hints.set(folder, onHint)
          return { close: () => Promise.resolve(void this.hints.delete(folder)) }
        },
      },
      mounts: { placeOf: () => Promise.resolve('local') },
      clock: this.clock,
      random: () => 0,
      log: noLog,
      origin: 'https://service.test',
      folders: {
        home: this.folder('home'),
        staging: this.folder('home/staging'),
        archive: this.folder('home/archive'),
      },
      ...ports,
      disk,
      settings: this.busy.watch(ports.settings ?? this.#settings()),
      examiner: this.busy.watch(ports.examiner ?? examinerInPlace(disk)),
    })
  }
}
