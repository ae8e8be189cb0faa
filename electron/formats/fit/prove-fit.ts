import type { ByteSource } from '../byte-source.ts'
import type { FaultCode, OtherContent, Proof } from '../proof.ts'
import { activityFileType, FitFactsReader } from './facts.ts'
import { FitFraming } from './framing.ts'
import type { FitPartEnd, FitTrailer } from './framing.ts'

/** So many zeros at the end are not a record's: the place was set aside and not yet written. */
const blankTailBytes = 16

interface Fault {
  readonly kind: 'incomplete' | 'damaged'
  readonly code: FaultCode
  readonly detail: string
}

/**
 * Proves a file that starts like a FIT: header, data size and checksum of every chained part, and a `file_id` that
 * says what it is. A file whose own words promise more bytes is incomplete; one that contradicts itself is damaged.
 * Only the source's own I/O errors are thrown.
 */
export async function proveFit(source: ByteSource): Promise<Proof> {
  const facts = new FitFactsReader()
  let faulty: FitPartEnd | null = null
  let parts = 0
  const framing = new FitFraming({
    part: () => facts.part(),
    message: message => facts.message(message),
    partEnd: end => {
      parts++
      if (!isSound(end)) faulty ??= end
    },
  })
  for await (const chunk of source.stream()) framing.push(chunk)
  const trailer = framing.finish()
  const fault = faultOf(faulty, trailer, framing.blankTail, parts)
  if (fault !== null) return faultProof(fault, facts)
  if (facts.fileType === null) {
    const detail = 'the FIT file does not say what it holds'
    return faultProof({ kind: 'damaged', code: 'no-file-type', detail }, facts)
  }
  if (facts.fileType === activityFileType)
    return { kind: 'activity', format: 'fit', isFinal: facts.isClosed, facts: facts.facts() }
  const { content, detail } = otherContent(facts.fileType)
  return { kind: 'notActivity', format: 'fit', content, detail }
}

function isSound(end: FitPartEnd): boolean {
  return (
    end.header.checksumGood &&
    end.header.dataSize !== null &&
    end.records === 'whole' &&
    end.checksum === 'good'
  )
}

function faultOf(
  faulty: FitPartEnd | null,
  trailer: FitTrailer | null,
  blankTail: number,
  parts: number,
): Fault | null {
  if (faulty?.header.dataSize === null)
    return { kind: 'incomplete', code: 'header-unfinished', detail: 'the recorder has not closed the file' }
  // Before any checksum is believed: behind a header with its own checksum, zeros alone have the checksum zero.
  if (blankTail >= blankTailBytes || (trailer !== null && blankTail >= trailer.bytes))
    return { kind: 'incomplete', code: 'cut-off', detail: 'the end of the file is still blank' }
  if (faulty !== null) return partFault(faulty, trailer)
  if (trailer === null) return null
  if (parts === 0 && trailer.mayBeHeader)
    return { kind: 'incomplete', code: 'cut-off', detail: 'the file ends inside its header' }
  if (trailer.mayBeHeader)
    return { kind: 'incomplete', code: 'cut-off', detail: 'the file ends inside the header of another part' }
  const what = parts === 0 ? 'its header makes no sense' : 'other bytes follow the end of the recording'
  return { kind: 'damaged', code: 'bad-structure', detail: what }
}

function partFault(end: FitPartEnd, trailer: FitTrailer | null): Fault {
  if (end.checksum === 'missing')
    return { kind: 'incomplete', code: 'cut-off', detail: 'the file is shorter than its header says' }
  if (end.checksum === 'bad') {
    // A recorder that keeps the header's size up to date while it records.
    if (end.records === 'cut')
      return { kind: 'incomplete', code: 'cut-off', detail: 'the last record is not whole' }
    // A recorder that adds records and brings its header up to date only now and then.
    if (end.records === 'whole' && end.header.checksumGood && trailer !== null && !trailer.mayBeHeader)
      return {
        kind: 'incomplete',
        code: 'header-unfinished',
        detail: 'the file is longer than its header says',
      }
    return { kind: 'damaged', code: 'bad-checksum', detail: 'the checksum does not fit the content' }
  }
  if (!end.header.checksumGood)
    return { kind: 'damaged', code: 'bad-checksum', detail: 'the checksum of the header does not fit' }
  return { kind: 'damaged', code: 'bad-structure', detail: 'a record makes no sense' }
}

function faultProof(fault: Fault, facts: FitFactsReader): Proof {
  const mayBeRide = facts.fileType === null || facts.fileType === activityFileType
  return { ...fault, format: 'fit', readable: mayBeRide && facts.hasContent ? facts.facts() : null }
}

/** FIT file types other than a ride (FIT profile, `file`). */
const otherTypes = new Map<number, OtherContent>([
  [1, 'device'],
  [2, 'settings'],
  [3, 'sport'],
  [5, 'workout'],
  [6, 'course'],
  [9, 'monitoring'], // weight
  [10, 'totals'],
  [14, 'monitoring'], // blood pressure
  [15, 'monitoring'],
  [28, 'monitoring'],
  [32, 'monitoring'],
  [49, 'monitoring'], // sleep
])

function otherContent(fileType: number): { readonly content: OtherContent; readonly detail: string } {
  const content = otherTypes.get(fileType) ?? 'other'
  const detail = content === 'other' ? `a FIT file of type ${fileType}` : `a FIT ${content} file`
  return { content, detail }
}
