import { drawTable } from '../table.ts'
import type { FullDiskEnd } from './full-disk.ts'
import type { Handles } from './handles.ts'
import type { ManyUploadsEnd } from './many-uploads.ts'
import type { RemountEnd } from './remounts.ts'

/** The lines of the table of disks that were full. */
export function fullDiskTable(ends: readonly FullDiskEnd[]): readonly string[] {
  return drawTable([
    ['disk full at', 'told', 'went on after', 'broken promises'],
    ...ends.map(({ stage, told, goesOnAfterMs, findings }) => [
      stage,
      told === null ? 'no' : 'yes',
      seconds(goesOnAfterMs),
      String(findings.length),
    ]),
  ])
}

/** The lines of the table of folders that went away and came back. */
export function remountTable(ends: readonly RemountEnd[]): readonly string[] {
  return drawTable([
    [
      'folder away',
      'times',
      'rides',
      'noticed within',
      'back within',
      'taken for deleted',
      'broken promises',
    ],
    ...ends.map(end => [
      end.kind,
      String(end.rounds),
      String(end.rides),
      end.noticedMs.length === 0 ? 'not told' : seconds(Math.max(...end.noticedMs)),
      seconds(Math.max(...end.backMs)),
      String(end.takenForDeleted),
      String(end.findings.length),
    ]),
  ])
}

/** The lines of the table of what is held open, before and after. */
export function handleTable(
  remounts: readonly RemountEnd[],
  many: readonly ManyUploadsEnd[],
): readonly string[] {
  return drawTable([
    ['handles', 'files before', 'after', 'watches before', 'after'],
    ...remounts.map(end => handleLine(`${end.kind}, ${end.rounds} times`, end)),
    ...many.map(end => handleLine(`${end.rides} uploads`, end)),
  ])
}

/** True when no more is held open than before. */
export function areHandlesBack({
  before,
  after,
}: {
  readonly before: Handles
  readonly after: Handles
}): boolean {
  return after.files <= before.files && after.watches <= before.watches
}

function handleLine(
  name: string,
  { before, after }: { readonly before: Handles; readonly after: Handles },
): readonly string[] {
  return [name, ...[before.files, after.files, before.watches, after.watches].map(String)]
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
