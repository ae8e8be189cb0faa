import type { ByteSource } from '../byte-source.ts'
import { FormatError } from '../proof.ts'
import type { ActivityFacts, OtherContent, Proof } from '../proof.ts'
import { GpxReader } from './gpx.ts'
import { XmlReader } from './reader.ts'
import type { XmlListener } from './reader.ts'
import { TcxReader } from './tcx.ts'

/** More zero bytes in a row than UTF-16 ever has: the place was set aside and not yet written. */
const blankTailBytes = 4

/**
 * Proves a file that starts like XML: a TCX or GPX, well formed to its closing root, with at least one timed track
 * point. One that ends too early is incomplete, one that is not well formed is damaged. Only the source's own I/O
 * errors are thrown.
 */
export async function proveXml(source: ByteSource): Promise<Proof> {
  const document = new RideDocument()
  const reader = new XmlReader(document)
  try {
    for await (const chunk of source.stream()) reader.push(chunk)
    reader.finish()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    const isBlankAtEnd = error.code === 'not-well-formed' && (await endsBlank(source))
    return document.faultProof(
      isBlankAtEnd ? new FormatError('cut-off', 'the end of the file is still blank') : error,
    )
  }
  return document.proof()
}

/** What the beginning of a TCX or GPX tells of a ride; null while it has no timed track point. */
export function factsAtHead(head: Uint8Array): ActivityFacts | null {
  const document = new RideDocument()
  try {
    const reader = new XmlReader(document)
    reader.push(head)
    // A short one is held back until its end; a longer one is cut off here, of course.
    reader.finish()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
  }
  return document.facts()
}

async function endsBlank(source: ByteSource): Promise<boolean> {
  const tail = await source.read(Math.max(0, source.size - blankTailBytes), blankTailBytes)
  return tail.length === blankTailBytes && tail.every(byte => byte === 0)
}

/** Hands a document to the reader of its root's kind. */
class RideDocument implements XmlListener {
  #root: string | null = null
  #gpx: GpxReader | null = null
  #tcx: TcxReader | null = null

  open(name: string, attributes: Readonly<Record<string, string>>, above: readonly string[]): void {
    if (this.#root === null) {
      this.#root = name
      if (name === 'gpx') this.#gpx = new GpxReader()
      else if (name === 'trainingcenterdatabase') this.#tcx = new TcxReader()
    }
    this.#gpx?.open(name, attributes, above)
    this.#tcx?.open(name, attributes)
  }

  close(name: string, text: string, above: readonly string[]): void {
    this.#gpx?.close(name, text, above)
    this.#tcx?.close(name, text, above)
  }

  proof(): Proof {
    const facts = this.facts()
    if (facts === null) return { kind: 'notActivity', format: this.#format(), ...this.#other() }
    const track = (this.#gpx ?? this.#tcx)?.track
    if (track?.isOffEarth === true)
      return this.faultProof(new FormatError('bad-structure', 'all its points lie outside the world'))
    return { kind: 'activity', format: this.#gpx === null ? 'tcx' : 'gpx', isFinal: false, facts }
  }

  faultProof(fault: FormatError): Proof {
    return {
      kind: fault.code === 'cut-off' ? 'incomplete' : 'damaged',
      format: this.#format(),
      code: fault.code,
      detail: fault.message,
      readable: this.facts(),
    }
  }

  #format(): 'gpx' | 'tcx' | null {
    return this.#gpx !== null ? 'gpx' : this.#tcx !== null ? 'tcx' : null
  }

  /** Null without a timed track point. */
  facts(): ActivityFacts | null {
    const reader = this.#gpx ?? this.#tcx
    return reader !== null && reader.track.timed > 0 ? reader.facts() : null
  }

  #other(): { readonly content: OtherContent; readonly detail: string } {
    if (this.#gpx !== null) return { content: 'route', detail: this.#gpx.otherDetail() }
    if (this.#tcx !== null) return this.#tcx.other()
    if (this.#root === 'workout_file') return { content: 'workout', detail: 'a planned workout, not a ride' }
    return { content: 'other', detail: 'an XML file that is neither TCX nor GPX' }
  }
}
