import { expect, test } from 'vitest'
import { commitOf } from '../../torture/pause/at-ledger.ts'
import { roleOf } from '../../torture/pause/at-files.ts'
import { killTable, stepsNotMet } from '../../torture/kill-table.ts'
import { stepsOfLives } from '../../torture/lives.ts'
import { allSteps, checkpointStep, clockStep } from '../../torture/steps.ts'

const plan = { seed: 1, kills: 1000, width: 3, without: [] }

test('a thousand kills are planned, most of them placed, and no step is rare', () => {
  const lives = stepsOfLives(plan)
  const steps = lives.flat()
  expect([lives.length, steps.length]).toEqual([40, 1000])
  const counts = allSteps.map(step => steps.filter(one => one === step).length)
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(15)
  expect(steps.filter(step => step !== clockStep).length).toBeGreaterThan(500)
})

test('the same seed plans the same kills, and a step that cannot be placed is left out', () => {
  expect(stepsOfLives(plan)).toEqual(stepsOfLives(plan))
  expect(stepsOfLives({ ...plan, seed: 2 })).not.toEqual(stepsOfLives(plan))
  expect(stepsOfLives({ ...plan, without: [checkpointStep] }).flat()).not.toContain(checkpointStep)
})

test('the table counts kills and findings by step, and steps never met are named', () => {
  const end = {
    ...{ seed: 1, rides: 3, sentAgain: 0 },
    kills: [{ step: clockStep, at: 1 } as const, { step: 'ride committed', at: 2 } as const],
    findings: [
      { kind: 'lost', step: 'ride committed', what: 'a' } as const,
      { kind: 'ledger', step: clockStep, what: 'b' } as const,
    ],
  }
  const lines = killTable([end]).map(line => line.trim().split(/ {2,}/))
  expect(lines).toContainEqual(['ride committed', '1', '1', '0', '0', '0'])
  expect(lines).toContainEqual([clockStep, '1', '0', '0', '0', '1'])
  expect(lines.at(-1)).toEqual(['all', '2', '1', '0', '0', '1'])
  const notMet = stepsNotMet([end], [checkpointStep])
  expect(notMet).toContain('intent not committed')
  expect(notMet).not.toContain('ride committed')
  expect(notMet).not.toContain(checkpointStep)
})

test.each([
  ['/h/staging/1-0', 'staging'],
  ['/h/staging/1-0.gz', 'archiving'],
  ['/t/.musette-0123456789abcdef.tmp', 'workoutTemp'],
  ['/t/2026-11-22 Workout 1 51820044.zwo', 'workout'],
  ['/t/My own.zwo', 'other'],
  ['/h/settings.json.71.tmp', 'settings'],
  ['/h/settings.json.last-good.71.tmp', 'lastGood'],
])('%s is %s', (path, role) => {
  expect(roleOf(path)).toBe(role)
})

test('a commit is known by what was run in it', () => {
  const change = 'UPDATE recordings SET state = ?, reason_code = ?'
  expect(commitOf(change, ['uploading'])?.before).toBe('intent not committed')
  expect(commitOf(change, ['uploaded'])?.after).toBe('outcome committed')
  expect(commitOf(change, ['retrying'])).toBeNull()
})
