import { Session, type Profiler } from 'node:inspector'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Reach } from './cage-messages.ts'

const root = join(import.meta.dirname, '..', '..')

/**
 * Which code has run, by V8's own block counts. Start it before the code under test is loaded, since functions that
 * never ran are only told of then.
 */
export class Coverage {
  readonly #session = new Session()
  readonly #isUnderTest: (url: string) => boolean
  /** By file: 0 for no function's code, 1 for code not reached so far, 2 for reached code. */
  readonly #files = new Map<string, Uint8Array>()

  /** `files` as a target names them. */
  constructor(files: readonly string[]) {
    const urls = files.map(file => pathToFileURL(join(root, file)).href)
    this.#isUnderTest = url => urls.some(one => url === one || (one.endsWith('/') && url.startsWith(one)))
    this.#session.connect()
    this.#session.post('Profiler.enable')
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** True when code ran since the last call that was not reached before. It is not counted as reached yet. */
  looksNew(): boolean {
    return this.#take(false)
  }

  /** The same, and counts it as reached. */
  take(): boolean {
    return this.#take(true)
  }

  get reach(): Reach {
    let known = 0
    let reached = 0
    for (const marks of this.#files.values())
      for (const mark of marks) {
        if (mark > 0) known++
        if (mark === 2) reached++
      }
    return { known, reached }
  }

  #take(isKept: boolean): boolean {
    let isNew = false
    for (const script of this.#read())
      if (this.#isUnderTest(script.url)) isNew = this.#add(script, isKept) || isNew
    return isNew
  }

  /** An inspector session of the same thread answers before `post` returns. */
  #read(): readonly Profiler.ScriptCoverage[] {
    let scripts: readonly Profiler.ScriptCoverage[] = []
    this.#session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error !== null) throw error
      scripts = taken.result
    })
    return scripts
  }

  #add({ url, functions }: Profiler.ScriptCoverage, isKept: boolean): boolean {
    const ran = this.#ranIn(functions)
    const marks = this.#marksFor(url, ran.length)
    let isNew = false
    for (let at = 0; at < ran.length; at++) {
      const now = ran[at] ?? 0
      if (now > (marks[at] ?? 0)) {
        isNew ||= now === 2
        if (isKept || now === 1) marks[at] = now
      }
    }
    return isNew
  }

  #ranIn(functions: readonly Profiler.FunctionCoverage[]): Uint8Array {
    const inner = functions.filter(({ functionName, ranges }) => !isWholeFile(functionName, ranges))
    const ends = inner.map(({ ranges }) => ranges[0]?.endOffset ?? 0)
    const ran = new Uint8Array(Math.max(0, ...ends))
    // Outer functions come first, and a function's own range before the blocks in it: the innermost word counts.
    for (const { ranges } of inner)
      for (const { startOffset, endOffset, count } of ranges)
        ran.fill(count > 0 ? 2 : 1, startOffset, endOffset)
    return ran
  }

  #marksFor(url: string, length: number): Uint8Array {
    const marks = this.#files.get(url) ?? new Uint8Array(0)
    if (marks.length >= length && this.#files.has(url)) return marks
    const longer = new Uint8Array(length)
    longer.set(marks)
    this.#files.set(url, longer)
    return longer
  }
}

/** What stands outside all functions runs on import and says nothing. */
function isWholeFile(name: string, ranges: readonly Profiler.CoverageRange[]): boolean {
  return name === '' && ranges[0]?.startOffset === 0
}
