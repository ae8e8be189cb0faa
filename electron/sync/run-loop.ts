import type { Trouble } from '../../shared/reports.ts'
import type { Source } from '../../shared/settings.ts'
import { AppError } from '../../shared/app-error.ts'
import type { EngineParts } from './engine-parts.ts'
import { writeTroubles } from './known-troubles.ts'
import { isLedgerTrouble } from './ledger/ledger-trouble.ts'
import { pollMs } from './loop/loop-times.ts'
import { LoopTroubles } from './loop/loop-troubles.ts'
import { PauseGate } from './loop/pause-gate.ts'
import { PullLoop } from './loop/pull-loop.ts'
import { TakeInLoop } from './loop/take-in-loop.ts'
import { UploadLoop } from './loop/upload-loop.ts'
import { watchClock } from './loop/watch-clock.ts'
import { PassNotes } from './pass.ts'

/**
 * Keeps syncing until the signal aborts: three loops side by side (take in, upload, pull), woken by hints, timers and
 * each other, held by the user's pause. Hints only hasten a scan; the slow timer finds whatever they missed.
 */
export class RunLoop {
  readonly #parts: EngineParts
  readonly #intake: TakeInLoop
  readonly #upload: UploadLoop
  readonly #pull: PullLoop
  readonly #troubles = new LoopTroubles()
  #onChange: () => void = () => undefined
  #onUnfit: (error: AppError) => void = () => undefined

  constructor(parts: EngineParts) {
    this.#parts = parts
    const gate = new PauseGate(parts, () => this.#onChange())
    this.#intake = new TakeInLoop(parts, gate, {
      onScanned: (sources, troubles) => this.#noteIntake(sources, troubles),
      onArchived: () => this.#upload.bell.ring(),
      onProgress: () => this.#onChange(),
    })
    this.#pull = new PullLoop(parts, gate, troubles => this.#tell('pull', troubles))
    this.#upload = new UploadLoop(
      parts,
      gate,
      troubles => this.#tell('upload', troubles),
      () => this.#pull.noteAnswered(),
    )
  }

  /** Called after each step that may have changed what people see. */
  onChange(listener: () => void): void {
    this.#onChange = listener
  }

  /** Called when the ledger turns out to be damaged; the loop that met it has ended, and the others are of no use. */
  onUnfit(listener: (error: AppError) => void): void {
    this.#onUnfit = listener
  }

  get troubles(): readonly Trouble[] {
    return this.#troubles.all
  }

  /** True while files are being looked into. */
  get isTakingIn(): boolean {
    return this.#intake.isTakingIn
  }

  /** Wall ms: when all folders were last looked at, since when the service is out of reach, and when it is asked again. */
  get times(): {
    readonly lastLookMs: number | null
    readonly offlineSinceMs: number | null
    readonly notAskedBeforeMs: number | null
  } {
    return {
      lastLookMs: this.#intake.lastWholeLookMs,
      offlineSinceMs: this.#troubles.offlineSinceMs,
      notAskedBeforeMs: this.#upload.notAskedBeforeMs(),
    }
  }

  /** Everything is looked at again: settings changed, the computer woke, the user asked. */
  wake(): void {
    this.#intake.wake()
    this.#upload.wake()
    this.#pull.bell.ring()
  }

  /** A whole pass was made beside the loops: what it found is newer than what they remember. */
  noteSynced(errors: readonly Trouble[]): void {
    const now = this.#parts.clock.now()
    const ofService = errors.filter(trouble => trouble.file === null)
    this.#troubles.set(
      'intake',
      errors.filter(trouble => trouble.file !== null),
      now,
    )
    this.#troubles.set('upload', ofService, now)
    this.#troubles.set('pull', [], now)
    this.#upload.noteTroubles(ofService.length > 0)
    this.#intake.noteLooked()
    this.#onChange()
  }

  /** Resolves once all three loops have ended: uploads first, then the watches. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([
      this.#guarded('intake', () => this.#intake.run(signal), signal),
      this.#guarded('upload', () => this.#upload.run(signal), signal),
      this.#guarded('pull', () => this.#pull.run(signal), signal),
      this.#guarded('clock', () => watchClock(this.#parts, () => this.wake(), signal), signal),
    ])
    await this.#intake.close()
  }

  /**
   * What ends one loop must not end the others: it begins again. Trouble (a full disk that the ledger itself met) is told
   * to people, a bug to the log.
   */
  async #guarded(
    name: 'intake' | 'upload' | 'pull' | 'clock',
    loop: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        await loop()
      } catch (error) {
        // It was told to stop, and did.
        if (isStopOf(signal, error)) return
        if (error instanceof AppError && isLedgerTrouble(error)) {
          this.#onUnfit(error)
          return
        }
        this.#noteFailed(name, error)
        await this.#parts.clock.sleep(pollMs, signal)
      }
    }
  }

  #noteFailed(name: 'intake' | 'upload' | 'pull' | 'clock', error: unknown): void {
    const isTrouble = error instanceof AppError
    const fields = { error: isTrouble ? error.code : describe(error) }
    this.#parts.log(isTrouble ? 'warn' : 'error', `the ${name} loop failed and begins again`, fields)
    if (!isTrouble || name === 'clock') return
    const notes = new PassNotes()
    notes.addError(error)
    this.#tell(name, notes.errors)
  }

  /** What is known of folders that were not scanned now, and still are sources, stays. */
  #noteIntake(sources: readonly Source[], troubles: readonly Trouble[]): void {
    const scanned = new Set(sources.map(source => source.folder))
    const folders = new Set(this.#parts.settings.current().sources.map(source => source.folder))
    const others = this.#troubles
      .of('intake')
      .filter(trouble => trouble.file !== null && folders.has(trouble.file) && !scanned.has(trouble.file))
    this.#tell('intake', [...others, ...troubles])
  }

  /** Kept in the ledger, so that other processes can tell; the listener is called in any case. */
  #tell(loop: 'intake' | 'upload' | 'pull', troubles: readonly Trouble[]): void {
    this.#troubles.set(loop, troubles, this.#parts.clock.now())
    try {
      writeTroubles(this.#parts.ledger, this.troubles)
    } catch (error) {
      // The very trouble to be told may be that nothing can be written.
      if (!(error instanceof AppError)) throw error
      this.#parts.log('warn', 'what is wrong could not be noted', { code: error.code })
    }
    this.#onChange()
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function isStopOf(signal: AbortSignal, error: unknown): boolean {
  return signal.aborted && error === signal.reason
}
