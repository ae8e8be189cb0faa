import type { ByteSource } from './byte-source.ts'
import { candidateKind } from './candidate-name.ts'
import { activityFileType, FitFactsReader } from './fit/facts.ts'
import { FitFraming } from './fit/framing.ts'
import { gunzip } from './gzip.ts'
import { FormatError, type ActivityFacts } from './proof.ts'
import { quickLook } from './quick-look.ts'
import { sniff } from './sniff.ts'
import { factsAtHead } from './xml/prove-xml.ts'
import { readZip } from './zip.ts'

/** Enough for a FIT's first records, and for an XML's first timed point behind its namespaces. */
const headBytes = 16_384

/** A ride seen at a glance: it may still prove damaged further in. */
export interface GlimpsedRide {
  /** ISO UTC; null where the beginning does not tell. */
  readonly startTime: string | null
}

/**
 * The rides a file seems to hold, by the beginning of each: thousands of files can be looked at in the time that
 * proving some dozens takes. Only the source's own I/O errors are thrown.
 */
export async function glimpseRides(source: ByteSource): Promise<readonly GlimpsedRide[]> {
  if ((await quickLook(source)) !== null) return []
  const head = await source.read(0, headBytes)
  try {
    switch (sniff(head)) {
      case 'gzip':
        return rideAt(await beginningOf(gunzip(source)))
      case 'zip':
        return await ridesInZip(source)
      default:
        return rideAt(head)
    }
  } catch (error) {
    if (error instanceof FormatError) return []
    throw error
  }
}

async function ridesInZip(source: ByteSource): Promise<readonly GlimpsedRide[]> {
  const rides: GlimpsedRide[] = []
  for (const entry of await readZip(source)) {
    if (candidateKind(entry.name) !== 'recording') continue
    try {
      rides.push(...rideAt(await beginningOf(entry.stream())))
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
    }
  }
  return rides
}

async function beginningOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= headBytes) break
  }
  return Buffer.concat(chunks).subarray(0, headBytes)
}

function rideAt(head: Uint8Array): readonly GlimpsedRide[] {
  const facts = factsAt(head)
  return facts === null ? [] : [{ startTime: facts.startTime }]
}

function factsAt(head: Uint8Array): ActivityFacts | null {
  switch (sniff(head)) {
    case 'fit': {
      const facts = new FitFactsReader()
      const framing = new FitFraming({
        part: () => facts.part(),
        message: message => facts.message(message),
        partEnd: () => undefined,
      })
      framing.push(head)
      return facts.fileType === activityFileType ? facts.facts() : null
    }
    case 'xml':
      return factsAtHead(head)
    default:
      return null
  }
}
