import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FileEntry, SyncReport } from '../../shared/reports.ts'
import { readCorpus, wantedKinds, type CorpusFile } from '../adapter/formats/corpus-manifest.ts'
import { endWorlds, makeWorld, type World } from './helpers/home.ts'
import { folderPrint } from './helpers/rides.ts'
import { uploads } from './helpers/service-log.ts'

const corpus = resolve('../shared/corpus/open')
const isThere = existsSync(join(corpus, 'manifest.json'))
if (!isThere) console.log(`SKIPPED: the corpus of real files is not at ${corpus}`)

const isCandidate = (file: CorpusFile): boolean => /\.(?:(?:fit|tcx|gpx|dms)(?:\.gz)?|zip)$/i.test(file.file)

const statesByKind = {
  activity: ['uploaded'],
  notActivity: ['notActivity'],
  incomplete: ['held', 'waiting'],
  damaged: ['held', 'waiting'],
} as const

function wantedStates(file: CorpusFile): readonly string[] {
  return wantedKinds(file).flatMap(kind => statesByKind[kind])
}

describe.skipIf(!isThere)('every file of the corpus, from a folder to the service', () => {
  const files = isThere ? readCorpus(readFileSync(join(corpus, 'manifest.json'), 'utf8')) : []
  const candidates = files.filter(isCandidate)
  let world: World
  let first: { readonly code: number | null; readonly report: SyncReport }
  let entries: ReadonlyMap<string, FileEntry>
  let before: Readonly<Record<string, string>>
  const at = (file: CorpusFile): string => join(world.source, file.file)

  beforeAll(async () => {
    world = await makeWorld()
    for (const file of files) {
      mkdirSync(dirname(at(file)), { recursive: true })
      copyFileSync(join(corpus, file.file), at(file))
      // As files of last week: a damaged one is then known to be no ride in progress.
      const lastWeek = new Date(Date.now() - 7 * 86_400_000)
      utimesSync(at(file), lastWeek, lastWeek)
    }
    before = folderPrint(world.source)
    await world.addSource(world.source, '--backfill', 'all')
    first = await world.sync()
    entries = new Map((await world.files()).map(entry => [entry.path, entry]))
  })
  afterAll(endWorlds)

  test('lists the candidates by their ending, and nothing else', () => {
    expect([...entries.keys()].sort()).toEqual(candidates.map(at).sort())
  })

  test.each(candidates.map(file => [file.verdict, file.file, file] as const))(
    '%s: %s',
    (_verdict, _name, file) => {
      const entry = entries.get(at(file))
      expect(wantedStates(file)).toContain(entry?.state)
      expect(entry?.reason).not.toBe('')
      expect(JSON.stringify(entry)).not.toContain('undefined')
    },
  )

  test('the report counts what the list says', () => {
    const counted = (state: string): number => [...entries.values()].filter(one => one.state === state).length
    expect(first).toMatchObject({
      code: 1,
      report: {
        waiting: counted('waiting'),
        held: counted('held'),
        notActivity: counted('notActivity'),
        rejected: 0,
        retrying: 0,
        queued: 0,
        errors: [],
      },
    })
  })

  test('a second sync uploads nothing, and a reinstall makes no second activity', async () => {
    const made = world.service.state.activities.length
    const sent = uploads(world.service).length
    expect((await world.sync()).report).toMatchObject({ uploaded: 0, alreadyThere: 0 })
    expect(uploads(world.service)).toHaveLength(sent)

    rmSync(world.home, { recursive: true })
    await world.addSource(world.source, '--backfill', 'all')
    const again = await world.sync()
    expect(again.report).toMatchObject({
      uploaded: 0,
      alreadyThere: first.report.uploaded,
      held: first.report.held,
      notActivity: first.report.notActivity,
    })
    expect(world.service.state.activities).toHaveLength(made)
    expect(folderPrint(world.source)).toEqual(before)
  })
})
