import type { Finding } from '../oracle.ts'
import { areHandlesBack, fullDiskTable, handleTable, remountTable } from './disk-tables.ts'
import { fillDiskAt, fullDiskStages, type FullDiskEnd } from './full-disk.ts'
import { uploadMany, type ManyUploadsEnd } from './many-uploads.ts'
import { whyNoImages, whyNotMounted } from './mounts.ts'
import { awayKinds, takeFolderAway, type AwayKind, type RemountEnd } from './remounts.ts'

export interface DisksPlan {
  readonly seed: number
  /** How often the folders go away, all kinds together. */
  readonly remounts: number
  readonly uploads: number
  readonly width: number
}

export interface DisksEnd {
  /** The tables, and a line for what was left out. */
  readonly lines: readonly string[]
  /** What is wrong, each in a line; empty when all is well. */
  readonly troubles: readonly string[]
}

/** Fills disks, takes folders away, and uploads very many rides; tells all of it in tables. */
export async function runDisks(plan: DisksPlan, onEnd: (what: string) => void): Promise<DisksEnd> {
  const unmounted = whyNotMounted()
  const skipped: string[] = []
  const full: FullDiskEnd[] = []
  const broken: string[] = []
  const inTurns = turnsOf(plan.width, broken)
  if (unmounted === null) {
    await inTurns(fullDiskStages, async (stage, at) => {
      full.push(await fillDiskAt(stage, plan.seed + at, 'by itself'))
      onEnd(`disk full: ${stage}`)
    })
  } else skipped.push(`SKIPPED: disks that fill up: ${unmounted}`)
  const away: RemountEnd[] = []
  const kinds = possibleKinds(unmounted, skipped)
  const rounds = Math.ceil(plan.remounts / kinds.length)
  await inTurns(kinds, async (kind, at) => {
    away.push(await takeFolderAway({ seed: plan.seed + 50 + at, kind, rounds, waitEvery: 5 }))
    onEnd(`folder away: ${kind}`)
  })
  const many: ManyUploadsEnd[] = []
  await inTurns([plan.uploads], async uploads => {
    many.push(await uploadMany(plan.seed + 99, uploads))
  })
  const findings = [...full, ...away, ...many].flatMap(end => end.findings)
  return {
    lines: [...fullDiskTable(full), '', ...remountTable(away), '', ...handleTable(away, many), ...skipped],
    troubles: [
      ...broken,
      ...findings.map(told),
      ...full.filter(end => end.told === null).map(end => `disk full at "${end.stage}": nobody was told`),
      ...away
        .filter(end => end.takenForDeleted > 0)
        .map(end => `${end.kind}: ${end.takenForDeleted} files were taken for deleted`),
      ...[...away, ...many].filter(end => !areHandlesBack(end)).map(() => 'handles are left open'),
    ],
  }
}

function possibleKinds(unmounted: string | null, skipped: string[]): readonly AwayKind[] {
  if (unmounted !== null) {
    skipped.push(`SKIPPED: unmounting (the folder was renamed instead): ${unmounted}`)
    return ['renamed away']
  }
  const noImages = whyNoImages()
  if (noImages === null) return awayKinds
  skipped.push(`SKIPPED: unmounting a disk of its own: ${noImages}`)
  return awayKinds.filter(kind => kind !== 'image')
}

function told({ kind, what }: Finding): string {
  return `${kind}: ${what}`
}

type InTurns = <T>(list: readonly T[], work: (one: T, at: number) => Promise<void>) => Promise<void>

/** Works through lists, `width` at a time; what breaks off is told and does not end the others. */
function turnsOf(width: number, broken: string[]): InTurns {
  return async (list, work) => {
    const queue = [...list.entries()]
    const turn = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [at, one] = next
        await work(one, at).catch((error: unknown) =>
          broken.push(`${String(one)} broke off: ${String(error)}`),
        )
      }
    }
    await Promise.all(Array.from({ length: width }, turn))
  }
}
