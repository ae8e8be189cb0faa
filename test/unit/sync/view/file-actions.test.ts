import { describe, expect, test } from 'vitest'
import { actionsFor } from '../../../../electron/sync/view/file-actions.ts'
import { activityStates, type ActivityState } from '../../../../shared/states.ts'

const gone = { isPresent: false, isKept: false, hasReadablePart: false }

describe('what can be done with a file', () => {
  test.each<[ActivityState, string, readonly string[]]>([
    ['waiting', 'not-looked-at', ['ignore']],
    ['waiting', 'settling', ['ignore']],
    ['waiting', 'cannot-read', ['retry', 'ignore']],
    ['waiting', 'disk-low', ['retry', 'ignore']],
    ['waiting', 'unfinished', ['retry', 'uploadAnyway', 'ignore']],
    ['notActivity', 'not-activity', []],
    ['notActivity', 'own-workout', []],
    ['tooOld', 'before-baseline', ['uploadAnyway']],
    ['held', 'damaged', ['uploadAnyway', 'retry', 'ignore']],
    ['held', 'longer-version', ['uploadAnyway', 'ignore']],
    ['held', 'after-rebuild', ['uploadAnyway', 'ignore']],
    ['held', 'nothing-made', ['retry', 'ignore']],
    ['queued', 'new-ride', ['ignore']],
    ['uploading', 'sending', []],
    ['retrying', 'offline', ['retry', 'ignore']],
    ['rejected', 'refused', ['retry', 'ignore']],
    ['uploaded', 'sent', []],
    ['uploaded', 'deleted-on-service', ['uploadAnyway']],
    ['alreadyThere', 'had-it-already', ['uploadAnyway']],
    ['ignored', 'ignored-by-you', ['retry']],
    ['ignored', 'source-removed', ['retry']],
    ['ignored', 'went-away', []],
    ['ignored', 'superseded', []],
  ])('%s, %s', (state, code, actions) => {
    expect(actionsFor(state, code)).toEqual(actions)
  })

  test('nothing is sent of a damaged file in which nothing can be read', () => {
    const facts = { isPresent: true, isKept: false, hasReadablePart: false }
    expect(actionsFor('held', 'damaged', facts)).toEqual(['retry', 'ignore'])
  })

  test('what is gone, and was never kept, can at most be ignored', () => {
    const possible = activityStates.flatMap(state => actionsFor(state, 'cannot-read', gone))
    expect(new Set(possible)).toEqual(new Set(['ignore']))
  })

  test('a removed folder is not looked into again: only what was archived can go', () => {
    const facts = { isPresent: true, isKept: false, hasReadablePart: false }
    expect(actionsFor('ignored', 'source-removed', facts)).toEqual([])
  })
})
