import { simRandom, type SimRandom } from '../sim/random.ts'
import { Cage } from './cage.ts'
import type { Outcome, Reach } from './cage-messages.ts'
import { shrink } from './shrink.ts'
import { isSameFault, mostInputBytes, type Fault, type FuzzTarget } from './target.ts'

/** When to stop: after so many inputs, or at this moment of `performance.now()`. */
export interface HuntLimit {
  readonly inputs: number
  readonly until: number
}

export interface HuntOptions {
  readonly seed: number
  readonly limit: HuntLimit
  /** Keep what reaches new code, and go on from there. Without it the same seed always makes the same inputs. */
  readonly isGuided: boolean
  /** How long one request may stay without an answer before each of its inputs is tried alone. */
  readonly patienceMs: number
  /** How often an input that hangs or eats memory is tried again to make it smaller. */
  readonly slowShrinkTries: number
  /** Past these a target is broken, and each more only takes time. */
  readonly mostFindings: number
}

/** A fault that showed itself again when its input was tried alone. */
export interface Finding {
  readonly target: string
  readonly seed: number
  readonly fault: Fault
  /** Made small. */
  readonly input: Uint8Array
}

export interface HuntResult {
  readonly target: string
  readonly inputs: number
  readonly ms: number
  readonly reach: Reach | null
  /** Inputs that later ones were made from. */
  readonly kept: number
  readonly findings: readonly Finding[]
  /** Faults that did not show themselves again. */
  readonly unconfirmed: readonly Fault[]
}

const batchInputs = 32
const mostKept = 2000
const quickShrinkTries = 1500

/** Tries inputs on a target until the limit, in a process of its own. */
export async function hunt(target: FuzzTarget, options: HuntOptions): Promise<HuntResult> {
  const coverageOf = options.isGuided ? target.files : null
  const cage = new Cage({ coverageOf, patienceMs: options.patienceMs })
  try {
    return await huntIn(cage, target, options)
  } finally {
    await cage.close()
  }
}

/** The same in a process that others may share, where coverage is of no use. */
export function huntIn(cage: Cage, target: FuzzTarget, options: HuntOptions): Promise<HuntResult> {
  return new Hunter(target, options, cage).run()
}

/** What an input does when tried alone and twice; null when nothing is wrong with it. */
export async function judge(cage: Cage, target: string, input: Uint8Array): Promise<Fault | null> {
  const answer = await cage.run({ target, inputs: [input], isThorough: true })
  if (answer.kind === 'died') return answer.fault
  const outcome = answer.reply.outcomes[0]
  return outcome?.kind === 'failed' ? outcome.fault : null
}

class Hunter {
  readonly #target: FuzzTarget
  readonly #options: HuntOptions
  readonly #random: SimRandom
  readonly #cage: Cage
  readonly #corpus: Uint8Array[]
  readonly #findings: Finding[] = []
  readonly #unconfirmed: Fault[] = []
  #inputs = 0
  #reach: Reach | null = null

  constructor(target: FuzzTarget, options: HuntOptions, cage: Cage) {
    this.#target = target
    this.#options = options
    this.#random = simRandom(options.seed).fork(target.name)
    this.#cage = cage
    this.#corpus = [...target.seeds()]
  }

  async run(): Promise<HuntResult> {
    const startedAt = performance.now()
    const { limit } = this.#options
    const seeds = this.#corpus.length
    await this.#try([...this.#corpus])
    while (
      this.#inputs < limit.inputs &&
      performance.now() < limit.until &&
      this.#findings.length < this.#options.mostFindings
    ) {
      await this.#try(Array.from({ length: batchInputs }, () => this.#next()))
    }
    return {
      target: this.#target.name,
      inputs: this.#inputs,
      ms: performance.now() - startedAt,
      reach: this.#reach,
      kept: this.#corpus.length - seeds,
      findings: this.#findings,
      unconfirmed: this.#unconfirmed,
    }
  }

  #next(): Uint8Array {
    const corpus = this.#corpus
    // What was found last leads on more often than what is old.
    const from = this.#random.chance(0.4) ? Math.max(0, corpus.length - 20) : 0
    const pick = (least: number): Uint8Array =>
      corpus[this.#random.int(least, Math.max(least, corpus.length - 1))] ?? new Uint8Array(0)
    let input = pick(from)
    do input = this.#target.mutate(this.#random, input, pick(0)).subarray(0, mostInputBytes)
    while (this.#random.chance(0.5))
    // A copy: views of one another would be sent with all that lies behind them.
    return input.slice()
  }

  async #try(inputs: readonly Uint8Array[]): Promise<void> {
    this.#inputs += inputs.length
    const request = { target: this.#target.name, inputs, isThorough: false }
    const answer = await this.#cage.run(request)
    if (answer.kind === 'answered') {
      this.#reach = answer.reply.reach ?? this.#reach
      for (const [at, outcome] of answer.reply.outcomes.entries()) await this.#note(inputs[at], outcome)
      return
    }
    await this.#refresh()
    let isConfirmed = false
    for (const input of inputs) {
      if (this.#findings.length >= this.#options.mostFindings) return
      const fault = await this.#judge(input)
      if (fault === null) continue
      isConfirmed = true
      await this.#keepFinding(input, fault)
    }
    if (!isConfirmed) this.#unconfirmed.push(answer.fault)
  }

  async #note(input: Uint8Array | undefined, outcome: Outcome): Promise<void> {
    if (input === undefined) return
    if (outcome.kind === 'fine') {
      if (outcome.reachesNew && this.#corpus.length < mostKept) this.#corpus.push(input)
      return
    }
    if (this.#isKnown(outcome.fault)) return
    const fault = await this.#judge(input, outcome.fault)
    if (fault === null) this.#unconfirmed.push(outcome.fault)
    else await this.#keepFinding(input, fault)
  }

  /** A new process has reached nothing: it is shown all that is known, so that only what is new counts as new. */
  async #refresh(): Promise<void> {
    if (!this.#options.isGuided) return
    for (let at = 0; at < this.#corpus.length; at += batchInputs) {
      const inputs = this.#corpus.slice(at, at + batchInputs)
      await this.#cage.run({ target: this.#target.name, inputs, isThorough: false })
    }
  }

  async #keepFinding(input: Uint8Array, fault: Fault): Promise<void> {
    if (this.#isKnown(fault)) return
    const isSlow = fault.kind !== 'throw' && fault.kind !== 'shape'
    const small = await shrink(
      input,
      async candidate => {
        const other = await this.#judge(candidate, fault)
        return other !== null && isSameFault(fault, other)
      },
      isSlow ? this.#options.slowShrinkTries : quickShrinkTries,
    )
    const { seed } = this.#options
    this.#findings.push({ target: this.#target.name, seed, fault, input: small })
  }

  #isKnown(fault: Fault): boolean {
    return this.#findings.some(known => isSameFault(known.fault, fault))
  }

  async #judge(input: Uint8Array, seen: Fault | null = null): Promise<Fault | null> {
    // What a reader remembers of the first time would hide it.
    if (seen?.kind === 'unsteady') await this.#cage.close()
    return judge(this.#cage, this.#target.name, input)
  }
}
