import type { LifeEnd } from './life.ts'
import type { FindingKind } from './oracle.ts'
import { allSteps, type Step } from './steps.ts'
import { drawTable } from './table.ts'

const columns: readonly (readonly [string, readonly FindingKind[]])[] = [
  ['lost', ['lost']],
  ['doubled', ['duplicated']],
  ['early', ['early']],
  ['other', ['source touched', 'workouts wrong', 'unsettled', 'leftover', 'ledger']],
]

/** The lines of the table of kills, with a sum below. */
export function killTable(ends: readonly LifeEnd[]): readonly string[] {
  const kills = ends.flatMap(end => end.kills)
  const findings = ends.flatMap(end => end.findings)
  const line = (name: string, isOf: (step: Step | null) => boolean): readonly string[] => [
    name,
    String(kills.filter(kill => isOf(kill.step)).length),
    ...columns.map(([, kinds]) =>
      String(findings.filter(finding => isOf(finding.step) && kinds.includes(finding.kind)).length),
    ),
  ]
  return drawTable([
    ['killed at', 'kills', ...columns.map(([name]) => name)],
    ...allSteps.map(step => line(step, of => of === step)),
    line('all', () => true),
  ])
}

/** Steps that should have been met and were not. */
export function stepsNotMet(ends: readonly LifeEnd[], without: readonly Step[]): readonly Step[] {
  const met = new Set(ends.flatMap(end => end.kills.map(kill => kill.step)))
  return allSteps.filter(step => !met.has(step) && !without.includes(step))
}
