import { createHash } from 'node:crypto'
import { examineFile, type Examination } from '../../../electron/sync/activities/examine.ts'
import { MemoryDisk } from '../memory-disk.ts'
import { mutateGzip, mutateZip } from '../mutate/archives.ts'
import { mutateFit } from '../mutate/fit.ts'
import { mutateXml } from '../mutate/xml.ts'
import type { SimRandom } from '../../sim/random.ts'
import { must, type FuzzTarget } from '../target.ts'
import { sniff } from '../../../electron/formats/sniff.ts'
import { fitSeeds, gpxSeeds, tcxSeeds } from './activities.ts'
import { gzipSeeds, zipSeeds } from './archives.ts'
import { mustBeProof } from './promises.ts'

const names = ['x.fit', 'x.tcx', 'x.GPX', 'x.dms', 'x.fit.gz', 'x.zip'] as const
const stagingFolder = '/staging'

function mutateFile(random: SimRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  switch (sniff(input.subarray(0, 4096))) {
    case 'xml':
      return mutateXml(random, input, other)
    case 'gzip':
      return mutateGzip(mutateFit)(random, input, other)
    case 'zip':
      return mutateZip(mutateFit)(random, input, other)
    default:
      return mutateFit(random, input, other)
  }
}

async function examine(input: Uint8Array, keepStaged: boolean, isForced: boolean): Promise<Examination> {
  const disk = new MemoryDisk()
  const path = `/rides/${names[input.length % names.length] ?? 'x.fit'}`
  disk.files.set(path, input)
  const request = { path, stagingFolder, stagingName: 's', keepStaged, isForced }
  const examination = await examineFile(disk.asDisk(), request)
  must(disk.openFiles === 0, 'every file is closed again')
  must(disk.files.get(path) === input, 'the source is not touched')
  const staged = [...disk.files.keys()].filter(name => name !== path)
  if (examination.kind === 'notNow') {
    must(false, 'a file that does not change can be examined')
    return examination
  }
  const told = examination.items.flatMap(item => item.stagedPath ?? [])
  must(!keepStaged || new Set(told).size === told.length, 'each ride has a staged file of its own')
  must(
    staged.length === (keepStaged ? told.length : 0),
    'nothing is left in the staging folder that nobody knows',
  )
  for (const item of examination.items) {
    mustBeProof(item.proof)
    must(!/[/\\\p{Cc}]/u.test(item.baseName) && item.baseName !== '', 'a base name is no path')
    const isSendable =
      item.proof.kind === 'activity' || (item.proof.kind !== 'notActivity' && item.proof.readable !== null)
    must(item.stagedPath === null || isSendable, 'only what could be sent is kept')
    if (!keepStaged || item.stagedPath === null) continue
    const bytes = disk.files.get(item.stagedPath)
    must(bytes?.length === item.bytes, 'a staged file is as long as it was said to be')
    must(
      createHash('sha256').update(bytes).digest('hex') === item.sha256,
      'the hash is that of the staged bytes',
    )
  }
  return examination
}

const wordsOf = (examination: Examination): unknown =>
  examination.kind === 'examined'
    ? examination.items.map(({ entry, proof, sha256, bytes }) => [entry, proof, sha256, bytes])
    : examination

export const wholeFileTargets: readonly FuzzTarget[] = [
  {
    name: 'examine',
    files: [
      'electron/sync/activities/examine.ts',
      'electron/formats/prove.ts',
      'electron/formats/zip.ts',
      'electron/formats/gzip.ts',
    ],
    seeds: () => [...fitSeeds(), ...tcxSeeds(), ...gpxSeeds(), ...gzipSeeds(), ...zipSeeds()],
    mutate: mutateFile,
    run: async input => {
      const kept = await examine(input, true, false)
      const looked = await examine(input, false, false)
      must(
        JSON.stringify(wordsOf(kept)) === JSON.stringify(wordsOf(looked)),
        'a baseline sees what the intake sees',
      )
      const forced = await examine(input, true, true)
      return [wordsOf(kept), wordsOf(forced)]
    },
  },
]
