import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../electron/formats/byte-source.ts'
import { candidateKind } from '../../../electron/formats/candidate-name.ts'
import { gunzip } from '../../../electron/formats/gzip.ts'
import { FormatError } from '../../../electron/formats/proof.ts'
import type { Proof } from '../../../electron/formats/proof.ts'
import { proveRecording } from '../../../electron/formats/prove.ts'
import { quickLook } from '../../../electron/formats/quick-look.ts'
import { sniff } from '../../../electron/formats/sniff.ts'
import { readZip } from '../../../electron/formats/zip.ts'
import { leastDurationS, readCorpus, wantedFacts, wantedKinds } from './corpus-manifest.ts'
import type { CorpusFile } from './corpus-manifest.ts'

const folder = '../shared/corpus/open'
const isThere = existsSync(`${folder}/manifest.json`)
if (!isThere) console.log(`SKIPPED: the corpus of real files is not at ${folder}`)

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** What a file holds: one proof, or one for each candidate in a zip; faults of the wrapping as proofs. */
async function proveAll(bytes: Uint8Array, name: string): Promise<readonly Proof[]> {
  const source = memorySource(bytes)
  try {
    const kind = sniff(bytes.subarray(0, 4096))
    if (kind === 'gzip') return [await proveRecording(memorySource(await collect(gunzip(source))), name)]
    if (kind !== 'zip') return [await proveRecording(source, name)]
    const proofs: Proof[] = []
    for (const entry of await readZip(source)) {
      if (candidateKind(entry.name) === null) continue
      proofs.push(await proveRecording(memorySource(await collect(entry.stream())), entry.name))
    }
    return proofs
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return [{ kind: 'incomplete', format: null, code: error.code, detail: error.message, readable: null }]
  }
}

describe.skipIf(!isThere)('the corpus of real files', () => {
  const files: readonly CorpusFile[] = isThere
    ? readCorpus(readFileSync(`${folder}/manifest.json`, 'utf8'))
    : []
  const read = (file: CorpusFile) => readFileSync(`${folder}/${file.file}`)

  it('holds every kind of file the readers are meant for', () => {
    expect(new Set(files.map(file => file.format))).toEqual(
      new Set(['fit', 'tcx', 'gpx', 'zip', 'zwo', 'erg', 'mrc']),
    )
  })

  it.each(files.map(file => [file.verdict, file.file, file] as const))(
    '%s: %s',
    async (_verdict, _name, file) => {
      const bytes = read(file)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
      const proofs = await proveAll(bytes, file.originalName)
      const activities = proofs.filter(proof => proof.kind === 'activity')

      if (file.activitiesInside !== null) {
        expect(activities).toHaveLength(file.activitiesInside)
        return
      }
      expect(wantedKinds(file)).toContain(proofs[0]?.kind ?? 'notActivity')
      const [proof] = proofs
      if (proof?.kind === 'activity') {
        expect(proof.facts).toMatchObject(wantedFacts(file))
        expect(proof.facts.durationS ?? 0).toBeGreaterThanOrEqual(leastDurationS(file))
        expect(await quickLook(memorySource(bytes))).toBeNull()
      }
      if (proof?.kind === 'damaged' || proof?.kind === 'incomplete') expect(proof.detail).not.toBe('')
      if (file.verdict === 'damaged_recoverable') expect(proof).not.toMatchObject({ readable: null })
    },
  )
})
