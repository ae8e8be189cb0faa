import { workoutBugs } from './bugs-in-workouts.ts'

/** One place of the app's own code, and what a bug would make of it. `find` must be there exactly once. */
export interface Patch {
  /** Below electron/. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** A bug that somebody might well write. The simulation must find it. */
export interface PlantedBug {
  readonly name: string
  readonly patches: readonly Patch[]
  /** Found within a few seeds: part of each whole test run. */
  readonly isQuick?: boolean
}

const sending = 'sync/activities/send-recording.ts'
const examining = 'sync/activities/examine.ts'
const archiving = 'sync/activities/archive.ts'
const judging = 'sync/activities/completeness.ts'

/** Each is planted alone, in a process of its own. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'no intent row before the upload',
    isQuick: true,
    patches: [{ file: sending, find: "    change({ kind: 'attemptStarted' })\n", replace: '' }],
  },
  {
    name: 'the intent is not flushed',
    patches: [
      {
        file: 'sync/activities/change-recording.ts',
        find: "ledger.db.transaction('full', ",
        replace: "ledger.db.transaction('normal', ",
      },
    ],
  },
  {
    name: 'done before the reply',
    isQuick: true,
    patches: [
      {
        file: sending,
        find: "    change({ kind: 'attemptStarted' })\n",
        replace: "    change({ kind: 'attemptStarted' })\n    change({ kind: 'created', activityIds: [] })\n",
      },
    ],
  },
  {
    name: 'the wait of the service holds uploads alone',
    patches: [
      {
        file: 'intervals/rate-limit.ts',
        find: 'if (!evenInWait) this',
        replace: "if (kind === 'upload') this",
      },
    ],
  },
  {
    name: 'no folder flush after the archive rename',
    isQuick: true,
    patches: [
      { file: archiving, find: '  await disk.flushFolder(shard)\n', replace: '' },
      { file: archiving, find: '  await disk.flushFolder(archiveFolder)\n', replace: '' },
    ],
  },
  {
    name: 'no file flush before the archive rename',
    isQuick: true,
    patches: [{ file: archiving, find: '      await copy.flush()\n', replace: '' }],
  },
  {
    name: 'proof on the source instead of the copy',
    patches: [
      {
        file: examining,
        find: 'return { isZip: false, items: [await examineOne(content, copy?.path ?? null, null, fileName)] }',
        replace: `const ofCopy = await examineOne(content, copy?.path ?? null, null, fileName)
    return { isZip: false, items: [{ ...ofCopy, stagedPath: copy?.path ?? null, proof: await proveRecording(source, fileName) }] }`,
      },
      {
        file: examining,
        find: '    const after = await source.stat()\n',
        replace: '    const after = before\n',
      },
    ],
  },
  {
    name: 'hash of the wrapped bytes',
    patches: [
      {
        file: examining,
        find: 'return { isZip: false, items: [await examineOne(inner.file, inner.path, null, fileName)] }',
        replace: `const unpacked = await examineOne(inner.file, inner.path, null, fileName)
        const packed = createHash('sha256')
        for await (const chunk of content.stream()) packed.update(chunk)
        return { isZip: false, items: [{ ...unpacked, sha256: packed.digest('hex') }] }`,
      },
    ],
  },
  {
    name: 'mtime trusted whatever was seen',
    patches: [
      {
        file: judging,
        find: '  if (!mtimeTells) return',
        replace: '  if (still.mtimeMs > 0) return still.mtimeMs\n  if (!mtimeTells) return',
      },
    ],
  },
  {
    name: 'whole by its structure is whole, without a rest',
    isQuick: true,
    patches: [
      { file: judging, find: 'export const settleMs = 10_000', replace: 'export const settleMs = 0' },
    ],
  },
  {
    name: 'a sound FIT is finished though it was never closed',
    patches: [
      {
        file: judging,
        find: "const isUnclosed = proof.format === 'fit'",
        replace: 'const isUnclosed = false',
      },
    ],
  },
  {
    name: 'checksums are not looked at',
    patches: [
      {
        file: 'formats/fit/framing.ts',
        find: "this.#endPart(stored === this.#crc ? 'good' : 'bad')",
        replace: "this.#endPart('good')",
      },
    ],
  },
  {
    name: 'sent again after a lost reply without a look-up',
    patches: [
      {
        file: sending,
        find: '    if (recording.mustLookUp) {',
        replace: '    if (recording.failures < 0) {',
      },
    ],
  },
  {
    name: 'an upload that was cut is forgotten at the start',
    patches: [
      {
        file: 'sync/recover.ts',
        find: "{ kind: 'interrupted' }",
        replace: "{ kind: 'created', activityIds: [] }",
      },
    ],
  },
  {
    name: 'the baseline is not flushed before the settings',
    patches: [
      {
        file: 'sync/folders/manage-sources.ts',
        find: "  parts.ledger.meta.write('last-baseline', source.id)\n",
        replace: '',
      },
      { file: 'sync/rebuild.ts', find: '  noteLostBaselines(parts.ledger, sources)\n', replace: '' },
    ],
  },
  {
    name: 'hints are believed, and nothing else',
    patches: [
      {
        file: 'sync/loop/loop-times.ts',
        find: 'export const slowScanMs = 10 * 60_000',
        replace: 'export const slowScanMs = 10 * 86_400_000',
      },
    ],
  },
  {
    name: 'after a lost ledger what lies in the folders is new',
    patches: [
      {
        file: 'sync/rebuild.ts',
        find: '    await knowFolder(parts, source, signal)\n',
        replace: '',
      },
    ],
  },
  {
    name: 'rides without a file are not listed',
    patches: [
      {
        file: 'sync/ledger/stand-in-schema.ts',
        find: "WHERE r.state <> 'tooOld' AND",
        replace: 'WHERE 0 AND',
      },
    ],
  },
  {
    name: 'new rides go newest first',
    patches: [
      {
        file: 'sync/ledger/recordings.ts',
        find: "THEN NULL ELSE coalesce(start_time, '9999') END,",
        replace: "THEN NULL ELSE coalesce(start_time, '9999') END DESC,",
      },
    ],
  },
  {
    name: 'backfill goes before new rides',
    patches: [
      {
        file: 'sync/ledger/recordings.ts',
        find: "ORDER BY origin = 'backfill',",
        replace: "ORDER BY origin <> 'backfill',",
      },
    ],
  },
  {
    name: 'what another app has is sent whatever the folder says',
    patches: [
      { file: sending, find: 'if (!wasHeeded(deps, recording)) {', replace: 'if (recording.failures < 0) {' },
    ],
  },
  {
    name: 'settings get their name before they are flushed',
    patches: [{ file: 'adapters/settings-file.ts', find: '        await file.flush()\n', replace: '' }],
  },
  {
    name: 'the folder of the settings is not flushed',
    patches: [
      {
        file: 'adapters/settings-file.ts',
        find: '      await disk.flushFolder(dirname(target))\n',
        replace: '',
      },
    ],
  },
  ...workoutBugs,
]
